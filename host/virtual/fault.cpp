#include "host/virtual/fault.hpp"

#include "host/virtual/json_members.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace virtual_card {
namespace {

struct KindName {
    std::string_view name;
    FaultKind kind;
};

constexpr auto kind_names = std::to_array<KindName>({
    {"mute", FaultKind::mute},
    {"wrong-mac", FaultKind::wrong_mac},
    {"wrong-authentication", FaultKind::wrong_authentication},
    {"slow", FaultKind::slow},
    {"status", FaultKind::status},
    {"removal", FaultKind::removal},
    {"removal-after", FaultKind::removal_after},
    {"power-cut", FaultKind::power_cut},
    {"power-cut-after", FaultKind::power_cut_after},
    {"cut-write", FaultKind::cut_write},
    {"torn-write", FaultKind::torn_write},
    {"parity", FaultKind::parity},
    {"parity-always", FaultKind::parity_always},
    {"mute-at", FaultKind::mute_at},
    {"babble", FaultKind::babble},
    {"flip", FaultKind::flipped_bit},
    {"extra", FaultKind::extra},
    {"nulls-forever", FaultKind::nulls_forever},
    {"wtx-forever", FaultKind::wtx_forever},
    {"pull-at", FaultKind::pull_at},
    {"lrc", FaultKind::wrong_code},
    {"bad-tck", FaultKind::bad_tck},
    {"bad-ts", FaultKind::bad_ts},
});

constexpr std::size_t command_number_max = 999'999;
constexpr std::uint8_t bit_max = 7;
constexpr int hex_radix = 16;
constexpr std::chrono::milliseconds duration_max = std::chrono::hours{1};

/// A whole text as a number, digits only.
template <typename Number>
std::optional<Number> number_from(std::string_view text, int radix = 10) {
    Number number{};
    char const* const end = text.data() + text.size();
    auto const [stopped, error] = std::from_chars(text.data(), end, number, radix);
    if (text.empty() || error != std::errc{} || stopped != end) {
        return std::nullopt;
    }
    return number;
}

std::optional<FaultKind> kind_from(std::string_view name) {
    for (KindName const& row : kind_names) {
        if (row.name == name) {
            return row.kind;
        }
    }
    return std::nullopt;
}

/// Whether a fault's text has something in a place.
enum class Presence : std::uint8_t { never, possible, always };

Presence parameter_of(FaultKind kind) {
    switch (kind) {
    case FaultKind::slow:
    case FaultKind::status:
    case FaultKind::flipped_bit:
    case FaultKind::extra:
        return Presence::always;
    case FaultKind::babble:
        return Presence::possible;
    default:
        return Presence::never;
    }
}

Presence number_of(FaultKind kind) {
    switch (kind) {
    case FaultKind::parity:
    case FaultKind::parity_always:
    case FaultKind::mute_at:
    case FaultKind::babble:
    case FaultKind::flipped_bit:
    case FaultKind::extra:
    case FaultKind::wrong_code:
        return Presence::always;
    case FaultKind::bad_tck:
    case FaultKind::bad_ts:
        return Presence::never;
    default: // what takes the card or its power away does so once
        return takes_card_or_power(kind) ? Presence::always : Presence::possible;
    }
}

bool fits(Presence presence, bool is_there) {
    return presence == Presence::possible || (presence == Presence::always) == is_there;
}

/// Takes what stands behind `mark` away from `text`.
std::optional<std::string_view> cut_behind(std::string_view& text, char mark) {
    auto const at = text.find(mark);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    auto const behind = text.substr(at + 1);
    text = text.substr(0, at);
    return behind;
}

/// A number in hex of so many digits.
std::optional<std::uint16_t> hex_number(std::string_view text, std::size_t digits) {
    return text.size() == digits ? number_from<std::uint16_t>(text, hex_radix) : std::nullopt;
}

bool read_delay(Fault& fault, std::string_view text) {
    auto const delay = parse_duration(text);
    fault.delay = delay.ok() ? delay.value() : fault.delay;
    return delay.ok();
}

bool read_parameter(Fault& fault, std::string_view text) {
    if (fault.kind == FaultKind::slow) {
        return read_delay(fault, text);
    }
    if (fault.kind == FaultKind::flipped_bit) {
        auto const bit = number_from<std::uint8_t>(text);
        fault.bit = bit.value_or(0);
        return bit && *bit <= bit_max;
    }
    bool const is_status = fault.kind == FaultKind::status;
    auto const number = hex_number(text, is_status ? 4 : 2);
    if (number && is_status) {
        fault.status = apdu::StatusWord{*number};
    } else if (number) {
        fault.character = static_cast<std::uint8_t>(*number);
    }
    return number.has_value();
}

} // namespace

