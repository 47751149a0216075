#pragma once

#include "host/api/fault.hpp"
#include "host/api/known_keys.hpp"
#include "host/api/message.hpp"
#include "host/api/secret_text.hpp"
#include "host/api/value_types.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// Whether the keys can be worked with.
enum class KeyState : std::uint8_t {
    open,
    locked,   ///< there, and wait for the passphrase or credential
    unusable, ///< no back end, or what it says in `fault`
};

/// The names of KeyState in messages.
[[nodiscard]] constexpr auto enum_names(KeyState /*type*/) {
    return std::to_array<EnumName<KeyState>>(
        {{KeyState::open, "open"}, {KeyState::locked, "locked"}, {KeyState::unusable, "unusable"}});
}

/// One token of an HSM.
struct KeyToken {
    std::string label{};
    bool in_use = false;                ///< the one that jobs get
    std::optional<Fault> fault{};       ///< why it is not used
    std::vector<std::string> lacks{};   ///< what it cannot do: "SM4: derive"
    std::vector<std::string> leaves{};  ///< of the one in use: keys that the token would give out
    std::vector<std::string> missing{}; ///< of a spare: keys of the one in use, "IRK 3DES v1"

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("label", self.label);
        fields.required("in_use", self.in_use);
        fields.nullable("fault", self.fault);
        fields.required("lacks", self.lacks);
        fields.required("leaves", self.leaves);
        fields.optional("missing", self.missing);
    }
};

/// How often a PSAM gave way to the keys behind it, for one reason.
struct PsamWay {
    std::string code{}; ///< the driver interface's: -2203
    std::uint32_t count = 0;

    friend bool operator==(PsamWay const&, PsamWay const&) = default;
    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("code", self.code);
        fields.required("count", self.count);
    }
};

/// The PSAM that is asked before the back end, where a reader is kept for one.
struct KeyPsam {
    std::string reader{};
    std::optional<Fault> fault{};          ///< why it is not used
    std::string terminal_number{};         ///< 12 digits; empty: not known
    std::string serial{};                  ///< 20 digits; the same
    std::vector<std::string> algorithms{}; ///< of the cards that it has keys for
    std::uint8_t key_version = 0;          ///< of its keys; 0: not known
    bool test = false;                     ///< it is said to hold test keys
    std::vector<PsamWay> gave_way{};       ///< since the daemon began

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("reader", self.reader);
        fields.nullable("fault", self.fault);
        fields.required("terminal_number", self.terminal_number);
        fields.required("serial", self.serial);
        fields.required("algorithms", self.algorithms);
        fields.required("key_version", self.key_version);
        fields.required("test", self.test);
        fields.required("gave_way", self.gave_way);
    }
};

/// The daemon's master keys. Locked keys are not listed.
struct KeyReport {
    KeyBackEnd back_end = KeyBackEnd::none;
    std::string path{};
    KeyState state = KeyState::unusable;
    std::optional<std::string> sealed_by{}; ///< "passphrase", "credential"
    std::optional<bool> test{};             ///< the mark, where a store can be read so far
    bool production = false;                ///< the configuration refuses test keys
    std::optional<Fault> fault{};           ///< why the keys are unusable
    std::vector<KnownKey> keys{};
    std::vector<KnownTerminalKey> terminals{};
    std::vector<KeyToken> tokens{}; ///< of an HSM; the first that works is in use
    std::optional<KeyPsam> psam{};  ///< is asked first

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("back_end", self.back_end);
        fields.required("path", self.path);
        fields.required("state", self.state);
        fields.nullable("sealed_by", self.sealed_by);
        fields.nullable("test", self.test);
        fields.required("production", self.production);
        fields.nullable("fault", self.fault);
        fields.required("keys", self.keys);
        fields.required("terminals", self.terminals);
        fields.required("tokens", self.tokens);
        fields.nullable("psam", self.psam);
    }
};

