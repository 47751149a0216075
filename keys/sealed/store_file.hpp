#pragma once

#include "keys/sealed/file_calls.hpp"
#include "keys/sealed/store_fault.hpp"

#include <filesystem>
#include <vector>

namespace keys::sealed {

/// An open file that closes itself; nothing where it could not be opened.
class OpenFile {
public:
    explicit OpenFile(int number) : number_{number} {}
    OpenFile(OpenFile const&) = delete;
    OpenFile& operator=(OpenFile const&) = delete;
    OpenFile(OpenFile&& from) noexcept;
    OpenFile& operator=(OpenFile&&) = delete;
    ~OpenFile();

    [[nodiscard]] bool is_open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

/// All bytes of a store's file. Faults: missing, not_readable, permissions (it belongs to somebody
/// else than this process's user and root, or others may read or write it), not_a_store (larger
/// than any).
[[nodiscard]] StoreResult<std::vector<std::uint8_t>>
read_store_file(std::filesystem::path const& path);

/// The place of a store on disk, held by this process alone for as long as the object is: PATH,
/// beside it PATH.previous (what stood there before), PATH.new (only while it is written) and
/// PATH.lock (with the holder's process id; the operating system lets go when the process ends).
class StoreFile {
public:
    /// Faults: in_use (the detail has the holder's pid), not_written (the folder).
    [[nodiscard]] static StoreResult<StoreFile> claim(std::filesystem::path path,
                                                      FileCalls& calls = system_calls());

    [[nodiscard]] std::filesystem::path const& path() const { return path_; }
    /// True where something stands at the path.
    [[nodiscard]] bool exists() const;

    /// Puts `bytes` in the place of what stands there, at once and as a whole; what stood there is
    /// PATH.previous afterwards. Faults: not_written (nothing has changed), maybe_not_kept.
    [[nodiscard]] StoreResult<apdu::Done> replace(apdu::ByteView bytes) const;

    /// Takes PATH.previous away for good. Faults: maybe_not_kept (it may be there still).
    [[nodiscard]] StoreResult<apdu::Done> forget_previous() const;

private:
    StoreFile(std::filesystem::path path, FileCalls& calls, OpenFile lock)
        : path_{std::move(path)}, calls_{&calls}, lock_{std::move(lock)} {}
    [[nodiscard]] bool write_new(std::string const& to, apdu::ByteView bytes) const;
    [[nodiscard]] bool keep_previous() const;
    [[nodiscard]] bool sync_folder() const;

    std::filesystem::path path_;
    FileCalls* calls_;
    OpenFile lock_;
};

} // namespace keys::sealed
