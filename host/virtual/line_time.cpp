#include "host/virtual/line_time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace virtual_card {
namespace {

constexpr std::size_t t0_header_size = 5;
constexpr std::size_t t0_status_size = 2;
constexpr std::size_t character_etu = 12;
constexpr std::size_t turn_etu = 16;
constexpr std::size_t pps_size = 4;
constexpr std::uint64_t clocks_before_atr = 400;
constexpr std::uint64_t ns_per_second = 1'000'000'000;
constexpr std::uint32_t clock_hz_min = 1'000'000;
constexpr std::uint32_t work_us_max = 1'000'000;
constexpr std::uint8_t guard_as_zero = 255;

/// Fi and the fastest clock for it. ISO/IEC 7816-3:2006 table 7.
struct FiRow {
    std::uint16_t fi;
    std::uint32_t clock_hz_max;
};
constexpr auto fi_rows = std::to_array<FiRow>({
    {372, 5'000'000},
    {512, 5'000'000},
    {558, 6'000'000},
    {744, 8'000'000},
    {768, 7'500'000},
    {1024, 10'000'000},
    {1116, 12'000'000},
    {1488, 16'000'000},
    {1536, 15'000'000},
    {1860, 20'000'000},
    {2048, 20'000'000},
});
/// Table 8.
constexpr auto di_values = std::to_array<std::uint8_t>({1, 2, 4, 8, 12, 16, 20, 32, 64});

/// Sets one of the numbers; false: there is none of that name.
bool set(LineTime& line, std::string_view name, std::uint32_t value) {
    if (name == "fi") {
        line.fi = static_cast<std::uint16_t>(std::min<std::uint32_t>(value, 0xFFFF));
    } else if (name == "di") {
        line.di = static_cast<std::uint8_t>(std::min<std::uint32_t>(value, 0xFF));
    } else if (name == "clock_hz") {
        line.clock_hz = value;
    } else if (name == "guard_etu" && value <= guard_as_zero) {
        line.guard_etu = static_cast<std::uint8_t>(value);
    } else if (name == "work_us" && value <= work_us_max) {
        line.command_work = std::chrono::microseconds{value};
    } else if (name == "write_us" && value <= work_us_max) {
        line.write_work = std::chrono::microseconds{value};
    } else {
        return false;
    }
    return true;
}

bool set_from_text(LineTime& line, std::string_view text) {
    auto const sign = text.find('=');
    if (sign == std::string_view::npos) {
        return false;
    }
    std::string_view const digits = text.substr(sign + 1);
    std::uint32_t value = 0;
    char const* const end = digits.data() + digits.size();
    auto const [stopped, error] = std::from_chars(digits.data(), end, value);
    return error == std::errc{} && stopped == end && set(line, text.substr(0, sign), value);
}

/// Why a line cannot be like that.
std::optional<std::string> fault_of(LineTime const& line) {
    auto const* const row = std::find_if(fi_rows.begin(), fi_rows.end(),
                                         [&](FiRow const& each) { return each.fi == line.fi; });
    if (row == fi_rows.end()) {
        return "fi: ISO/IEC 7816-3 has 372, 512, 558, 744, 768, 1024, 1116, 1488, 1536, 1860, 2048";
    }
    if (std::find(di_values.begin(), di_values.end(), line.di) == di_values.end()) {
        return "di: ISO/IEC 7816-3 has 1, 2, 4, 8, 12, 16, 20, 32, 64";
    }
    if (line.clock_hz < clock_hz_min || line.clock_hz > row->clock_hz_max) {
        return "clock_hz: from " + std::to_string(clock_hz_min) + " to " +
               std::to_string(row->clock_hz_max) + " with that fi";
    }
    return std::nullopt;
}

std::size_t data_to_card(apdu::ByteView command) {
    return command.size() <= t0_header_size
               ? 0
               : std::min<std::size_t>(command[t0_header_size - 1],
                                       command.size() - t0_header_size);
}

std::size_t data_from_card(apdu::ByteView answer) {
    return std::max(answer.size(), t0_status_size) - t0_status_size;
}

std::chrono::nanoseconds time_of_clocks(std::uint64_t clocks, std::uint32_t clock_hz) {
    return std::chrono::nanoseconds{clocks * ns_per_second / clock_hz};
}

} // namespace

apdu::Result<LineTime, std::string> parse_line_time(std::string_view text) {
    LineTime line;
    while (!text.empty()) {
        auto const comma = std::min(text.find(','), text.size());
        std::string_view const part = text.substr(0, comma);
        if (!set_from_text(line, part)) {
            return std::string{part} + ": fi, di, clock_hz, guard_etu (to 255), work_us or "
                                       "write_us (to 1000000) = a number is wanted";
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    if (auto fault = fault_of(line)) {
        return std::move(*fault);
    }
    return line;
}

LineCharacters line_characters(apdu::ByteView command, apdu::ByteView answer) {
    std::size_t const in = data_to_card(command);
    std::size_t const out = data_from_card(answer);
    std::size_t const procedure_byte = in != 0 || out != 0 ? 1 : 0;
    return {t0_header_size + in, procedure_byte + out + t0_status_size};
}

std::size_t exchange_etu(LineTime const& line, apdu::ByteView command, apdu::ByteView answer) {
    auto const characters = line_characters(command, answer);
    std::size_t const guard = line.guard_etu == guard_as_zero ? 0 : line.guard_etu;
    // Header, answer; data to the card go behind the procedure byte that asks for them.
    std::size_t const turns = data_to_card(command) != 0 ? 2 : 1;
    return (characters.to_card - turns) * (character_etu + guard) +
           (characters.from_card - turns) * character_etu + 2 * turns * turn_etu;
}

std::chrono::nanoseconds exchange_time(LineTime const& line, apdu::ByteView command,
                                       apdu::ByteView answer) {
    return time_of_clocks(exchange_etu(line, command, answer) * line.fi / line.di, line.clock_hz);
}

std::chrono::nanoseconds reset_time(LineTime const& line, std::size_t atr_size) {
    constexpr LineTime slow{};
    bool const needs_pps = line.fi != slow.fi || line.di != slow.di;
    std::size_t const pps_etu =
        needs_pps ? 2 * (pps_size - 1) * character_etu + 2 * turn_etu : std::size_t{0};
    std::size_t const etu = atr_size * character_etu + pps_etu;
    return time_of_clocks(clocks_before_atr + etu * slow.fi / slow.di, line.clock_hz);
}

void LineTotal::add(LineTime const& line, apdu::ByteView command, apdu::ByteView answer) {
    ++commands;
    characters += line_characters(command, answer).all();
    time += exchange_time(line, command, answer);
}

} // namespace virtual_card
