#pragma once

#include "firmware/hal/flash.hpp"

namespace stm32l476 {

/// Pages of the chip's flash, in either bank. While the bank that the program runs from is erased
/// the core stands still, for 25 ms a page, interrupts too.
class PageFlash final : public hal::Flash {
public:
    /// `begin`: the address of its first page. require: whole pages of the chip's flash.
    PageFlash(std::uint32_t begin, std::size_t page_count);

    [[nodiscard]] std::size_t page_size() const override;
    [[nodiscard]] std::size_t page_count() const override { return page_count_; }
    /// A word whose ECC tells of more errors than it corrects reads as 0: so do words that were
    /// written while the power went.
    void read(std::uint32_t offset, apdu::ByteSpan out) override;
    [[nodiscard]] bool erase(std::size_t page) override;
    [[nodiscard]] bool write(std::uint32_t offset, apdu::ByteView bytes) override;

private:
    [[nodiscard]] std::size_t size() const;

    std::uint32_t begin_;
    std::size_t page_count_;
};

} // namespace stm32l476
