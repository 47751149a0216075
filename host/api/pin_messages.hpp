#pragma once

#include "host/api/message.hpp"
#include "host/api/pin_text.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace api {

/// Whether a PIN works.
enum class PinState : std::uint8_t { set, blocked, not_set };

/// The names of PIN states in messages.
[[nodiscard]] constexpr auto enum_names(PinState /*type*/) {
    return std::to_array<EnumName<PinState>>(
        {{PinState::set, "set"}, {PinState::blocked, "blocked"}, {PinState::not_set, "not_set"}});
}

/// The PIN's state and how often it may still be wrong.
struct PinStatus {
    PinState state = PinState::not_set;
    std::optional<std::uint8_t> tries_left{}; ///< where a PIN is set; 0 when blocked
    std::optional<bool> test_keys{}; ///< the daemon works with keys for tests; not within BasicData

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("state", self.state);
        fields.nullable("tries_left", self.tries_left);
        fields.optional("test_keys", self.test_keys);
    }
};

/// The PIN's state; costs no try.
struct PinStatusRequest {
    static constexpr Route route{Method::post, "/v1/pin/status"};
    using Reply = PinStatus;
    std::optional<std::string> reader{}; ///< number, name, or a part of it that no other has

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

/// Compares a PIN with the card's. Faults: pin_wrong, pin_blocked, pin_not_set, pin_malformed,
/// last_try_refused, desk_pin_refused; at the pad: no_pin_pad, pin_entry_cancelled,
/// pin_entry_timed_out.
struct PinVerifyRequest {
    static constexpr Route route{Method::post, "/v1/pin/verify"};
    using Reply = PinStatus;
    std::optional<std::string> reader{};
    std::optional<PinText> pin{}; ///< else at_pad
    bool spend_last_try = false;
    bool at_pad = false; ///< it is typed at the reader's own PIN pad

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.optional("pin", self.pin);
        fields.optional("spend_last_try", self.spend_last_try);
        fields.optional("at_pad", self.at_pad);
    }
};

/// The holder's own change of a known PIN. Faults as for PinVerifyRequest.
struct PinChangeRequest {
    static constexpr Route route{Method::post, "/v1/pin/change"};
    using Reply = PinStatus;
    std::optional<std::string> reader{};
    std::optional<PinText> old_pin{}; ///< both, else at_pad
    std::optional<PinText> new_pin{};
    bool spend_last_try = false;
    bool at_pad = false; ///< they are typed at the reader's own PIN pad

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.optional("old_pin", self.old_pin);
        fields.optional("new_pin", self.new_pin);
        fields.optional("spend_last_try", self.spend_last_try);
        fields.optional("at_pad", self.at_pad);
    }
};

/// A PIN that a terminal gave out for the card in the reader: ISO 9564-1 format 4 under AES DUKPT.
struct TerminalPinBlock {
    std::string terminal{}; ///< 16 hex digits: its initial key id
    std::string counter{};  ///< 8 hex digits: of its transaction
    std::string block{};    ///< 32 hex digits

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("terminal", self.terminal);
        fields.required("counter", self.counter);
        fields.required("block", self.block);
    }
};

/// A new PIN without the old one, by the office's key: typed at the desk; or from a terminal, which
/// the daemon never sees in the clear, as a block or typed now at the reader, which is a terminal.
/// One of the three. Faults as above, no_terminal, terminal_refused, and: key_missing,
/// authentication_failed, key_locked, pin_malformed, desk_pin_refused (typed),
/// terminal_pin_refused, request_invalid.
struct PinResetRequest {
    static constexpr Route route{Method::post, "/v1/pin/reset"};
    using Reply = PinStatus;
    std::optional<std::string> reader{};
    std::optional<PinText> new_pin{};
    std::optional<TerminalPinBlock> pin_block{};
    bool at_pad = false;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.optional("new_pin", self.new_pin);
        fields.optional("pin_block", self.pin_block);
        fields.optional("at_pad", self.at_pad);
    }
};

/// Makes a blocked PIN work again as it was, by the office's key.
struct PinUnblockRequest {
    static constexpr Route route{Method::post, "/v1/pin/unblock"};
    using Reply = PinStatus;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

} // namespace api
