#pragma once

#include "host/batch/lane.hpp"
#include "host/batch/reader_wishes.hpp"

namespace batch {

/// What was found out before the first card.
struct Preparation {
    std::size_t made_before = 0;            ///< people whose card this batch made in an earlier run
    std::size_t begun_before = 0;           ///< people whose card waits to be finished
    std::vector<api::Problem> problems{};   ///< of records; `where` as in PeopleFile
    std::vector<Person const*> have_card{}; ///< people that have a card of their own already
};

/// Makes cards for many people over many readers, as a client of the daemon.
class BatchRun {
public:
    /// `people` must outlive the run.
    BatchRun(Policy policy, std::vector<Person> const& people, Listeners listeners);

    /// Checks every record and looks every person up in the register of cards, so that a run that
    /// was interrupted goes on where it was; `told` hears how many are done. Nobody for whom there
    /// is nothing to do is in the queue afterwards. Faults: those of the daemon.
    [[nodiscard]] api::Outcome<Preparation> prepare(std::function<void(std::size_t)> const& told);

    /// Works at all readers until every person is settled, or it is stopped. Readers that come
    /// while it runs take part.
    void run();

    /// To stop or pause it, from another thread.
    [[nodiscard]] Signals& signals() { return signals_; }
    [[nodiscard]] Queue const& queue() const { return queue_; }

private:
    struct Worker;
    void look_at_readers(api::Client& client);
    void bear(std::optional<api::Fault> const& outage);
    void tell_waiting(std::optional<api::Fault> const& missing);
    [[nodiscard]] std::optional<api::Fault> prepare_for(Person const& person, Preparation& found);
    [[nodiscard]] std::optional<api::Fault> look_up(Person const& person, Preparation& found);
    void hear(Result const& result);

    Policy policy_;
    std::vector<Person> const& people_;
    Listeners told_;     ///< whoever listens to the batch
    Listeners counting_; ///< the same, by way of hear()
    Signals signals_{};
    Queue queue_;
    Readers readers_{};
    ReaderWishes wishes_;
    std::optional<api::Fault> waits_for_{}; ///< as last told
    std::optional<std::chrono::steady_clock::time_point> outage_since_{};
    std::mutex hearing_{};
    unsigned failures_ = 0;
};

} // namespace batch
