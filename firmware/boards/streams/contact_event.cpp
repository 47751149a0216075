#include "firmware/boards/streams/contact_event.hpp"

namespace streams {
namespace {

constexpr unsigned start_bit = 0x80;
constexpr unsigned kind_shift = 3;
constexpr unsigned kind_mask = 0x0F;
constexpr unsigned socket_shift = 2;
constexpr unsigned low_bits = 6;
constexpr unsigned low_mask = 0x3F;
constexpr unsigned high_mask = 0x03;

} // namespace

std::array<std::uint8_t, 2> ContactEvent::encode() const {
    return {static_cast<std::uint8_t>(start_bit | (static_cast<unsigned>(kind) << kind_shift) |
                                      ((socket & 1U) << socket_shift) | (value >> low_bits)),
            static_cast<std::uint8_t>(value & low_mask)};
}

std::optional<ContactEvent> ContactEventParser::receive(std::uint8_t byte) {
    if ((byte & start_bit) != 0) {
        first_ = byte;
        return std::nullopt;
    }
    unsigned const first = first_;
    first_ = 0;
    unsigned const kind = (first >> kind_shift) & kind_mask;
    if (first == 0 || byte > low_mask || kind > static_cast<unsigned>(ContactEvent::Kind::taken)) {
        return std::nullopt;
    }
    return ContactEvent{static_cast<ContactEvent::Kind>(kind),
                        static_cast<std::uint8_t>((first >> socket_shift) & 1U),
                        static_cast<std::uint8_t>(((first & high_mask) << low_bits) | byte)};
}

} // namespace streams
