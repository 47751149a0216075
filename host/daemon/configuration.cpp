#include "host/daemon/configuration.hpp"

#include "host/daemon/centre_table.hpp"
#include "host/daemon/hsm_table.hpp"
#include "host/daemon/psam_table.hpp"
#include "host/daemon/table_reader.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>

namespace sscardd {
namespace {

void read_socket(TableReader table, Configuration& to) {
    table.text("path", [&](std::string text) -> std::string {
        if (text.empty() || text.size() > api::socket_path_size_max) {
            return fmt::format("must have 1 to {} bytes", api::socket_path_size_max);
        }
        to.socket_path = std::move(text);
        return {};
    });
    table.text("mode", [&](std::string const& text) -> std::string {
        bool const octal =
            text.size() >= 3 && text.size() <= 4 &&
            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '7'; });
        unsigned const mode = octal ? static_cast<unsigned>(std::stoul(text, nullptr, 8)) : 01000U;
        if (mode > 0777U) {
            return "must be an octal file mode such as \"0660\"";
        }
        to.socket_access.mode = mode;
        return {};
    });
    table.text("group", [&](std::string text) -> std::string {
        to.socket_access.group = std::move(text);
        return {};
    });
    table.finish();
}

void read_state(TableReader table, Configuration& to) {
    table.text("directory", [&](std::string text) -> std::string {
        if (text.empty() || text.front() != '/') {
            return "must be an absolute path";
        }
        to.state_directory = std::move(text);
        return {};
    });
    table.finish();
}

void read_keys(TableReader table, Configuration& to) {
    KeySettings& keys = to.keys;
    table.text("file", [&](std::string text) -> std::string {
        keys.file = std::move(text);
        return {};
    });
    table.text("store", [&](std::string text) -> std::string {
        if (!text.empty() && text.front() != '/') {
            return "must be an absolute path";
        }
        keys.store = std::move(text);
        return !keys.store.empty() && !keys.file.empty() ? "and keys.file exclude each other" : "";
    });
    auto const take_credential = [&](std::string& into) {
        return [&into, &keys](std::string text) -> std::string {
            if (text.find('/') != std::string::npos || text.starts_with('.')) {
                return "must be the name of a credential, without a folder";
            }
            into = std::move(text);
            if (!into.empty() && keys.store.empty()) {
                return "is of no use without keys.store";
            }
            return !keys.credential.empty() && !keys.passphrase_credential.empty()
                       ? "and keys.credential exclude each other"
                       : "";
        };
    };
    table.text("credential", take_credential(keys.credential));
    table.text("passphrase_credential", take_credential(keys.passphrase_credential));
    read_centre_keys(table, keys);
    read_token_keys(table, keys);
    table.finish();
}

void read_office(TableReader table, Configuration& to) {
    table.yes_or_no("production", to.keys.production);
    table.text("region", digits(6, [&](std::string text) { to.region = std::move(text); }));
    table.text("initialising_body_region",
               digits(6, [&](std::string text) { to.initialising_body.region = std::move(text); }));
    table.text("initialising_body_sequence", digits(2, [&](std::string text) {
                   to.initialising_body.sequence = std::move(text);
               }));
    table.finish();
}

void read_cards(TableReader table, Configuration& to) {
    using apdu::SpecVersion;
    using apdu::TextProfile;
    using keys::Algorithm;
    table.text("version", one_of<SpecVersion, 2>(
                              {{{"2.00", SpecVersion::v2_00}, {"3.00", SpecVersion::v3_00}}},
                              [&](SpecVersion version) { to.version = version; }));
    table.text("algorithm",
               one_of<Algorithm, 2>({{{"3DES", Algorithm::des3}, {"SM4", Algorithm::sm4}}},
                                    [&](Algorithm algorithm) { to.algorithm = algorithm; }));
    table.text("text", one_of<TextProfile, 2>(
                           {{{"gbk", TextProfile::gbk}, {"gb18030", TextProfile::gb18030}}},
                           [&](TextProfile text) { to.text = text; }));
    table.text("profile", [&](std::string text) -> std::string {
        if (personalization::find_profile(text) == nullptr) {
            return fmt::format("names no card operating system that is known; there is: {}",
                               personalization::t514().name);
        }
        to.profile = std::move(text);
        return {};
    });
    table.text("default_pin", [&](std::string text) -> std::string {
        if (!keys::Pin::from_digits(text).ok()) {
            return "must be 4 to 12 digits";
        }
        to.default_pin = std::move(text);
        return {};
    });
    table.whole_number("pin_tries", 1, 15, to.tries.pin);
    table.whole_number("key_tries", 1, 15, to.tries.authentication_keys);
    table.whole_number("mk_tries", 1, 15, to.tries.mks);
    table.finish();
}

