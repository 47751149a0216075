#pragma once

#include "host/api/ceremony_messages.hpp"
#include "host/api/message.hpp"

#include <optional>
#include <string>
#include <vector>

namespace api {

// The keys of card terminals' PIN pads (AES DUKPT, ANSI X9.24-3), which are no cards' keys.

/// Begins to make a BDK, or the transport key of a terminal (KBPK), of components, XORed. Faults:
/// request_invalid, keys_locked, no_key_store, terminal_keys_elsewhere, key_known,
/// ceremony_running.
struct TerminalKeyCeremonyRequest {
    static constexpr Route route{Method::post, "/v1/keys/terminal-ceremony"};
    using Reply = Ceremony;
    std::string use{};       ///< "BDK", "KBPK"
    std::string id{};        ///< hex digits: 8, the BDK's id; 16, the terminal's
    std::string algorithm{}; ///< "AES128", "AES192", "AES256"
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};
    bool generate = false; ///< the daemon makes the components; else they are given
    std::optional<std::string> check_value{}; ///< that the key must have

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("use", self.use);
        fields.required("id", self.id);
        fields.required("algorithm", self.algorithm);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
        fields.optional("generate", self.generate);
        fields.optional("check_value", self.check_value);
    }
};

/// Begins to hand out a terminal's initial key, derived from its BDK and wrapped under its KBPK:
/// all custodians confirm, nobody gives a part, and the key block is the product. Faults:
/// request_invalid, terminal_key_missing, keys_locked, no_key_store, ceremony_running.
struct InitialKeyRequest {
    static constexpr Route route{Method::post, "/v1/keys/initial-key"};
    using Reply = Ceremony;
    std::string terminal{}; ///< 16 hex digits: its initial key id
    std::string reason{};   ///< for the minutes, 1 to 200 bytes
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("terminal", self.terminal);
        fields.required("reason", self.reason);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
    }
};

/// Begins to give a terminal that has no keys its id and its transport key (KBPK), of components
/// that its custodians give: they go into the terminal, and nothing of them stays here. Where the
/// key store has that terminal's KBPK, it must be that one. Faults: request_invalid,
/// terminal_provisioned, ceremony_running, those of a terminal (terminal_messages.hpp).
struct TerminalProvisioningRequest {
    static constexpr Route route{Method::post, "/v1/terminals/provision"};
    using Reply = Ceremony;
    std::optional<std::string> reader{};
    std::string id{};        ///< 16 hex digits: the terminal's
    std::string algorithm{}; ///< "AES128", "AES192", "AES256"
    std::vector<std::string> custodians{};
    std::vector<std::string> witnesses{};
    std::optional<std::string> check_value{}; ///< that the key must have

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("id", self.id);
        fields.required("algorithm", self.algorithm);
        fields.required("custodians", self.custodians);
        fields.optional("witnesses", self.witnesses);
        fields.optional("check_value", self.check_value);
    }
};

} // namespace api
