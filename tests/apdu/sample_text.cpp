#include "tests/apdu/sample_text.hpp"

#include "apdu/code_tables.hpp"

namespace apdu {
namespace {

/// "12345678901…".
std::string digits_of(std::size_t count) {
    std::string text;
    for (std::size_t i = 1; i <= count; ++i) {
        text += static_cast<char>('0' + i % 10);
    }
    return text;
}

/// Chinese characters that fill the item, and a letter where a byte is left.
std::string full_text(std::size_t size) {
    std::string text;
    for (std::size_t i = 0; i + 2 <= size; i += 2) {
        text += i % 4 == 0 ? "张" : "三";
    }
    return size % 2 == 0 ? text : text + "A";
}

std::vector<std::string> codes_of(CodeTable table) {
    std::vector<std::string> codes;
    for (CodeRow const& row : code_rows(table)) {
        codes.emplace_back(row.code);
    }
    return codes;
}

} // namespace

std::vector<std::string> sample_texts(Item const& item) {
    std::size_t const nibbles = std::size_t{2} * item.size;
    std::size_t const digit_count = item.format == Format::cn ? nibbles : item.size;
    switch (item.content) {
    case Content::text:
        return {"A", full_text(item.size), std::string(item.size, 'z')};
    case Content::digits:
        return {"0", digits_of(digit_count), std::string(digit_count, '0')};
    case Content::fixed_digits:
        return {digits_of(digit_count), std::string(digit_count, '0')};
    case Content::ascii:
        return {"~", std::string(item.size, 'A')};
    case Content::date:
        return {"1949-10-01", "2000-02-29", "2024-12-31"};
    case Content::region:
        return {"110101", "639900"};
    case Content::code:
        return codes_of(item.code_table);
    case Content::number:
        return {"0", "1", item.size == 2 ? "65535" : "4294967295"};
    case Content::opaque:
        return {std::string(nibbles, 'A')};
    case Content::id_number:
        return {"110101190001010014", "110101190001010022", "510101190001010019"};
    case Content::card_number:
        return {"A00000011", "A0000002X", "T0000001X"};
    case Content::card_id:
        return {"639900D15600000500BF7C7A48FB4966"};
    case Content::spec_version:
        return {"1.00", "2.00", "3.00"};
    case Content::date_time:
        return {"2024-02-29T23:59:59", "2025-01-01T00:00:00"};
    }
    return {};
}

} // namespace apdu
