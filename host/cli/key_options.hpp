#pragma once

#include <CLI/CLI.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace cli {

// Options by which several commands name a master key; each borrows what it fills.

/// KEY, its name.
void add_key_option(CLI::App& command, std::string& name);
/// --version, of a key.
void add_version_option(CLI::App& command, std::optional<std::uint8_t>& version);
/// --tier.
void add_tier_option(CLI::App& command, std::string& tier);

/// A key of a card or a terminal that is there, as "sscard keys list" shows it.
struct KnownKeyOptions {
    std::string& name;
    std::string& algorithm;
    std::optional<std::uint8_t>& version;
    std::string& check_value;
    std::optional<std::string>& id; ///< of a terminal's key
};
/// KEY, --algorithm, --version, --id and --check-value.
void add_known_key_options(CLI::App& command, KnownKeyOptions key);

} // namespace cli
