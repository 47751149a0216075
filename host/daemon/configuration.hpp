#pragma once

#include "host/api/socket_file.hpp"
#include "host/daemon/centre_settings.hpp"
#include "host/daemon/lane_job.hpp"
#include "host/personalization/request.hpp"

#include "apdu/spec_version.hpp"
#include "apdu/text_profile.hpp"
#include "keys/algorithm.hpp"
#include "keys/pkcs11/token_group.hpp"
#include "keys/psam/psam_settings.hpp"
#include "keys/remote/tls_link.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sscardd {

/// The reader that is kept for a PSAM, and how its keys stand in it.
struct PsamSlotSettings {
    std::string reader{};                                ///< its name at the PC/SC service
    std::uint8_t dispersals = 1;                         ///< keys::psam::PsamSettings::dispersals
    std::optional<std::array<std::uint8_t, 3>> region{}; ///< none: that of its terminal number
    bool holds_test_keys = false;                        ///< a PSAM does not tell
    std::vector<keys::psam::PsamKeyPlace> keys{};
    std::chrono::milliseconds call_max{30'000}; ///< for one call into the reader; then it hangs
};

/// Where the master keys are; at most one of file, store, centre and tokens, and of the
/// credentials.
struct KeySettings {
    std::string file{};       ///< keys in the clear; empty: none
    std::string store{};      ///< sealed; neither: no keys, so that only free files are read
    std::string credential{}; ///< systemd's name for the store's 32 bytes; empty: none
    std::string passphrase_credential{}; ///< the same for its passphrase; neither: it is asked for
    bool production = false;             ///< [office]: keys in the clear and test keys are refused
    std::optional<keys::remote::CentreAddress> centre{}; ///< instead of both: a centre's keys
    keys::remote::TlsFiles centre_files{};               ///< this machine's, for the centre
    keys::pkcs11::GroupSettings hsm{}; ///< instead of all three: an HSM's tokens, where it has any
    std::string
        token_pin_credential{}; ///< systemd's name for their user PIN; empty: it is asked for

    std::optional<PsamSlotSettings> psam{}; ///< is asked before all of these

    /// True where the keys are in an HSM.
    [[nodiscard]] bool is_hsm() const { return !hsm.tokens.empty(); }
};

/// How `sscardd` works; every member has a default. host/daemon/sscardd.toml explains each.
struct Configuration {
    std::string socket_path = api::socket_path_default;
    api::SocketAccess socket_access{};

    /// Of the register of cards and the journals of those in making.
    std::string state_directory = "/var/lib/sscard";

    KeySettings keys{};
    CentreSettings centre{}; ///< this daemon as one

    std::optional<std::string> region{}; ///< of issue, 6 digits
    personalization::InitialisingBody initialising_body{};

    apdu::SpecVersion version = apdu::SpecVersion::v3_00; ///< of cards made from bare chips
    std::optional<keys::Algorithm> algorithm{};           ///< none: 3DES for 2.00, SM4 for 3.00
    std::string profile = "t514";
    apdu::TextProfile text = apdu::TextProfile::gbk;
    std::string default_pin = "123456"; ///< ASSUMED, card.md §9; public by its nature
    personalization::TryLimits tries{};

    bool desk_pin_allowed = true; ///< PINs may come through the API

    LaneTimes lane_times{};

    std::string log_level = "info";

    /// Of cards made from bare chips: as configured, else what their version has.
    [[nodiscard]] keys::Algorithm card_algorithm() const {
        bool const is_new = version == apdu::SpecVersion::v3_00;
        return algorithm.value_or(is_new ? keys::Algorithm::sm4 : keys::Algorithm::des3);
    }
};

/// What is wrong with a configuration, with the line where that is known.
struct ConfigurationFault {
    std::string where; ///< "line 12", or empty
    std::string what;
};

using ConfigurationResult = std::variant<Configuration, std::vector<ConfigurationFault>>;

/// Reads a configuration in TOML. Every fault is listed: a syntax error, a table or key that does
/// not exist, a value of the wrong type or out of its range.
[[nodiscard]] ConfigurationResult parse_configuration(std::string_view toml);

/// The same from a file; a fault besides: the file cannot be read.
[[nodiscard]] ConfigurationResult read_configuration(std::string const& path);

} // namespace sscardd
