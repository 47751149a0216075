#include "host/daemon/custody_act.hpp"

#include "keys/custody/typed_hex.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace sscardd {

api::Fault message_of(keys::custody::CustodyFault fault) {
    /// In the order of CustodyFault.
    constexpr auto codes = std::to_array<std::string_view>(
        {"part_malformed", "part_mistyped", "part_not_shown", "part_repeated", "part_weak",
         "part_missing", "part_foreign", "key_weak", "memory_not_locked", "sealing_failed",
         "backup_malformed", "backup_damaged"});
    static_assert(codes.size() ==
                  static_cast<std::size_t>(keys::custody::CustodyFault::backup_damaged) + 1);
    return api::fault(codes.at(static_cast<std::size_t>(fault)));
}

bool is_text(std::string_view text, std::size_t size_max) {
    return !text.empty() && text.size() <= size_max &&
           std::none_of(text.begin(), text.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string text_of(keys::CheckValue const& value) {
    return fmt::format("{:02X}", fmt::join(value, ""));
}

std::optional<keys::CheckValue> check_value_from(std::string_view text) {
    keys::CheckValue value{};
    return keys::custody::read_typed_hex(text, value) ? std::optional{value} : std::nullopt;
}

} // namespace sscardd
