#include "host/batch/people.hpp"

#include "host/batch/csv_rows.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <optional>

namespace batch {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// A text of the record's holder; empty where there is none.
std::string holder_text(Json const& record, char const* item) {
    auto const holder = record.find("holder_basic_data");
    if (holder == record.end() || !holder->is_object()) {
        return {};
    }
    auto const value = holder->find(item);
    return value != holder->end() && value->is_string() ? value->get<std::string>() : std::string{};
}

class PeopleReader {
public:
    void add_problem(std::size_t number, std::string where, std::string code,
                     std::string detail = {}) {
        file_.problems.push_back(
            {"/" + std::to_string(number) + std::move(where), std::move(code), std::move(detail)});
    }

    void add(std::size_t number, Json const& record, std::string text) {
        Person person{number, std::move(text), holder_text(record, "social_security_number"),
                      holder_text(record, "name")};
        if (person.social_security_number.empty()) {
            add_problem(number, "/holder_basic_data/social_security_number", "missing");
            return;
        }
        auto const [earlier, is_new] = seen_.emplace(person.social_security_number, number);
        if (!is_new) {
            add_problem(number, "/holder_basic_data/social_security_number", "duplicate_key",
                        "/" + std::to_string(earlier->second));
            return;
        }
        file_.people.push_back(std::move(person));
    }

    [[nodiscard]] PeopleFile take() { return std::move(file_); }

private:
    PeopleFile file_{};
    std::map<std::string, std::size_t> seen_{};
};

PeopleFile read_json_lines(std::string_view text) {
    PeopleReader reader;
    std::size_t number = 0;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        std::string line{text.substr(0, end)};
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        ++number;
        Json const record = Json::parse(line, nullptr, false);
        if (record.is_discarded()) {
            reader.add_problem(number, "", "not_json");
        } else if (!record.is_object()) {
            reader.add_problem(number, "", "wrong_type");
        } else {
            reader.add(number, record, std::move(line));
        }
    }
    return reader.take();
}

/// "file.item" of a column.
struct Column {
    std::string file;
    std::string item;
};

std::optional<Column> column_of(std::string const& title) {
    auto const dot = title.find('.');
    if (dot == 0 || dot == std::string::npos || dot + 1 == title.size() ||
        title.find('.', dot + 1) != std::string::npos) {
        return std::nullopt;
    }
    return Column{title.substr(0, dot), title.substr(dot + 1)};
}

std::vector<Column> columns_of(std::vector<std::string> const& titles, PeopleReader& reader) {
    std::vector<Column> columns;
    std::map<std::string, std::size_t> seen;
    for (std::string const& title : titles) {
        auto column = column_of(title);
        if (!column) {
            reader.add_problem(0, "", "malformed", title);
        } else if (!seen.emplace(title, columns.size()).second) {
            reader.add_problem(0, "", "duplicate_key", title);
        }
        columns.push_back(std::move(column).value_or(Column{}));
    }
    return columns;
}

PeopleFile read_csv(std::string_view text) {
    PeopleReader reader;
    auto const rows = csv_rows(text);
    if (!rows) {
        reader.add_problem(0, "", "malformed", "CSV");
        return reader.take();
    }
    if (rows->empty()) {
        return reader.take();
    }
    auto const columns = columns_of(rows->front(), reader);
    for (std::size_t number = 1; number < rows->size(); ++number) {
        auto const& cells = (*rows)[number];
        if (cells.size() > columns.size()) {
            reader.add_problem(number, "", "too_many", cells[columns.size()]);
            continue;
        }
        Json record = Json::object();
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (!cells[i].empty()) {
                record[columns[i].file][columns[i].item] = cells[i];
            }
        }
        reader.add(number, record, record.dump(-1, ' ', false, Json::error_handler_t::replace));
    }
    return reader.take();
}

} // namespace

PeopleFile people_of(std::string_view text, PeopleFormat format) {
    if (text.starts_with(byte_order_mark)) {
        text.remove_prefix(byte_order_mark.size());
    }
    return format == PeopleFormat::csv ? read_csv(text) : read_json_lines(text);
}

} // namespace batch
