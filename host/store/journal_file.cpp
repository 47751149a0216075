#include "host/store/journal_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

namespace store {

using session::Outcome;

std::filesystem::path damaged_path(std::filesystem::path path) { return path += ".damaged"; }

/// Writes a new file beside the old one, makes it safe, and puts it in the old one's place.
Outcome<std::unique_ptr<JournalFile>> JournalFile::put(std::filesystem::path const& path,
                                                       std::string_view lines, LineChain chain) {
    std::filesystem::path beside = path;
    beside += ".new";
    std::unique_ptr<JournalFile> journal{
        new JournalFile{path, open_file(beside, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND)}};
    if (!journal->file_.is_open() || !write_all(journal->file_.number(), lines) ||
        ::fsync(journal->file_.number()) != 0 || std::rename(beside.c_str(), path.c_str()) != 0 ||
        !sync_directory(path.parent_path())) {
        session::Fault const fault = file_fault(path);
        (void)::unlink(beside.c_str());
        return fault;
    }
    journal->chain_ = chain;
    journal->good_size_ = lines.size();
    return journal;
}

Outcome<std::unique_ptr<JournalFile>> JournalFile::create(std::filesystem::path const& path,
                                                          Beginning const& beginning) {
    LineChain chain;
    std::string const line = chain.seal(line_content(beginning));
    return put(path, line, chain);
}

Outcome<std::unique_ptr<JournalFile>> JournalFile::reopen(std::filesystem::path const& path) {
    auto const text = read_file(path);
    if (!text.ok()) {
        return text.error();
    }
    auto const journal = text.value() ? parse_journal(*text.value()) : std::nullopt;
    if (!journal) {
        return session::Fault{.code = session::FaultCode::journal_damaged, .detail = path.string()};
    }
    bool const has_bad_lines = text.value()->find('\n', journal->good_size) != std::string::npos;
    if (has_bad_lines) {
        return replace_damaged(path, *text.value(), *journal);
    }
    std::unique_ptr<JournalFile> file{new JournalFile{path, open_file(path, O_WRONLY | O_APPEND)}};
    if (!file->file_.is_open()) {
        return file_fault(path);
    }
    file->chain_ = journal->chain;
    file->good_size_ = journal->good_size;
    file->has_ragged_end_ = text.value()->size() != journal->good_size;
    return file;
}

/// Keeps a copy, then puts the good lines and a gap in its place.
Outcome<std::unique_ptr<JournalFile>>
JournalFile::replace_damaged(std::filesystem::path const& path, std::string_view text,
                             JournalText const& journal) {
    auto const aside = damaged_path(path);
    Descriptor const copy = open_file(aside, O_WRONLY | O_CREAT | O_TRUNC);
    if (!copy.is_open() || !write_all(copy.number(), text) || ::fsync(copy.number()) != 0) {
        return file_fault(aside);
    }
    LineChain chain = journal.chain;
    std::string lines{text.substr(0, journal.good_size)};
    lines += chain.seal(gap_content);
    return put(path, lines, chain);
}

Outcome<apdu::Done> JournalFile::replace_beginning(Beginning const& beginning) {
    auto const text = read_file(path_);
    if (!text.ok()) {
        return text.error();
    }
    std::string const lines = with_beginning(
        std::string_view{text.value().value_or("")}.substr(0, good_size_), beginning);
    auto const journal = parse_journal(lines);
    auto file = put(path_, lines, journal->chain);
    if (!file.ok()) {
        return file.error();
    }
    *this = std::move(*file.value());
    return apdu::Done{};
}

bool JournalFile::cut_to_good_size() {
    if (has_ragged_end_ && ::ftruncate(file_.number(), static_cast<off_t>(good_size_)) != 0) {
        return false;
    }
    has_ragged_end_ = false;
    return true;
}

bool JournalFile::append(std::string_view content) {
    LineChain chain = chain_;
    std::string const line = chain.seal(content);
    if (!cut_to_good_size()) {
        return false;
    }
    has_ragged_end_ = true;
    if (!write_all(file_.number(), line)) {
        return false;
    }
    has_ragged_end_ = false;
    chain_ = chain;
    good_size_ += line.size();
    return true;
}

Outcome<apdu::Done> JournalFile::write(std::string_view content) {
    if (!append(content)) {
        return file_fault(path_);
    }
    return apdu::Done{};
}

Outcome<apdu::Done> JournalFile::write_durably(std::string_view content) {
    LineChain const chain = chain_;
    std::size_t const good_size = good_size_;
    if (append(content) && ::fsync(file_.number()) == 0) {
        return apdu::Done{};
    }
    session::Fault const fault = file_fault(path_);
    chain_ = chain;
    good_size_ = good_size;
    has_ragged_end_ = true;
    return fault;
}

} // namespace store
