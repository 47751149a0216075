#pragma once

#include "firmware/hal/flash.hpp"

namespace qemu_board {

/// Memory that behaves like a chip's flash.
class MemoryFlash final : public hal::Flash {
public:
    /// `memory`: whole pages of page_size.
    explicit MemoryFlash(apdu::ByteSpan memory) : memory_{memory} {}

    [[nodiscard]] std::size_t page_size() const override;
    [[nodiscard]] std::size_t page_count() const override;
    void read(std::uint32_t offset, apdu::ByteSpan out) override;
    [[nodiscard]] bool erase(std::size_t page) override;
    /// False too where a word was written before and is not made 0.
    [[nodiscard]] bool write(std::uint32_t offset, apdu::ByteView bytes) override;

private:
    apdu::ByteSpan memory_;
};

} // namespace qemu_board
