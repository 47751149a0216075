#include "host/virtual/contact_event.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t begins = 0x80;
constexpr std::uint8_t low_bits_max = 0x3F;
constexpr std::uint8_t kind_max = 7;

} // namespace

std::array<std::uint8_t, 2> bytes_of(ContactEvent const& event) {
    unsigned const first = begins + static_cast<unsigned>(event.kind) * 8U +
                           (event.socket % 2U) * 4U + event.value / 64U;
    return {static_cast<std::uint8_t>(first), static_cast<std::uint8_t>(event.value % 64U)};
}

std::optional<ContactEvent> ContactEventReader::next(std::uint8_t byte) {
    if (byte >= begins) {
        first_ = byte;
        return std::nullopt;
    }
    auto const first = first_;
    first_.reset();
    unsigned const kind = first ? (*first - begins) / 8U : kind_max + 1U;
    if (kind > kind_max || byte > low_bits_max) {
        return std::nullopt;
    }
    unsigned const value = (*first % 4U) * 64U + byte;
    return ContactEvent{static_cast<ContactKind>(kind),
                        static_cast<std::uint8_t>((*first / 4U) % 2U),
                        static_cast<std::uint8_t>(value)};
}

} // namespace virtual_card
