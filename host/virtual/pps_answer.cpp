#include "host/virtual/pps_answer.hpp"

namespace virtual_card {
namespace {

constexpr std::uint8_t pps1_bit = 0x10;
constexpr std::uint8_t pps2_bit = 0x20;
constexpr std::uint8_t pps3_bit = 0x40;
constexpr std::uint8_t pps_protocol_mask = 0x0F;
constexpr std::uint8_t pps_default_rate = 0x11;
constexpr std::size_t pps_shortest = 3;

} // namespace

bool is_whole_pps(apdu::ByteView request) {
    if (request.size() < 2) {
        return false;
    }
    std::size_t size = pps_shortest;
    for (std::uint8_t const bit : {pps1_bit, pps2_bit, pps3_bit}) {
        size += (request[1] & bit) != 0 ? 1 : 0;
    }
    return request.size() >= size;
}

std::optional<PpsAnswer> answer_pps(apdu::ByteView request, ContactSettings const& settings) {
    std::uint8_t check = 0;
    for (std::uint8_t const byte : request) {
        check ^= byte;
    }
    unsigned const protocol = settings.protocol == ContactProtocol::t1 ? 1 : 0;
    if (check != 0 || (request[1] & pps_protocol_mask) != protocol) {
        return std::nullopt;
    }
    PpsAnswer answer{{pps_start, static_cast<std::uint8_t>(protocol)}, apdu::default_clock_rate};
    if ((request[1] & pps1_bit) != 0) {
        std::uint8_t const pps1 = request[2];
        auto const rate = apdu::clock_rate_of(pps1);
        bool const is_taken =
            pps1 == settings.ta1.value_or(pps_default_rate) || pps1 == pps_default_rate;
        if (is_taken && rate) {
            answer.rate = *rate;
            answer.characters[1] |= pps1_bit;
            answer.characters.push_back(pps1);
        }
    }
    check = 0;
    for (std::uint8_t const byte : answer.characters) {
        check ^= byte;
    }
    answer.characters.push_back(check);
    return answer;
}

} // namespace virtual_card
