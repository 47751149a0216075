#include "host/daemon/configuration.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <sstream>

namespace sscardd {
namespace {

using Faults = std::vector<ConfigurationFault>;

std::string line_of(toml::node const& node) {
    return fmt::format("line {}", node.source().begin.line);
}

/// Takes values out of one table and notes which keys it knows.
class TableReader {
public:
    TableReader(toml::table const& document, std::string_view name, Faults& faults)
        : name_{name}, faults_{faults} {
        toml::node const* const node = document.get(name);
        if (node == nullptr) {
            return;
        }
        table_ = node->as_table();
        if (table_ == nullptr) {
            faults_.push_back({line_of(*node), fmt::format("[{}] must be a table", name)});
        }
    }

    /// Gives the text of `key` to `take`, which says what is wrong with it, or nothing.
    void text(std::string_view key, std::function<std::string(std::string)> const& take) {
        toml::node const* const node = find(key);
        if (node == nullptr) {
            return;
        }
        auto const value = node->value_exact<std::string>();
        std::string const wrong = value ? take(*value) : std::string{"must be a text in quotes"};
        refuse(*node, key, wrong);
    }

    void whole_number(std::string_view key, std::uint8_t low, std::uint8_t high,
                      std::uint8_t& into) {
        toml::node const* const node = find(key);
        if (node == nullptr) {
            return;
        }
        auto const value = node->value_exact<std::int64_t>();
        if (value && *value >= low && *value <= high) {
            into = static_cast<std::uint8_t>(*value);
            return;
        }
        refuse(*node, key, fmt::format("must be a whole number from {} to {}", low, high));
    }

    void yes_or_no(std::string_view key, bool& into) {
        toml::node const* const node = find(key);
        if (node == nullptr) {
            return;
        }
        auto const value = node->value_exact<bool>();
        if (value) {
            into = *value;
            return;
        }
        refuse(*node, key, "must be true or false");
    }

    /// Refuses every key that was not asked for.
    void finish() {
        if (table_ == nullptr) {
            return;
        }
        for (auto const& [key, node] : *table_) {
            if (std::find(known_.begin(), known_.end(), key.str()) == known_.end()) {
                refuse(node, key.str(),
                       fmt::format("does not exist; [{}] has: {}", name_, fmt::join(known_, ", ")));
            }
        }
    }

private:
    toml::node const* find(std::string_view key) {
        known_.push_back(key);
        return table_ == nullptr ? nullptr : table_->get(key);
    }
    void refuse(toml::node const& node, std::string_view key, std::string const& wrong) {
        if (!wrong.empty()) {
            faults_.push_back({line_of(node), fmt::format("{}.{} {}", name_, key, wrong)});
        }
    }

    std::string_view name_;
    Faults& faults_;
    toml::table const* table_ = nullptr;
    std::vector<std::string_view> known_{};
};

bool is_digits(std::string_view text, std::size_t count) {
    return text.size() == count &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Takes a text of so many digits.
auto digits(std::size_t count, std::function<void(std::string)> const& take) {
    return [count, take](std::string const& text) -> std::string {
        if (!is_digits(text, count)) {
            return fmt::format("must be {} digits", count);
        }
        take(text);
        return {};
    };
}

/// Takes one of several names.
template <typename Value, std::size_t count>
auto one_of(std::array<std::pair<std::string_view, Value>, count> const& choices,
            std::function<void(Value)> const& take) {
    return [choices, take](std::string const& text) -> std::string {
        std::vector<std::string_view> names;
        for (auto const& [name, value] : choices) {
            if (name == text) {
                take(value);
                return {};
            }
            names.push_back(name);
        }
        return fmt::format("must be one of: {}", fmt::join(names, ", "));
    };
}

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
    table.text("file", [&](std::string text) -> std::string {
        to.key_file = std::move(text);
        return {};
    });
    table.finish();
}

void read_office(TableReader table, Configuration& to) {
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
    constexpr std::array<std::string_view, 8> tables{"socket", "state", "keys",    "office",
                                                     "cards",  "pin",   "readers", "log"};
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
    read_office({document, "office", faults}, configuration);
    read_cards({document, "cards", faults}, configuration);
    read_rest(document, faults, configuration);
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
