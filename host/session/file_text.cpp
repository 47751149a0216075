#include "host/session/file_text.hpp"

#include "host/session/hex_text.hpp"
#include "host/session/item_text.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <array>
#include <optional>

namespace session {
namespace {

using apdu::ByteView;
using apdu::ElementaryFile;
using apdu::FileType;
using apdu::Item;

ItemText simple_item(Item const& item, ByteView value) {
    ItemText text{.name = std::string{item.name}, .label_zh = std::string{item.label_zh}};
    text.tag = item.tag;
    text.text = item_text(item, value);
    if (item.content == apdu::Content::code) {
        apdu::CodeMeaning const meaning = apdu::code_meaning(item.code_table, text.text);
        text.meaning_en = meaning.en;
        text.meaning_zh = meaning.zh;
    }
    return text;
}

ItemText unknown_item(apdu::Record record) {
    ItemText text{.name = "tag_" + hex_text(std::array{record.tag})};
    text.tag = record.tag;
    text.text = hex_text(record.value);
    return text;
}

ItemText item_of_record(std::span<Item const> items, apdu::Record record);

/// The parts of a constructed value, or nothing when it does not consist of records.
std::optional<std::vector<ItemText>> parts_of(Item const& item, ByteView value) {
    std::vector<ItemText> parts;
    apdu::RecordReader reader{value};
    while (!reader.at_end()) {
        auto const record = reader.next();
        if (!record.ok()) {
            return std::nullopt;
        }
        parts.push_back(item_of_record(item.parts, record.value()));
    }
    return parts;
}

ItemText constructed_item(Item const& item, ByteView value) {
    ItemText text{.name = std::string{item.name}, .label_zh = std::string{item.label_zh}};
    text.tag = item.tag;
    auto parts = parts_of(item, value);
    if (parts.has_value()) {
        text.parts = *std::move(parts);
    } else {
        text.text = hex_text(value);
    }
    return text;
}

ItemText item_of_record(std::span<Item const> items, apdu::Record record) {
    Item const* const item = find_item(items, record.tag);
    if (item == nullptr) {
        return unknown_item(record);
    }
    return item->format == apdu::Format::tlv ? constructed_item(*item, record.value)
                                             : simple_item(*item, record.value);
}

Outcome<std::vector<ItemText>> text_of_records(ElementaryFile const& file, ByteView content) {
    std::vector<ItemText> items;
    std::array<std::size_t, 256> occurrences{};
    apdu::RecordReader reader{content};
    while (!reader.at_end()) {
        auto const record = reader.next();
        if (!record.ok()) {
            return Fault{.code = FaultCode::answer_malformed, .detail = std::string{file.name}};
        }
        items.push_back(item_of_record(file.items, record.value()));
        items.back().occurrence = ++occurrences[record.value().tag];
    }
    return items;
}

ItemText cyclic_record(ElementaryFile const& file, ByteView record, std::size_t number) {
    ItemText text{.name = std::string{cyclic_record_name}};
    text.occurrence = number;
    for (Item const& field : file.items) {
        text.parts.push_back(simple_item(field, record.first(field.size)));
        record = record.subspan(field.size);
    }
    return text;
}

Outcome<std::vector<ItemText>> text_of_cycle(ElementaryFile const& file, ByteView content) {
    std::vector<ItemText> records;
    while (content.size() >= file.size) {
        records.push_back(cyclic_record(file, content.first(file.size), records.size() + 1));
        content = content.subspan(file.size);
    }
    if (!content.empty()) {
        return Fault{.code = FaultCode::answer_malformed, .detail = std::string{file.name}};
    }
    return records;
}

} // namespace

Outcome<std::vector<ItemText>> file_text(ElementaryFile const& file, ByteView content) {
    switch (file.type) {
    case FileType::cyclic:
        return text_of_cycle(file, content);
    case FileType::variable_records:
    case FileType::fixed_records:
        return text_of_records(file, content);
    case FileType::transparent:
        break;
    }
    return std::vector{ItemText{.name = std::string{content_name}, .text = hex_text(content)}};
}

} // namespace session
