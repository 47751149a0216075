#pragma once

#include "keys/key_service.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

namespace keys::remote {

/// The purposes of KeyService that have a place at a window or kiosk.
enum class SeamRequest : std::uint8_t {
    internal_answer,
    external_authentication,
    maced_command,
    pin_reset_command,
    terminal_pin_reset_command,
    card_id_authentication,
    transport_proof,
    temporary_mk_command,
    key_load_command,
    pin_load_command,
    mk_authentication,
};

inline constexpr std::size_t seam_request_count = 11;

/// The request's stable name: "pin_reset_command".
[[nodiscard]] std::string_view to_text(SeamRequest request);

/// The request of that name, or nothing.
[[nodiscard]] std::optional<SeamRequest> seam_request_from_text(std::string_view text);

// What each request says besides its card, in the order of SeamRequest. describe() names the
// members for both directions, as json_fields.hpp reads and writes them.

/// KeyService::internal_answer().
struct InternalAnswer {
    std::uint8_t version = 1;
    Challenge process{};
    Challenge original{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.number("version", self.version);
        fields.bytes("process", self.process);
        fields.bytes("original", self.original);
    }
};

/// KeyService::external_authentication().
struct ExternalAuthentication {
    KeyReference key{};
    Challenge process{};
    Challenge original{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.key("key", self.key.name);
        fields.number("version", self.key.version);
        fields.bytes("process", self.process);
        fields.bytes("original", self.original);
    }
};

/// KeyService::maced_command(): the header's four bytes, and the data in the clear.
struct MacedCommand {
    KeyReference key{};
    Challenge process{};
    std::array<std::uint8_t, 4> header{};
    std::vector<std::uint8_t> data{}; ///< at most maced_data_max

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.key("key", self.key.name);
        fields.number("version", self.key.version);
        fields.bytes("process", self.process);
        fields.bytes("header", self.header);
        fields.data("data", self.data, maced_data_max);
    }
};

/// KeyService::pin_reset_command().
struct PinReset {
    Challenge process{};
    std::optional<Pin> pin{}; ///< always there in a request that was read

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.bytes("process", self.process);
        fields.pin("pin", self.pin);
    }
};

/// KeyService::terminal_pin_reset_command().
struct TerminalPinReset {
    Challenge process{};
    TerminalPin pin{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.bytes("process", self.process);
        fields.bytes("terminal", self.pin.terminal.bytes);
        fields.number("counter", self.pin.counter);
        fields.bytes("block", self.pin.block);
    }
};

/// KeyService::card_id_authentication().
struct CardIdAuthentication {
    std::array<std::uint8_t, 12> first_parts{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.bytes("first_parts", self.first_parts);
    }
};

/// KeyService::transport_proof().
struct TransportProof {
    /// Its members: none.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// KeyService::temporary_mk_command().
struct TemporaryMk {
    std::array<std::uint8_t, 8> header{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.bytes("header", self.header);
    }
};

/// KeyService::key_load_command().
struct KeyLoading {
    KeyLoad load{};
    std::array<std::uint8_t, 4> challenge{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.key("key", self.load.key.name);
        fields.number("version", self.load.key.version);
        fields.key("under", self.load.under.name);
        fields.number("under_version", self.load.under.version);
        fields.bytes("header", self.load.header);
        fields.number("p1", self.load.p1);
        fields.bytes("challenge", self.challenge);
    }
};

/// KeyService::pin_load_command().
struct PinLoading {
    KeyReference under{};
    std::array<std::uint8_t, 8> header{};
    std::optional<Pin> pin{}; ///< always there in a request that was read
    std::array<std::uint8_t, 4> challenge{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.key("under", self.under.name);
        fields.number("under_version", self.under.version);
        fields.bytes("header", self.header);
        fields.pin("pin", self.pin);
        fields.bytes("challenge", self.challenge);
    }
};

/// KeyService::mk_authentication().
struct MkAuthentication {
    KeyReference mk{};
    Challenge challenge{};

    /// Its members.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.key("key", self.mk.name);
        fields.number("version", self.mk.version);
        fields.bytes("challenge", self.challenge);
    }
};

/// One request of the seam, in the order of SeamRequest.
using SeamCall = std::variant<InternalAnswer, ExternalAuthentication, MacedCommand, PinReset,
                              TerminalPinReset, CardIdAuthentication, TransportProof, TemporaryMk,
                              KeyLoading, PinLoading, MkAuthentication>;
static_assert(std::variant_size_v<SeamCall> == seam_request_count);

/// Which request it is.
[[nodiscard]] SeamRequest request_of(SeamCall const& call);

/// What the key service answers, as bytes: authentication data, or a whole command.
using SeamAnswer = KeyResult<std::vector<std::uint8_t>>;

/// Has the service do it. require: a PIN is there where the request has one. The answer may hold a
/// key in the clear (temporary_mk_command): whoever gets it wipes it.
[[nodiscard]] SeamAnswer perform(KeyService& keys, CardIdentity const& card, SeamCall const& call);

} // namespace keys::remote
