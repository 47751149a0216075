#pragma once

#include "host/batch/policy.hpp"
#include "host/batch/queue.hpp"
#include "host/batch/readers.hpp"
#include "host/batch/signals.hpp"

#include "host/api/client.hpp"

#include <atomic>

namespace batch {

/// What the lanes of one batch share.
struct Shared {
    Policy const& policy;
    Queue& queue;
    Readers& readers;
    Signals& signals;
    Listeners const& listeners;
};

/// The work at one reader: each card that is put in becomes the next person's, or that of the
/// person for whom it was begun.
class Lane {
public:
    Lane(Shared const& shared, std::string reader);

    /// Works until the batch is over or stops, or the reader failed too often in a row.
    void run();

    /// True when run() ended because of failures.
    [[nodiscard]] bool is_left_out() const { return is_left_out_; }

private:
    /// What becomes of the card in the reader.
    enum class Step : std::uint8_t {
        idle,     ///< nobody waits for a card now
        done,     ///< it is to be taken out
        released, ///< it is gone, or will be looked at again
    };

    [[nodiscard]] Step work_on(std::string const& chip);
    [[nodiscard]] Step make(Order const& order, std::string const& chip, bool& wants_next);
    [[nodiscard]] Step refuse(Order const& order, Result result, bool& wants_next);
    [[nodiscard]] api::Outcome<api::Personalized> ask_for_card(Order const& order,
                                                               std::string const& chip);
    [[nodiscard]] bool is_begun(Order const& order, std::string const& chip);
    [[nodiscard]] bool is_made(Order const& order, std::string const& chip);
    [[nodiscard]] bool release(Order const& order, std::string const& chip);
    [[nodiscard]] bool keep_begun(Order const& order, Result& result);
    void reject(Order const& order, Result result);
    void spoil(Order const& order, Result result);
    void wait_out(api::Fault const& outage);
    void look();
    void fail(Result const& result);

    Shared shared_;
    std::string reader_;
    api::Client client_;
    unsigned failures_in_a_row_ = 0;
    std::atomic<bool> is_left_out_{false};
};

} // namespace batch