apdu::Result<std::chrono::milliseconds> parse_duration(std::string_view text) {
    std::chrono::milliseconds unit{1};
    if (text.ends_with("ms")) {
        text.remove_suffix(2);
    } else if (text.ends_with("s")) {
        text.remove_suffix(1);
        unit = std::chrono::seconds{1};
    } else {
        return apdu::Error::malformed;
    }
    auto const count = number_from<std::uint32_t>(text);
    if (!count || *count > duration_max / unit) {
        return apdu::Error::malformed;
    }
    return std::chrono::milliseconds{unit.count() * *count};
}

apdu::Result<Fault> parse_fault(std::string_view text) {
    auto const number = cut_behind(text, '@');
    auto const parameter = cut_behind(text, ':');
    auto const kind = kind_from(text);
    if (!kind || !fits(parameter_of(*kind), parameter.has_value()) ||
        !fits(number_of(*kind), number.has_value())) {
        return apdu::Error::malformed;
    }
    Fault fault{.kind = *kind};
    if (parameter && !read_parameter(fault, *parameter)) {
        return apdu::Error::malformed;
    }
    if (number) {
        fault.at = number_from<std::size_t>(*number);
        if (!fault.at || *fault.at == 0 || *fault.at > command_number_max) {
            return apdu::Error::malformed;
        }
    }
    return fault;
}

bool is_contact_fault(FaultKind kind) { return kind >= FaultKind::parity; }

bool takes_card_or_power(FaultKind kind) {
    return (kind >= FaultKind::removal && kind <= FaultKind::torn_write) ||
           kind == FaultKind::pull_at;
}

std::string text_of(Fault const& fault) {
    auto const* const row =
        std::find_if(kind_names.begin(), kind_names.end(),
                     [&](KindName const& each) { return each.kind == fault.kind; });
    std::string text{row->name};
    if (fault.kind == FaultKind::slow) {
        text += ":" + std::to_string(fault.delay.count()) + "ms";
    }
    if (fault.kind == FaultKind::status) {
        std::array<std::uint8_t, 2> const status{fault.status.sw1(), fault.status.sw2()};
        text += ":" + hex_from(status);
    }
    if (fault.kind == FaultKind::flipped_bit) {
        text += ":" + std::to_string(fault.bit);
    }
    bool const is_said = fault.character != Fault{fault.kind}.character;
    if (fault.kind == FaultKind::extra || (fault.kind == FaultKind::babble && is_said)) {
        text += ":" + hex_from(std::array{fault.character});
    }
    return fault.at ? text + "@" + std::to_string(*fault.at) : text;
}

std::vector<Fault> every_interruption(std::size_t commands, std::size_t writes) {
    std::vector<Fault> all;
    for (std::size_t at = 1; at <= commands; ++at) {
        for (auto const kind : {FaultKind::removal, FaultKind::removal_after, FaultKind::power_cut,
                                FaultKind::power_cut_after}) {
            all.push_back({.kind = kind, .at = at});
        }
    }
    for (std::size_t at = 1; at <= writes; ++at) {
        for (auto const kind : {FaultKind::cut_write, FaultKind::torn_write}) {
            all.push_back({.kind = kind, .at = at});
        }
    }
    return all;
}

} // namespace virtual_card
