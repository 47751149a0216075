#pragma once

#include "apdu/bytes.hpp"

#include <cstdint>

namespace hal {

/// Pages that keep their bytes without power: a part of a chip's flash. Offsets count from its
/// start. The power may go at any call: then a page that was erased, and a word that was written,
/// hold anything.
class Flash {
public:
    /// Bytes that are written at once, at offsets of whole words; once after each erasure, and once
    /// more with all bits 0.
    static constexpr std::size_t word_size = 8;

    Flash() = default;
    Flash(Flash const&) = delete;
    Flash& operator=(Flash const&) = delete;
    virtual ~Flash() = default;

    /// Bytes of a page: whole words.
    [[nodiscard]] virtual std::size_t page_size() const = 0;
    [[nodiscard]] virtual std::size_t page_count() const = 0;

    /// require: within the pages.
    virtual void read(std::uint32_t offset, apdu::ByteSpan out) = 0;
    /// All bits of the page become 1. False: it failed. require: there is such a page.
    [[nodiscard]] virtual bool erase(std::size_t page) = 0;
    /// False: it failed, or the words read back as something else. require: whole words within one
    /// page.
    [[nodiscard]] virtual bool write(std::uint32_t offset, apdu::ByteView bytes) = 0;
};

} // namespace hal
