#pragma once

#include "host/batch/result.hpp"

#include "host/api/personalize_messages.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace batch {

/// What cards a batch makes, and how it deals with what goes wrong.
struct Policy {
    std::string name{};   ///< of the batch, in the register of cards
    std::string socket{}; ///< of the daemon
    api::Stage stage = api::Stage::both;
    std::optional<std::string> version{};
    std::optional<std::string> algorithm{};
    std::optional<std::string> region{};
    std::vector<std::string> readers{}; ///< names, or parts of names; empty: all
    bool replacement = false;         ///< people may have a card, which this one takes the place of
    bool remake = false;              ///< a card that was begun and is not at hand is given up
    unsigned retries = 1;             ///< further tries with a card that does not answer rightly
    unsigned reader_failures_max = 3; ///< in a row; then the reader is left out
    unsigned failures_max = 0;        ///< in all; then the batch halts. 0: any number
    std::chrono::milliseconds outage_max{
        60'000}; ///< without daemon, PC/SC service or a reader to work at; then it halts
    std::chrono::milliseconds poll{100}; ///< between two looks at the readers
};

/// What a batch tells while it runs, from several threads.
struct Listeners {
    ResultListener result{};
    /// A reader failed too often in a row, for the last time with that fault.
    std::function<void(std::string const& reader, api::Fault const& why)> reader_left_out{};
    /// What the run waits for now: a reader of its wishes (no_reader, unknown_reader), the daemon.
    std::function<void(api::Fault const& why)> waits{};
};

} // namespace batch
