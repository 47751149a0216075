#include "host/virtual/contact_card.hpp"
#include "host/virtual/foreign_card.hpp"

#include <cstdlib>

/// Whatever a terminal sends, a card at its contacts goes on, and what it says is bounded by what
/// it was told and the time that passed. First byte: how the card is.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    using namespace virtual_card;
    if (size == 0) {
        return 0;
    }
    ForeignCard bank{ForeignKind::bank};
    FaultyCard faulty{bank, {}};
    ContactSettings settings;
    settings.protocol = (bytes[0] & 1U) != 0 ? ContactProtocol::t1 : ContactProtocol::t0;
    settings.convention =
        (bytes[0] & 2U) != 0 ? ContactConvention::inverse : ContactConvention::direct;
    settings.t1.code = (bytes[0] & 4U) != 0 ? BlockCode::crc : BlockCode::lrc;
    settings.is_paced = (bytes[0] & 8U) != 0;
    settings.is_byte_by_byte = (bytes[0] & 16U) != 0;
    ContactCard card{faulty, {}, settings};
    std::uint64_t now_us = 0;
    for (std::uint8_t const state : std::to_array<std::uint8_t>({0x01, 0x11, 0x19, 0x1D})) {
        card.take({ContactEventType::contacts, 0, state}, now_us);
    }
    now_us += 1'000'000; // the answer to reset is over
    std::size_t left = card.leave(now_us).size();
    ContactEventParser parser;
    for (std::size_t i = 1; i < size; ++i) {
        if (auto const event = parser.take(bytes[i])) {
            card.take(*event, now_us);
        }
        now_us += 50;
        left += card.leave(now_us).size();
    }
    if (left > (size + 1) * 600) {
        std::abort();
    }
    return 0;
}
