#pragma once

#include "firmware/boards/streams/contact_port.hpp"
#include "firmware/hal/clock.hpp"
#include "firmware/hal/noise.hpp"

namespace qemu_board {

/// QEMU's board has no noise. Images for tests (CMake option SSCARD_PEER_ENTROPY) ask the card side
/// for it; all others have none.
class BoardNoise final : public hal::Noise {
public:
    /// Both must outlive it.
    BoardNoise(streams::ContactPort& port, hal::Clock& clock) : port_{port}, clock_{clock} {}

    /// Waits up to answer_max_us for each byte.
    [[nodiscard]] bool fill(apdu::ByteSpan out) override;

    static constexpr std::uint64_t answer_max_us = 500'000;

private:
    [[nodiscard]] std::optional<std::uint8_t> ask();

    streams::ContactPort& port_;
    hal::Clock& clock_;
};

} // namespace qemu_board
