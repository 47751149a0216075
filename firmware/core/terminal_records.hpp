#pragma once

#include "firmware/core/host_link.hpp"
#include "firmware/core/slot.hpp"

#include <string_view>

namespace terminal {

/// Records of identity and health, one after the other: tag, length, value.
class RecordWriter {
public:
    explicit RecordWriter(apdu::ByteSpan out) : out_{out} {}

    /// require for all: it fits.
    void bytes(std::uint8_t tag, apdu::ByteView value);
    void text(std::uint8_t tag, std::string_view value);
    void byte(std::uint8_t tag, std::uint8_t value) { bytes(tag, {&value, 1}); }
    void number(std::uint8_t tag, std::uint32_t value);
    void counts(std::uint8_t tag, SlotCounts const& counts);
    void counts(std::uint8_t tag, LinkCounts const& counts);

    [[nodiscard]] std::size_t size() const { return size_; }

private:
    void head(std::uint8_t tag, std::size_t size);
    void put(std::uint32_t value);

    apdu::ByteSpan out_;
    std::size_t size_ = 0;
};

} // namespace terminal