/// Tells of the keys and their back end.
struct KeysRequest {
    static constexpr Route route{Method::get, "/v1/keys"};
    using Reply = KeyReport;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// What is to be done before the office can work, and what should be known.
struct KeyDiagnosis {
    KeyReport report{};
    std::string region{};    ///< of issue, as configured; empty: none
    std::string version{};   ///< of the cards that are made: "3.00"
    std::string algorithm{}; ///< of those cards
    std::uint32_t needed = 0;
    std::vector<std::string> missing{}; ///< "UKSSSE version 2"; all where the keys are locked
    std::vector<Fault> faults{};        ///< what hinders the work
    std::vector<Fault> warnings{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("report", self.report);
        fields.required("region", self.region);
        fields.required("version", self.version);
        fields.required("algorithm", self.algorithm);
        fields.required("needed", self.needed);
        fields.required("missing", self.missing);
        fields.required("faults", self.faults);
        fields.required("warnings", self.warnings);
    }
};

/// Looks at the back end, and for each key that a card of the configured kind needs.
struct KeysDoctorRequest {
    static constexpr Route route{Method::get, "/v1/keys/doctor"};
    using Reply = KeyDiagnosis;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// Opens the sealed store, by this passphrase, else by the credential that is configured. Faults:
/// passphrase_wrong, passphrase_wait, passphrase_not_given, credential_missing, and those of the
/// store's file.
struct KeysUnlockRequest {
    static constexpr Route route{Method::post, "/v1/keys/unlock"};
    using Reply = KeyReport;
    std::optional<SecretText> passphrase{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("passphrase", self.passphrase);
    }
};

/// Has the keys wiped; work that has begun at a card is finished first. Fault: no_key_store.
struct KeysLockRequest {
    static constexpr Route route{Method::post, "/v1/keys/lock"};
    using Reply = KeyReport;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// Makes the sealed store that is configured, empty or from the text of a key file, and opens it.
/// Faults: no_key_store, store_exists, passphrase_short, key_file_invalid, test_keys_refused …
struct KeyStoreCreationRequest {
    static constexpr Route route{Method::post, "/v1/keys/create-store"};
    using Reply = KeyReport;
    std::optional<SecretText> passphrase{};
    std::optional<SecretText> key_file{};
    bool test = false; ///< an empty store for test keys; a key file says that itself

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("passphrase", self.passphrase);
        fields.optional("key_file", self.key_file);
        fields.optional("test", self.test);
    }
};

/// Takes the keys of a key file's text into the open store, all or none. Faults: keys_locked,
/// key_known, test_keys_mixed, key_file_invalid, store_not_written …
struct KeysImportRequest {
    static constexpr Route route{Method::post, "/v1/keys/import"};
    using Reply = KeyReport;
    SecretText key_file{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("key_file", self.key_file);
    }
};

/// Takes one key out of the open store, where `check_value` is that key's. Faults: keys_locked,
/// key_unknown, check_value_differs, store_not_written …
struct KeyRemovalRequest {
    static constexpr Route route{Method::post, "/v1/keys/remove"};
    using Reply = KeyReport;
    std::string name{};
    std::string algorithm{};
    std::optional<std::uint8_t> version{}; ///< none: the key for any version
    std::string check_value{};
    std::optional<std::string> id{}; ///< of a terminal's key; its name is its use

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("algorithm", self.algorithm);
        fields.optional("version", self.version);
        fields.required("check_value", self.check_value);
        fields.optional("id", self.id);
    }
};

/// Seals the store by another passphrase; it is open afterwards. Faults: passphrase_wrong (the old
/// one), passphrase_wait, passphrase_short, store_not_written …
struct PassphraseChangeRequest {
    static constexpr Route route{Method::post, "/v1/keys/passphrase"};
    using Reply = KeyReport;
    SecretText old_passphrase{};
    SecretText new_passphrase{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("old_passphrase", self.old_passphrase);
        fields.required("new_passphrase", self.new_passphrase);
    }
};

} // namespace api
