#include "firmware/boards/linux/file_flash.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <stdexcept>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace linux_board {

FileFlash::FileFlash(std::string const& path, std::size_t page_size, std::size_t page_count)
    : page_size_{page_size}, bytes_(page_size * page_count, 0xFF) {
    file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (file_ < 0) {
        throw std::system_error{errno, std::generic_category(), path};
    }
    auto const size = ::pread(file_, bytes_.data(), bytes_.size(), 0);
    bool const is_new = size == 0;
    if (!is_new && size != static_cast<ssize_t>(bytes_.size())) {
        throw std::runtime_error{path + ": not the flash of this board, its size is another"};
    }
    if (is_new && !keep(0, bytes_.size())) {
        throw std::system_error{errno, std::generic_category(), path};
    }
}

FileFlash::~FileFlash() { (void)::close(file_); }

bool FileFlash::keep(std::size_t offset, std::size_t size) {
    return ::pwrite(file_, bytes_.data() + offset, size, static_cast<off_t>(offset)) ==
               static_cast<ssize_t>(size) &&
           ::fdatasync(file_) == 0;
}

void FileFlash::read(std::uint32_t offset, apdu::ByteSpan out) {
    apdu::require(offset + out.size() <= bytes_.size());
    apdu::copy_bytes(apdu::ByteView{bytes_}.subspan(offset, out.size()), out);
}

bool FileFlash::erase(std::size_t page) {
    apdu::require(page < page_count());
    std::fill_n(bytes_.begin() + static_cast<std::ptrdiff_t>(page * page_size_), page_size_,
                std::uint8_t{0xFF});
    return keep(page * page_size_, page_size_);
}

// Like a chip: bits only go from 1 to 0.
bool FileFlash::write(std::uint32_t offset, apdu::ByteView bytes) {
    apdu::require(offset % word_size == 0 && bytes.size() % word_size == 0 &&
                  offset + bytes.size() <= bytes_.size());
    bool is_right = true;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes_[offset + i] = static_cast<std::uint8_t>(bytes_[offset + i] & bytes[i]);
        is_right = is_right && bytes_[offset + i] == bytes[i];
    }
    return keep(offset, bytes.size()) && is_right;
}

} // namespace linux_board
