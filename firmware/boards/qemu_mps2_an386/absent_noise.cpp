// An image with nothing to take noise from.
#include "firmware/boards/qemu_mps2_an386/board_noise.hpp"

namespace qemu_board {

std::optional<std::uint8_t> BoardNoise::ask() { return std::nullopt; }

bool BoardNoise::fill(apdu::ByteSpan /*out*/) { return false; }

} // namespace qemu_board
