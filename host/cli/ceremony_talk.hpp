#pragma once

#include "host/cli/invocation.hpp"

#include "host/api/ceremony_messages.hpp"

#include <optional>

namespace cli {

/// Leads the custodians of an act through it, one after the other at one terminal, whose screen is
/// cleared between them; or takes what they give from a file descriptor, two lines each: the part
/// and its check value. Nothing secret goes anywhere but to that terminal and to the daemon.
class CeremonyTalk {
public:
    /// The act was begun; `descriptor` instead of a terminal.
    CeremonyTalk(Invocation const& invocation, api::Ceremony ceremony,
                 std::optional<unsigned> descriptor)
        : invocation_{invocation}, ceremony_{std::move(ceremony)}, descriptor_{descriptor} {}

    /// Has each custodian write down their part, where the daemon has made the parts, and give it.
    /// Faults: part_not_given, those of PartShowRequest and PartRequest.
    [[nodiscard]] std::optional<api::Fault> gather(bool with_showing);

    /// Has all of them confirm the check value of the whole, and the act done. Faults:
    /// ceremony_not_confirmed, those of CombineRequest and CeremonyFinishRequest.
    [[nodiscard]] api::Outcome<api::MinutesDocument> conclude();

    /// Tells the daemon to forget all of it, and why.
    void abort(std::string const& reason) const;

private:
    [[nodiscard]] std::optional<api::Fault> show_part(std::uint32_t custodian);
    [[nodiscard]] std::optional<api::Fault> take_part(std::uint32_t custodian);
    [[nodiscard]] api::Outcome<api::PartRequest> part_from_descriptor(std::uint32_t custodian);
    [[nodiscard]] api::Outcome<api::PartRequest> part_from_terminal(std::uint32_t custodian);
    [[nodiscard]] api::Outcome<bool> confirm(std::string const& question) const;
    [[nodiscard]] std::string const& name_of_custodian(std::uint32_t custodian) const;
    void say(std::string const& text) const;
    void clear_screen() const;

    Invocation const& invocation_;
    api::Ceremony ceremony_;
    std::optional<unsigned> descriptor_;
};

/// All of an act that was begun, its parts gathered; aborted where somebody breaks it off.
/// `with_showing`: the daemon makes the parts. Faults: those of CeremonyTalk.
[[nodiscard]] api::Outcome<api::MinutesDocument> held_act(Invocation const& invocation,
                                                          api::Outcome<api::Ceremony> begun,
                                                          std::optional<unsigned> descriptor,
                                                          bool with_showing);

/// Tells that it is done, and where the minutes are; or the refusal.
[[nodiscard]] ExitCode answer_with_minutes(Invocation const& invocation,
                                           api::Outcome<api::MinutesDocument> const& minutes,
                                           std::string const& done);

} // namespace cli
