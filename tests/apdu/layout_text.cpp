#include "tests/apdu/layout_text.hpp"

#include <array>
#include <cstdio>

namespace apdu {
namespace {

std::string hex(unsigned value, int digits) {
    std::array<char, 16> text{};
    std::snprintf(text.data(), text.size(), "%0*X", digits, value);
    return text.data();
}

std::string text_of(Format format) {
    constexpr std::array<char const*, 4> names{"cn", "an", "b", "B-TLV"};
    return names.at(static_cast<std::size_t>(format));
}

std::string text_of(Content content) {
    constexpr std::array<char const*, 14> names{
        "text",        "digits",  "fixed digits", "printable ASCII", "date",
        "region",      "code",    "number",       "opaque",          "ID number",
        "card number", "card id", "version",      "date and time"};
    return names.at(static_cast<std::size_t>(content));
}

std::string text_of(CodeTable table) {
    constexpr std::array<char const*, 24> names{"none",
                                                "card class",
                                                "sex",
                                                "ethnic group",
                                                "household class",
                                                "employment state",
                                                "marital state",
                                                "person class",
                                                "political status",
                                                "education",
                                                "pension kind",
                                                "insurance kind",
                                                "medical person class",
                                                "disability grade",
                                                "dependant relation",
                                                "registration kind",
                                                "employment form",
                                                "assistance kind",
                                                "policy kind",
                                                "placement kind",
                                                "card use",
                                                "registration kind and form",
                                                "transaction kind",
                                                "settlement class"};
    return names.at(static_cast<std::size_t>(table));
}

std::string text_of(Access access) {
    std::string key{to_text(access.key)};
    switch (access.rule) {
    case AccessRule::free:
        return "free";
    case AccessRule::key:
        return key;
    case AccessRule::pin:
        return "PIN";
    case AccessRule::pin_or_key:
        return "PIN or " + key;
    case AccessRule::pin_and_key:
        return "PIN and " + key;
    case AccessRule::never:
        return "never";
    }
    return "?";
}

std::string type_of(ElementaryFile const& file) {
    switch (file.type) {
    case FileType::variable_records:
        return "variable records";
    case FileType::fixed_records:
        return "fixed records";
    case FileType::transparent:
        return "transparent " + hex(file.size, 1) + " bytes";
    case FileType::cyclic:
        return "cyclic, at least " + std::to_string(file.records) + " x " + hex(file.size, 2) +
               " bytes";
    }
    return "?";
}

std::string with_label(std::string_view label) {
    return label.empty() ? std::string{} : " " + std::string{label};
}

/// "08 an 12 social_security_number 社会保障号码: ID number".
std::string line_of(Item const& item) {
    std::string line = item.tag == 0 ? "--" : hex(item.tag, 2);
    line += " " + text_of(item.format) + " " + hex(item.size, 2) + " " + std::string{item.name} +
            with_label(item.label_zh);
    if (item.format == Format::tlv) {
        return line + "\n";
    }
    line += ": " + text_of(item.content);
    if (item.code_table != CodeTable::none) {
        line += " of " + text_of(item.code_table);
    }
    return line + "\n";
}

/// "record 1: …", "records 2-4: …".
std::string lines_of(Item const& item, std::size_t first_record) {
    std::string text = "    record";
    if (item.occurrences > 1) {
        text += "s " + std::to_string(first_record) + "-" +
                std::to_string(first_record + item.occurrences - 1U);
    } else {
        text += " " + std::to_string(first_record);
    }
    text += ": " + line_of(item);
    for (Item const& part : item.parts) {
        text += "        " + line_of(part);
    }
    return text;
}

std::string lines_of(ElementaryFile const& file) {
    std::string text = "  " + hex(file.fid, 4) + " SFI " + hex(file.sfi(), 2) + " " +
                       std::string{file.name} + with_label(file.label_zh) + "; read " +
                       text_of(file.read) + "; write " + text_of(file.write) + "; " + type_of(file);
    text += std::string{file.is_preset ? "; preset" : ""} + (file.is_internal ? "; internal" : "") +
            (file.is_assumed ? "; ASSUMED" : "") + "\n";
    bool const has_records =
        file.type == FileType::variable_records || file.type == FileType::fixed_records;
    std::size_t record = 1;
    for (Item const& item : file.items) {
        text += has_records ? lines_of(item, record) : "    field: " + line_of(item);
        record += item.occurrences;
    }
    return text;
}

} // namespace

std::string layout_text(CardLayout const& layout) {
    std::string text =
        "Social security card, version " + std::string{to_text(layout.version)} + "\n";
    for (DedicatedFile const& directory : layout.directories) {
        text += "\n" + hex(directory.fid, 4) + with_label(directory.label_zh) + " name ";
        for (std::uint8_t const byte : directory.name) {
            text += hex(byte, 2);
        }
        text += directory.name.empty() ? "none\n" : "\n";
        for (ElementaryFile const& file : directory.files) {
            text += lines_of(file);
        }
    }
    return text;
}

} // namespace apdu