void read_rest(toml::table const& document, Faults& faults, Configuration& to) {
    TableReader pin{document, "pin", faults};
    pin.yes_or_no("desk_entry", to.desk_pin_allowed);
    pin.finish();
    TableReader readers{document, "readers", faults};
    auto hang_after_s = static_cast<std::uint8_t>(
        std::chrono::duration_cast<std::chrono::seconds>(to.lane_times.call_max).count());
    readers.whole_number("hang_after_s", 1, 60, hang_after_s);
    to.lane_times.call_max = std::chrono::seconds{hang_after_s};
    readers.finish();
    TableReader log{document, "log", faults};
    log.text(
        "level",
        one_of<std::string_view, 4>(
            {{{"debug", "debug"}, {"info", "info"}, {"warning", "warning"}, {"error", "error"}}},
            [&](std::string_view level) { to.log_level = level; }));
    log.finish();
}

void refuse_unknown_tables(toml::table const& document, Faults& faults) {
    constexpr std::array<std::string_view, 10> tables{
        "socket", "state", "keys", "psam", "centre", "office", "cards", "pin", "readers", "log"};
    for (auto const& [key, node] : document) {
        if (std::find(tables.begin(), tables.end(), key.str()) == tables.end()) {
            faults.push_back({line_of(node), fmt::format("[{}] does not exist; there are: {}",
                                                         key.str(), fmt::join(tables, ", "))});
        }
    }
}

} // namespace

ConfigurationResult parse_configuration(std::string_view toml) {
    toml::table document;
    try {
        document = toml::parse(toml);
    } catch (toml::parse_error const& error) {
        return Faults{
            {fmt::format("line {}", error.source().begin.line), std::string{error.description()}}};
    }
    Faults faults;
    Configuration configuration;
    refuse_unknown_tables(document, faults);
    read_socket({document, "socket", faults}, configuration);
    read_state({document, "state", faults}, configuration);
    read_keys({document, "keys", faults}, configuration);
    read_psam({document, "psam", faults}, configuration.keys);
    read_centre({document, "centre", faults}, configuration.centre);
    if (configuration.centre.is_centre() && configuration.keys.centre) {
        faults.push_back({"", "a centre has keys of its own: keys.centre and centre.listen exclude "
                              "each other"});
    }
    read_office({document, "office", faults}, configuration);
    if (configuration.keys.production && !configuration.keys.file.empty()) {
        faults.push_back({"", "office.production = true refuses keys.file, which holds keys in the "
                              "clear; seal them: keys.store"});
    }
    if (configuration.keys.production && configuration.keys.psam &&
        configuration.keys.psam->holds_test_keys) {
        faults.push_back({"", "office.production = true refuses a PSAM with psam.test = true"});
    }
    read_cards({document, "cards", faults}, configuration);
    read_rest(document, faults, configuration);
    if (configuration.keys.psam) {
        configuration.keys.psam->call_max = configuration.lane_times.call_max;
    }
    if (!faults.empty()) {
        return faults;
    }
    return configuration;
}

ConfigurationResult read_configuration(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    if (!file || !(text << file.rdbuf())) {
        return Faults{{"", fmt::format("{} cannot be read", path)}};
    }
    return parse_configuration(text.str());
}

} // namespace sscardd
