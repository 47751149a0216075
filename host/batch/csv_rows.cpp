#include "host/batch/csv_rows.hpp"

#include <csv.h>

namespace batch {
namespace {

struct Rows {
    std::vector<std::vector<std::string>> done{};
    std::vector<std::string> row{};
};

void end_cell(void* cell, std::size_t size, void* rows) {
    static_cast<Rows*>(rows)->row.emplace_back(static_cast<char const*>(cell), size);
}

void end_row(int /*terminator*/, void* rows) {
    auto* const to = static_cast<Rows*>(rows);
    to->done.push_back(std::move(to->row));
    to->row.clear();
}

} // namespace

std::optional<std::vector<std::vector<std::string>>> csv_rows(std::string_view text) {
    csv_parser parser{};
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL) != 0) {
        return std::nullopt;
    }
    Rows rows;
    bool const is_whole =
        csv_parse(&parser, text.data(), text.size(), end_cell, end_row, &rows) == text.size() &&
        csv_fini(&parser, end_cell, end_row, &rows) == 0;
    csv_free(&parser);
    return is_whole ? std::optional{std::move(rows.done)} : std::nullopt;
}

} // namespace batch
