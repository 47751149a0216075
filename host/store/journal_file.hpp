#pragma once

#include "host/store/durable_file.hpp"
#include "host/store/journal_text.hpp"

#include <memory>

namespace store {

/// The journal of one making, open for going on with. A line that could not be written to the end
/// is cut off again before the next one.
class JournalFile {
public:
    /// A new journal with its first line, on the disk when it returns; a file of that name is
    /// replaced. Fault: journal_failed.
    [[nodiscard]] static session::Outcome<std::unique_ptr<JournalFile>>
    create(std::filesystem::path const& path, Beginning const& beginning);

    /// Goes on after the last good line of a journal. What cannot be read behind it is kept as
    /// `path`.damaged and cut off. Faults: journal_failed; journal_damaged (not even the beginning
    /// can be read).
    [[nodiscard]] static session::Outcome<std::unique_ptr<JournalFile>>
    reopen(std::filesystem::path const& path);

    /// Puts that beginning in the place of the first one, the other lines behind it; on the disk as
    /// a whole or not at all. A journal that is cut off still says so. Faults: journal_failed,
    /// journal_damaged.
    [[nodiscard]] session::Outcome<apdu::Done> replace_beginning(Beginning const& beginning);

    /// Written when it returns: the end of this program does not lose it. Fault: journal_failed.
    [[nodiscard]] session::Outcome<apdu::Done> write(std::string_view content);

    /// On the disk when it returns. Fault: journal_failed.
    [[nodiscard]] session::Outcome<apdu::Done> write_durably(std::string_view content);

private:
    JournalFile(std::filesystem::path path, Descriptor file)
        : path_{std::move(path)}, file_{std::move(file)} {}

    [[nodiscard]] static session::Outcome<std::unique_ptr<JournalFile>>
    put(std::filesystem::path const& path, std::string_view lines, LineChain chain);
    [[nodiscard]] static session::Outcome<std::unique_ptr<JournalFile>>
    replace_damaged(std::filesystem::path const& path, std::string_view text,
                    JournalText const& journal);
    [[nodiscard]] bool append(std::string_view content);
    [[nodiscard]] bool cut_to_good_size();

    std::filesystem::path path_;
    Descriptor file_;
    LineChain chain_{};
    std::size_t good_size_ = 0;
    bool has_ragged_end_ = false; ///< there may be more than the good lines in the file
};

/// The name under which a journal that cannot be read is kept.
[[nodiscard]] std::filesystem::path damaged_path(std::filesystem::path path);

} // namespace store
