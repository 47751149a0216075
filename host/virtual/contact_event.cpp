#include "host/virtual/contact_event.hpp"

#include "apdu/require.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t start_bit = 0x80;
constexpr unsigned type_shift = 3;
constexpr std::uint8_t type_max = 0x0F;
constexpr unsigned socket_shift = 2;
constexpr unsigned low_bits = 6;
constexpr std::uint8_t low_mask = 0x3F;
constexpr std::uint8_t high_mask = 0x03;

constexpr std::uint8_t supply_mask = 0x03;
constexpr std::uint8_t reset_bit = 0x04;
constexpr std::uint8_t clock_bit = 0x08;
constexpr std::uint8_t io_bit = 0x10;

} // namespace

std::array<std::uint8_t, 2> encode(ContactEvent const& event) {
    auto const type = static_cast<std::uint8_t>(event.type);
    apdu::require(type <= type_max && event.socket <= 1);
    auto const first =
        static_cast<std::uint8_t>(start_bit | (type << type_shift) |
                                  (event.socket << socket_shift) | (event.value >> low_bits));
    return {first, static_cast<std::uint8_t>(event.value & low_mask)};
}

std::optional<ContactEvent> ContactEventParser::take(std::uint8_t byte) {
    if ((byte & start_bit) != 0) {
        first_ = byte;
        return std::nullopt;
    }
    if (!first_ || byte > low_mask) {
        first_.reset();
        return std::nullopt;
    }
    std::uint8_t const first = *first_;
    first_.reset();
    return ContactEvent{static_cast<ContactEventType>((first >> type_shift) & type_max),
                        static_cast<std::uint8_t>((first >> socket_shift) & 1U),
                        static_cast<std::uint8_t>(((first & high_mask) << low_bits) | byte)};
}

ContactState ContactState::from(std::uint8_t value) {
    return {static_cast<std::uint8_t>(value & supply_mask), (value & reset_bit) != 0,
            (value & clock_bit) != 0, (value & io_bit) != 0};
}

} // namespace virtual_card
