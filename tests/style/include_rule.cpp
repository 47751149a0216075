#include "tests/style/include_rule.hpp"

#include <optional>
#include <sstream>

namespace style {
namespace {

std::set<std::string> words_of(std::string_view text) {
    std::istringstream stream{std::string{text}};
    std::set<std::string> words;
    for (std::string word; stream >> word;) {
        words.insert(word);
    }
    return words;
}

void find_unknown_words(std::string_view path, IncludeTable& table) {
    for (auto const& [place, words] : table.rows) {
        for (std::string const& word : words) {
            if (!table.libraries.contains(word) && !table.rows.contains(word)) {
                std::string what = place;
                what += ": " + word + " is neither a library nor a folder of this table";
                table.faults.push_back({std::string{path}, 0, std::move(what)});
            }
        }
    }
}

/// The row for a file: its own, else that of the nearest folder above that has one.
std::set<std::string> const* row_of(IncludeTable const& table, SourceFile const& file) {
    for (std::string place = file.path; !place.empty();) {
        if (auto const found = table.rows.find(place); found != table.rows.end()) {
            return &found->second;
        }
        std::size_t const slash = place.rfind('/');
        place.resize(slash == std::string::npos ? 0 : slash);
    }
    return nullptr;
}

bool holds_header(std::set<std::string> const& headers, std::string_view header) {
    if (headers.contains(std::string{header})) {
        return true;
    }
    for (std::size_t slash = header.find('/'); slash != std::string_view::npos;
         slash = header.find('/', slash + 1)) {
        if (headers.contains(std::string{header.substr(0, slash + 1)})) {
            return true;
        }
    }
    return false;
}

/// The library that an angle-bracket header belongs to; nothing when it is unknown.
std::optional<std::string> library_of(IncludeTable const& table, std::string_view header) {
    std::optional<std::string> rest;
    for (auto const& [name, headers] : table.libraries) {
        if (holds_header(headers, header)) {
            return name;
        }
        if (headers.contains("*")) {
            rest = name;
        }
    }
    return header.find_first_of("./") == std::string_view::npos ? rest : std::nullopt;
}

/// What is wrong with `#include spelled`, or nothing.
std::optional<std::string> fault_of(SourceFile const& file, IncludeTable const& table,
                                    std::set<std::string> const& allowed,
                                    std::string const& spelled) {
    std::string_view const target = std::string_view{spelled}.substr(1);
    if (spelled[0] == '<') {
        auto const library = library_of(table, target);
        if (!library) {
            return "<" + std::string{target} + "> belongs to no library of the include table";
        }
        if (!allowed.contains(*library)) {
            return "may not include <" + std::string{target} + "> (" + *library + ")";
        }
        return std::nullopt;
    }
    std::string const folder = SourceFile{std::string{target}, {}}.folder();
    if (folder.empty()) {
        return "\"" + std::string{target} + "\" must be spelled from the top of the tree";
    }
    if (folder != file.folder() && !allowed.contains(folder)) {
        return "may not include " + folder + "/ (" + std::string{target} + ")";
    }
    return std::nullopt;
}

/// `<array` or `"apdu/fci.hpp` of an include line: its first bracket and the name.
std::optional<std::string> included_by(std::string_view line) {
    std::string const text{trimmed(line)};
    if (!text.starts_with("#") || text.find("include") == std::string::npos) {
        return std::nullopt;
    }
    std::size_t const open = text.find_first_of("<\"");
    std::size_t const close = text.find_first_of(">\"", open + 1);
    if (open == std::string::npos || close == std::string::npos) {
        return std::nullopt;
    }
    return text.substr(open, close - open);
}

} // namespace

IncludeTable parse_include_table(std::string_view path, std::string_view text) {
    IncludeTable table;
    std::size_t number = 0;
    for (std::string_view const line : lines_of(text)) {
        ++number;
        std::string_view const row = trimmed(line.substr(0, line.find('#')));
        if (row.empty()) {
            continue;
        }
        bool const is_library = row.starts_with("library ");
        std::size_t const mark = row.find(is_library ? '=' : ':');
        if (mark == std::string::npos) {
            table.faults.push_back({std::string{path}, number, "neither a library nor a row"});
            continue;
        }
        std::size_t const start = is_library ? std::string_view{"library "}.size() : 0;
        std::string const name{trimmed(row.substr(start, mark - start))};
        auto& target = is_library ? table.libraries : table.rows;
        target[name] = words_of(row.substr(mark + 1));
    }
    find_unknown_words(path, table);
    return table;
}

std::vector<Finding> check_includes(SourceFile const& file, IncludeTable const& table) {
    std::vector<Finding> findings;
    if (!file.is_cpp() || file.is_in("tests")) {
        return findings;
    }
    auto const* const allowed = row_of(table, file);
    if (allowed == nullptr) {
        findings.push_back({file.path, 0, "its folder has no row in the include table"});
        return findings;
    }
    std::size_t number = 0;
    for (std::string_view const line : lines_of(file.text)) {
        ++number;
        auto const spelled = included_by(line);
        if (!spelled) {
            continue;
        }
        if (auto fault = fault_of(file, table, *allowed, *spelled)) {
            findings.push_back({file.path, number, std::move(*fault)});
        }
    }
    return findings;
}

} // namespace style
