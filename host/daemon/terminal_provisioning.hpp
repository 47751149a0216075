#pragma once

#include "host/daemon/reader_lanes.hpp"
#include "host/daemon/terminal_key_making.hpp"

namespace sscardd {

/// A terminal's id and transport key, which is made of its custodians' components and goes into the
/// terminal at a reader; nothing of it is kept here.
class TerminalProvisioning final : public ComponentAct {
public:
    /// The lanes must outlive the object; the caller begins it, and its user and lease are those of
    /// the work at the reader. require: the request names the reader. Faults: request_invalid,
    /// memory_not_locked, sealing_failed.
    [[nodiscard]] static api::Outcome<std::unique_ptr<CustodyAct>>
    begin(ReaderLanes const& lanes, api::TerminalProvisioningRequest const& request,
          api::Caller const& caller);

    /// Faults: part_missing, key_weak, those of at_reader_itself() and of the terminal.
    [[nodiscard]] api::Outcome<apdu::Done> carry_out() override;
    void describe(audit::Minutes& minutes) const override;

private:
    /// Where the terminal is, and for whom it is asked.
    struct Place {
        std::string reader;
        std::string user;
        std::string lease;
    };
    TerminalProvisioning(ReaderLanes const& lanes, Place place, TerminalKeyPlan plan,
                         Components components)
        : ComponentAct{std::move(components)}, lanes_{lanes}, place_{std::move(place)},
          plan_{std::move(plan)} {}

    ReaderLanes const& lanes_;
    Place place_;
    TerminalKeyPlan plan_;
};

} // namespace sscardd
