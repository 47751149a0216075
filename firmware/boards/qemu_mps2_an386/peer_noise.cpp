// An image for tests: noise is what the card side says it is.
#include "firmware/boards/qemu_mps2_an386/board_noise.hpp"

namespace qemu_board {

std::optional<std::uint8_t> BoardNoise::ask() {
    port_.send({.kind = streams::ContactEvent::Kind::entropy});
    std::uint64_t const until_us = clock_.now_us() + answer_max_us;
    while (clock_.now_us() < until_us) {
        if (auto const byte = port_.entropy()) {
            return byte;
        }
    }
    return std::nullopt;
}

bool BoardNoise::fill(apdu::ByteSpan out) {
    for (std::uint8_t& byte : out) {
        auto const answer = ask();
        if (!answer) {
            return false;
        }
        byte = *answer;
    }
    return true;
}

} // namespace qemu_board
