#pragma once

#include "tests/bench/image/image_files.hpp"

#include <cstdint>
#include <vector>

namespace bench {

/// Bytes of its stack that the terminal's image uses for something.
struct StackDepth {
    std::string name;
    std::uint32_t used;
};

/// Of all that the image does.
struct StackDepths {
    std::uint32_t reserved;
    std::vector<StackDepth> depths; ///< the last, "with_interrupt": of all at most
};

/// Has an image with SSCARD_PEER_ENTROPY do what is hard: its start, boot program included; PIN
/// entry with a card under T=0, and in chains with one under T=1; the loading of its keys, the
/// capture of a PIN, an update. Throws where QEMU or the terminal does not do its part.
[[nodiscard]] StackDepths measure_stack(ImageFiles const& test_files, std::string const& plugin);

} // namespace bench
