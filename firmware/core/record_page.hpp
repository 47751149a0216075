#pragma once

#include "firmware/hal/flash.hpp"

#include "keys/terminal_record.hpp"

namespace terminal {

/// The place of a record at the start of a page.
class RecordPage final : public keys::RecordPlace {
public:
    /// `flash` must outlive it. require: there is such a page, and a record fits.
    RecordPage(hal::Flash& flash, std::size_t page);

    void read(std::size_t offset, apdu::ByteSpan out) override;
    [[nodiscard]] bool write(std::size_t offset, apdu::ByteView bytes) override;

    /// True where the whole page reads as erased.
    [[nodiscard]] bool is_blank();

private:
    [[nodiscard]] std::uint32_t place_of(std::size_t offset) const {
        return static_cast<std::uint32_t>(start_ + offset);
    }

    hal::Flash& flash_;
    std::size_t start_;
};

} // namespace terminal
