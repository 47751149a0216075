#include "firmware/boards/qemu_mps2_an386/memory_flash.hpp"

#include "firmware/boards/qemu_mps2_an386/kept_memory.hpp"

#include <algorithm>

namespace qemu_board {
namespace {

constexpr std::uint8_t erased = 0xFF;

bool is_all(apdu::ByteView bytes, std::uint8_t value) {
    return std::all_of(bytes.begin(), bytes.end(), [value](auto byte) { return byte == value; });
}

} // namespace

std::size_t MemoryFlash::page_size() const { return qemu_board::page_size; }

std::size_t MemoryFlash::page_count() const { return memory_.size() / page_size(); }

void MemoryFlash::read(std::uint32_t offset, apdu::ByteSpan out) {
    apdu::require(offset <= memory_.size() && out.size() <= memory_.size() - offset);
    apdu::copy_bytes(memory_.subspan(offset, out.size()), out);
}

bool MemoryFlash::erase(std::size_t page) {
    apdu::require(page < page_count());
    auto const bytes = memory_.subspan(page * page_size(), page_size());
    std::fill(bytes.begin(), bytes.end(), erased);
    return true;
}

bool MemoryFlash::write(std::uint32_t offset, apdu::ByteView bytes) {
    apdu::require(offset % word_size == 0 && bytes.size() % word_size == 0);
    apdu::require(offset % page_size() + bytes.size() <= page_size());
    apdu::require(offset / page_size() < page_count());
    for (std::size_t at = 0; at < bytes.size(); at += word_size) {
        auto const from = bytes.subspan(at, word_size);
        auto const to = memory_.subspan(offset + at, word_size);
        if (!is_all(to, erased) && !is_all(from, 0)) {
            return false;
        }
        apdu::copy_bytes(from, to);
    }
    return true;
}

} // namespace qemu_board
