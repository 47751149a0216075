#pragma once

#include "host/daemon/configuration.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <array>
#include <functional>

namespace sscardd {

using Faults = std::vector<ConfigurationFault>;

/// "line 12".
[[nodiscard]] std::string line_of(toml::node const& node);

/// Takes values out of one table of a configuration and notes which keys it knows.
class TableReader {
public:
    /// The table of that name, where there is one. Both references must outlive the reader.
    TableReader(toml::table const& document, std::string_view name, Faults& faults);

    /// Gives the text of `key` to `take`, which says what is wrong with it, or nothing.
    void text(std::string_view key, std::function<std::string(std::string)> const& take);
    /// Gives each text of a list in the same way.
    void texts(std::string_view key, std::function<std::string(std::string)> const& take);
    /// Gives each table of a list, [[name.key]], to `read`.
    void tables(std::string_view key, std::function<void(TableReader&)> const& read);
    /// A number within both bounds.
    void whole_number(std::string_view key, std::uint8_t low, std::uint8_t high,
                      std::uint8_t& into);
    /// A number of 32 bits, as 0x80000001; nothing where the key is not there.
    [[nodiscard]] std::optional<std::uint32_t> wide_number(std::string_view key);
    /// true or false.
    void yes_or_no(std::string_view key, bool& into);

    /// Something is wrong with the table as a whole.
    void refuse_all(std::string const& wrong);
    /// Refuses every key that was not asked for.
    void finish();
    /// True where the table is there.
    [[nodiscard]] bool is_there() const { return table_ != nullptr; }

private:
    TableReader(std::string name, toml::table const& table, Faults& faults)
        : name_{std::move(name)}, faults_{faults}, table_{&table} {}
    toml::node const* find(std::string_view key);
    void refuse(toml::node const& node, std::string_view key, std::string const& wrong);

    std::string name_;
    Faults& faults_;
    toml::table const* table_ = nullptr;
    std::vector<std::string_view> known_{};
};

/// For TableReader::text(): takes a text of so many digits.
[[nodiscard]] std::function<std::string(std::string)>
digits(std::size_t count, std::function<void(std::string)> const& take);

/// For TableReader::text(): takes one of several names.
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

} // namespace sscardd
