#pragma once

#include "host/daemon/card_source.hpp"

#include <chrono>
#include <memory>

namespace sscardd {

/// A reader that may hang. Every call into it is made by a thread of its own; whoever waits for one
/// gives up after a while, and the reader is given no other from then on. When the call comes back
/// after all, the thread lets go of the card and ends. One user at a time.
class PatientReader {
public:
    /// `call_max`: for one call. The source is made by the reader's thread.
    PatientReader(CardSourceMaker cards, std::chrono::milliseconds call_max);
    PatientReader(PatientReader const&) = delete;
    PatientReader& operator=(PatientReader const&) = delete;
    /// Waits for no call that hangs.
    ~PatientReader();

    /// Connects to the card in the reader of that name, once. The connection may outlive the
    /// object. Errors: as CardSource::open(); of every call: timed_out, it hangs.
    [[nodiscard]] apdu::Result<std::unique_ptr<apdu::CardConnection>> open(std::string const& name);

    /// True while a call that was given up has not come back.
    [[nodiscard]] bool hangs() const;

private:
    class Calls;
    class Connection;
    struct Held;

    CardSourceMaker cards_;
    std::shared_ptr<Calls> calls_;
};

} // namespace sscardd
