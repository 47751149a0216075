#pragma once

#include "host/api/event_messages.hpp"

#include <cstdint>
#include <string>

namespace api {

/// How far long work has come.
struct Progress {
    std::uint32_t done = 0;  ///< steps
    std::uint32_t total = 0; ///< steps
    std::string step_en{};   ///< the step that begins: "write name (SSSE/EF06)"
    std::string step_zh{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("done", self.done);
        fields.required("total", self.total);
        fields.required("step_en", self.step_en);
        fields.required("step_zh", self.step_zh);
    }
};

/// The client that waits for an answer. Used by the thread that serves its request.
class Caller {
public:
    Caller() = default;
    Caller(Caller const&) = delete;
    Caller& operator=(Caller const&) = delete;
    virtual ~Caller() = default;

    /// Tells the client how far its work is, if it wants to know.
    virtual void tell(Progress const& progress) = 0;

    /// Tells a client that reads lines that its work is not forgotten, where nothing else is told.
    virtual void tell_alive() {}

    /// True when the client has hung up: what has not begun for it need not begin.
    [[nodiscard]] virtual bool has_hung_up() const = 0;

    /// The token of a lease that the client shows; empty: none.
    [[nodiscard]] virtual std::string lease() const { return {}; }
    /// The system's user whose process the client is; empty where that is not known.
    [[nodiscard]] virtual std::string user() const { return {}; }

    /// True for a client that reads lines as they come.
    [[nodiscard]] virtual bool reads_lines() const { return false; }
    /// Sends a client that reads lines an event, or says how many it did not get.
    virtual void tell(Event const& /*event*/) {}
    virtual void tell(LostEvents const& /*lost*/) {}
};

} // namespace api
