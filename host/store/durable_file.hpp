#pragma once

#include "host/session/fault.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace store {

/// An open file that closes itself; nothing where it could not be opened.
class Descriptor {
public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor&& from) noexcept : number_{from.number_} { from.number_ = -1; }
    Descriptor& operator=(Descriptor&& from) noexcept {
        std::swap(number_, from.number_);
        return *this;
    }
    ~Descriptor();

    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_ = -1;
};

/// journal_failed with the file's name and what the operating system said last (errno).
[[nodiscard]] session::Fault file_fault(std::filesystem::path const& path);

/// Opens with the flags of open(2), for its owner alone.
[[nodiscard]] Descriptor open_file(std::filesystem::path const& path, int flags);

/// Writes all of it at once where the system does so; false with errno.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

/// Makes the names in a directory safe from a power cut; false with errno.
[[nodiscard]] bool sync_directory(std::filesystem::path const& directory);

inline constexpr std::size_t read_size_max = std::size_t{16} << 20U;

/// All that a file holds; nothing where there is no such file. Fault: journal_failed (it cannot be
/// read, or is larger than read_size_max).
[[nodiscard]] session::Outcome<std::optional<std::string>>
read_file(std::filesystem::path const& path);

/// Removes a file for good; that it is gone already is no fault. Fault: journal_failed.
[[nodiscard]] session::Outcome<apdu::Done> remove_file(std::filesystem::path const& path);

/// Gives a file another name, for good; a file of that name is replaced. Fault: journal_failed.
[[nodiscard]] session::Outcome<apdu::Done> rename_file(std::filesystem::path const& from,
                                                       std::filesystem::path const& to);

} // namespace store
