#pragma once

#include "firmware/hal/flash.hpp"

#include <string>
#include <vector>

namespace linux_board {

/// Flash as a file, written through at each call.
class FileFlash final : public hal::Flash {
public:
    /// Opens `path`, or makes it, with all bits 1. Throws std::system_error; std::runtime_error
    /// where it has another size.
    FileFlash(std::string const& path, std::size_t page_size, std::size_t page_count);
    ~FileFlash() override;

    [[nodiscard]] std::size_t page_size() const override { return page_size_; }
    [[nodiscard]] std::size_t page_count() const override { return bytes_.size() / page_size_; }
    void read(std::uint32_t offset, apdu::ByteSpan out) override;
    [[nodiscard]] bool erase(std::size_t page) override;
    [[nodiscard]] bool write(std::uint32_t offset, apdu::ByteView bytes) override;

private:
    [[nodiscard]] bool keep(std::size_t offset, std::size_t size);

    int file_ = -1;
    std::size_t page_size_;
    std::vector<std::uint8_t> bytes_;
};

} // namespace linux_board
