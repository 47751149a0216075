#include "firmware/boards/streams/contact_event.hpp"

#include "apdu/require.hpp"

namespace streams {
namespace {

constexpr unsigned first_mark = 0x80;
constexpr unsigned type_shift = 3;
constexpr unsigned type_mask = 0x0F;
constexpr unsigned socket_shift = 2;
constexpr unsigned low_bits = 6;
constexpr unsigned low_mask = 0x3F;

} // namespace

std::array<std::uint8_t, 2> encode(ContactEvent const& event) {
    auto const type = static_cast<unsigned>(event.type);
    apdu::require(type <= type_mask && event.socket <= 1);
    unsigned const first = first_mark | type << type_shift |
                           static_cast<unsigned>(event.socket) << socket_shift |
                           static_cast<unsigned>(event.value) >> low_bits;
    return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(event.value & low_mask)};
}

std::optional<ContactEvent> ContactEventReader::receive(std::uint8_t byte) {
    if ((byte & first_mark) != 0) {
        first_ = byte;
        return std::nullopt;
    }
    auto const first = first_;
    first_.reset();
    if (!first || byte > low_mask) {
        return std::nullopt;
    }
    return ContactEvent{
        .type = static_cast<ContactEvent::Type>(*first >> type_shift & type_mask),
        .socket = static_cast<std::uint8_t>(*first >> socket_shift & 1U),
        .value = static_cast<std::uint8_t>((*first << low_bits | byte) & 0xFFU),
    };
}

} // namespace streams
