#pragma once

#include <cstdint>
#include <span>
#include <string>

namespace cli {

/// A file in making, beside the place where it is to be: FILE.new. What stands in its place stays
/// untouched until finish(); without it the new file is removed.
class UnfinishedFile {
public:
    /// Begins the file; is_open() tells whether the system allows it.
    explicit UnfinishedFile(std::string path);
    UnfinishedFile(UnfinishedFile const&) = delete;
    UnfinishedFile& operator=(UnfinishedFile const&) = delete;
    ~UnfinishedFile();

    [[nodiscard]] bool is_open() const { return descriptor_ >= 0; }

    /// Writes all of it, waits until the disk has it, and puts it into its place. False: the system
    /// refuses, and what stood there stands there still.
    [[nodiscard]] bool finish(std::span<std::uint8_t const> bytes);

private:
    [[nodiscard]] bool write(std::span<std::uint8_t const> bytes) const;
    std::string path_;
    std::string unfinished_;
    int descriptor_;
};

} // namespace cli
