#include "tests/style/source_file.hpp"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <iterator>

namespace style {
namespace {

constexpr std::size_t file_size_max_bytes = 1U << 20U;

/// Blanks comments and literals of C++ text, character by character.
class Blanker {
public:
    explicit Blanker(std::string_view text) : text_{text}, result_{text} {}

    std::string run() {
        while (at_ < text_.size()) {
            step();
        }
        return std::move(result_);
    }

private:
    void step() {
        std::string_view const rest = text_.substr(at_);
        if (rest.starts_with("//")) {
            blank_to(text_.find('\n', at_));
        } else if (rest.starts_with("/*")) {
            blank_to(end_after("*/", at_ + 2));
        } else if (rest.starts_with("R\"") && !follows_word()) {
            blank_raw_string();
        } else if (rest[0] == '"' || (rest[0] == '\'' && !follows_word())) {
            blank_literal(rest[0]);
        } else if (rest[0] == '#' && starts_line()) {
            blank_directive();
        } else {
            ++at_;
        }
    }

    [[nodiscard]] bool follows_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }

    [[nodiscard]] bool starts_line() const {
        std::size_t const before = text_.find_last_not_of(" \t", at_ == 0 ? 0 : at_ - 1);
        return at_ == 0 || before == std::string_view::npos || text_[before] == '\n';
    }

    [[nodiscard]] std::size_t end_after(std::string_view mark, std::size_t from) const {
        std::size_t const found = text_.find(mark, from);
        return found == std::string_view::npos ? text_.size() : found + mark.size();
    }

    void blank_to(std::size_t end) {
        for (end = std::min(end, text_.size()); at_ < end; ++at_) {
            if (text_[at_] != '\n') {
                result_[at_] = ' ';
            }
        }
    }

    void blank_raw_string() {
        std::size_t const open = text_.find('(', at_);
        if (open == std::string_view::npos) {
            blank_to(text_.size());
            return;
        }
        std::string const mark = ")" + std::string{text_.substr(at_ + 2, open - at_ - 2)} + "\"";
        blank_to(end_after(mark, open));
    }

    void blank_literal(char quote) {
        std::size_t end = at_ + 1;
        while (end < text_.size() && text_[end] != quote && text_[end] != '\n') {
            end += text_[end] == '\\' ? 2 : 1;
        }
        ++at_; // the quotes stay, so that "x" is still seen to be something
        blank_to(end);
        ++at_;
    }

    void blank_directive() {
        std::size_t end = text_.find('\n', at_);
        while (end != std::string_view::npos && text_[end - 1] == '\\') {
            end = text_.find('\n', end + 1);
        }
        blank_to(end);
    }

    std::string_view text_;
    std::string result_;
    std::size_t at_ = 0;
};

bool is_skipped(std::filesystem::path const& relative) {
    return relative == "build" || relative == ".git";
}

} // namespace

bool SourceFile::is_in(std::string_view wanted) const {
    return path.size() > wanted.size() && path.starts_with(wanted) && path[wanted.size()] == '/';
}

std::string SourceFile::folder() const {
    return std::filesystem::path{path}.parent_path().string();
}

std::string SourceFile::name() const { return std::filesystem::path{path}.filename().string(); }

std::vector<SourceFile> read_tree(std::filesystem::path const& top) {
    std::vector<SourceFile> files;
    auto entry = std::filesystem::recursive_directory_iterator{top};
    for (auto const end = std::filesystem::recursive_directory_iterator{}; entry != end; ++entry) {
        std::filesystem::path const relative = entry->path().lexically_relative(top);
        if (is_skipped(relative)) {
            entry.disable_recursion_pending();
            continue;
        }
        if (!entry->is_regular_file() || entry->file_size() > file_size_max_bytes) {
            continue;
        }
        std::ifstream stream{entry->path(), std::ios::binary};
        std::string text{std::istreambuf_iterator<char>{stream}, {}};
        if (text.find('\0') == std::string::npos) {
            files.push_back({relative.generic_string(), std::move(text)});
        }
    }
    std::sort(files.begin(), files.end(),
              [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
    return files;
}

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::string_view trimmed(std::string_view text) {
    std::size_t const first = text.find_first_not_of(" \t\n");
    if (first == std::string_view::npos) {
        return {};
    }
    return text.substr(first, text.find_last_not_of(" \t\n") - first + 1);
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

std::size_t line_at(std::string_view text, std::size_t offset) {
    auto const end = text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, text.size()));
    return 1 + static_cast<std::size_t>(std::count(text.begin(), end, '\n'));
}

std::string code_only(std::string_view text) { return Blanker{text}.run(); }

} // namespace style
