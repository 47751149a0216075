#pragma once

#include "host/batch/people.hpp"

#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace batch {

/// A card that a reader is to make now.
struct Order {
    Person const* person = nullptr;
    bool replaces = false; ///< an earlier card of theirs came to nothing
};

/// How many people have come how far.
struct QueueCount {
    std::size_t waiting = 0;     ///< nothing was begun for them
    std::size_t at_work = 0;     ///< a reader makes their card
    std::size_t interrupted = 0; ///< their card must come back into a reader
};

/// The people of a batch that have no card yet, handed to the readers. A person whose card was
/// begun is handed out with that card only; "chip" is what a card answers to a reset, as hex, and
/// empty for one that does not. Used by several threads.
class Queue {
public:
    /// `people` must outlive the queue.
    explicit Queue(std::vector<Person> const& people);

    /// Takes a person off the queue for good, before or while the batch runs.
    void drop(Person const& person);

    /// The person to make that chip into a card for: whoever it was begun for, else the next one.
    /// Nothing where nobody waits.
    [[nodiscard]] std::optional<Order> take(std::string const& chip);

    /// The person needs no other card: it is made, or cannot be.
    void settle(Order const& order);
    /// The person needs another card, next; `replaces` says that one was begun and is spoiled.
    void put_back(Order const& order, bool replaces);
    /// The person's card was begun and must come back.
    void bind(Order const& order, std::string const& chip);
    /// The same for a person that the register tells of, before the batch begins.
    void bind_waiting(Person const& person, std::string const& chip);

    /// The person, who waits, had a card begun that is given up.
    void give_up_begun(Person const& person);

    /// True when there is nobody for whom a card could be made or finished.
    [[nodiscard]] bool is_over() const;
    [[nodiscard]] QueueCount count() const;
    /// Those whose card must come back, each with its chip.
    [[nodiscard]] std::vector<std::pair<Person const*, std::string>> interrupted() const;

private:
    mutable std::mutex mutex_{};
    std::deque<Order> waiting_{};
    std::map<std::string, Order> bound_{}; ///< by chip
    std::size_t at_work_ = 0;
};

} // namespace batch
