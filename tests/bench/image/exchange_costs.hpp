#pragma once

#include "tests/bench/image/image_files.hpp"

#include <cstdint>
#include <vector>

namespace bench {

/// Instructions of the terminal's image for something.
struct InstructionCount {
    std::string name;
    std::uint64_t instructions;
};

/// Counts them for exchanges with a card under T=0 and T=1, for what only the terminal answers,
/// and for the longest pass of the main loop while the terminal does what is hard; for that it are
/// `test_files`, with SSCARD_PEER_ENTROPY. Throws where QEMU or the terminal does not do its part.
[[nodiscard]] std::vector<InstructionCount>
count_exchanges(std::string const& image, std::string const& test_image, std::string const& plugin);

} // namespace bench
