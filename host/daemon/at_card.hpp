#pragma once

#include "host/daemon/card_at_hand.hpp"
#include "host/daemon/reader_lanes.hpp"

namespace sscardd {

/// What a job does with the card in its reader. Where the reader hangs its client is let go first
/// and the work left behind: so it owns or shares what it uses, or that lives as long as the
/// daemon.
using CardWork = std::function<session::Outcome<apdu::Done>(CardAtHand const&)>;

/// What is done with a card: its name to people and in the log, and what its keys are for.
struct CardOperation {
    std::string_view name;
    std::optional<keys::remote::CardPurpose> purpose{}; ///< none: it takes no key
    /// One that takes no key.
    CardOperation(char const* its_name) : name{its_name} {}
    /// One with keys.
    CardOperation(char const* its_name, keys::remote::CardPurpose its_purpose)
        : name{its_name}, purpose{its_purpose} {}
};

/// Opens the card in the lane's reader, lets `work` use it, and closes it; in the lane's thread.
/// Headers, lengths and status words go to the log, never data. Faults: of the connection, and
/// those of `work`.
[[nodiscard]] session::Outcome<apdu::Done>
with_card(std::string const& reader, LaneTools const& tools, LaneJob& job, CardWork const& work);

/// Carries `work` to the lane of the reader that the client wishes, else of its lease, and waits;
/// in the client's thread. Faults: those of
/// ReaderLanes::choose(), reader_leased, lease_unknown,
/// reader_busy (the queue is full, or the job's turn did not come), reader_gone (the lane ended
/// first), reader_hangs, daemon_stopping, internal_fault (a library threw an exception, or there is
/// no thread for the lane), and those of with_card().
[[nodiscard]] api::Outcome<apdu::Done>
at_card(ReaderLanes const& lanes, std::optional<std::string> const& reader, api::Caller& caller,
        CardOperation const& operation, CardWork const& work, Priority priority = Priority::holder);

/// What a job does with the reader itself, whether or not a card is in it; owns what it uses, as
/// CardWork.
using ReaderWork =
    std::function<session::Outcome<apdu::Done>(apdu::ccid::ReaderFunctions&, LaneJob&)>;

/// The same as at_card() for work with the reader itself; faults besides: no_terminal, where the
/// reader has no such way.
[[nodiscard]] api::Outcome<apdu::Done> at_reader_itself(ReaderLanes const& lanes,
                                                        std::optional<std::string> const& reader,
                                                        api::Caller& caller, char const* operation,
                                                        ReaderWork const& work);

/// The same for work that has a reply.
template <typename Reply>
[[nodiscard]] api::Outcome<Reply>
reply_at_card(ReaderLanes const& lanes, std::optional<std::string> const& reader,
              api::Caller& caller, CardOperation const& operation,
              std::function<session::Outcome<Reply>(CardAtHand const&)> const& work,
              Priority priority = Priority::holder) {
    auto const reply = std::make_shared<std::optional<Reply>>();
    auto const done = at_card(
        lanes, reader, caller, operation,
        [reply, work](CardAtHand const& at) -> session::Outcome<apdu::Done> {
            auto outcome = work(at);
            if (!outcome.ok()) {
                return outcome.error();
            }
            *reply = std::move(outcome).value();
            if constexpr (requires { (*reply)->test_keys; }) {
                (*reply)->test_keys = at.keys != nullptr && at.keys->holds_test_keys();
            }
            return apdu::Done{};
        },
        priority);
    if (!done.ok()) {
        return done.error();
    }
    return std::move(**reply);
}

} // namespace sscardd
