#pragma once

#include "apdu/card_layout.hpp"

/// What a table of the card must fulfil; card_layout.cpp asks it while it is compiled, so that a
/// bad table does not build.
namespace apdu::layout {

/// Bytes of items that stand one after the other, each occurrence with `head` bytes before its
/// value.
constexpr std::size_t size_of_all(std::span<Item const> items, std::size_t head) {
    std::size_t size = 0;
    for (Item const& item : items) {
        size += item.occurrences * (item.size + head);
    }
    return size;
}

/// No two names alike; and no two tags, where the items have tags.
constexpr bool are_distinct(std::span<Item const> items) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        for (std::size_t j = i + 1; j < items.size(); ++j) {
            bool const same_tag = items[i].tag != 0 && items[i].tag == items[j].tag;
            if (same_tag || items[i].name == items[j].name) {
                return false;
            }
        }
    }
    return true;
}

/// The size that this content must have, or 0 when it may have any.
constexpr std::size_t size_of_content(Content content) {
    switch (content) {
    case Content::date:
        return 4;
    case Content::region:
        return 3;
    case Content::date_time:
        return 7;
    case Content::id_number:
        return 18;
    case Content::card_number:
        return 9;
    case Content::card_id:
        return 16;
    case Content::spec_version:
        return 4;
    default:
        return 0;
    }
}

/// True when values of that content can stand in that format.
constexpr bool fits_format(Content content, Format format) {
    switch (content) {
    case Content::text:
    case Content::ascii:
    case Content::id_number:
    case Content::card_number:
    case Content::spec_version:
        return format == Format::an;
    case Content::date:
    case Content::region:
    case Content::fixed_digits:
    case Content::card_id:
    case Content::date_time:
        return format == Format::cn;
    case Content::digits:
    case Content::code:
        return format == Format::cn || format == Format::an;
    case Content::number:
        return format == Format::b;
    case Content::opaque:
        return format == Format::b || format == Format::tlv;
    }
    return false;
}

/// Format, content, code table and parts of one item agree, and its parts fill it.
constexpr bool is_sound(Item const& item) {
    std::size_t const wanted = size_of_content(item.content);
    bool const has_table = item.code_table != CodeTable::none;
    bool const is_constructed = item.format == Format::tlv;
    if (item.name.empty() || item.size == 0 || item.occurrences == 0 ||
        (wanted != 0 && item.size != wanted) || !fits_format(item.content, item.format) ||
        has_table != (item.content == Content::code) || is_constructed == item.parts.empty()) {
        return false;
    }
    for (Item const& part : item.parts) {
        if (part.format == Format::tlv || part.tag == 0 || part.occurrences != 1 ||
            !is_sound(part)) {
            return false;
        }
    }
    return are_distinct(item.parts) && (!is_constructed || size_of_all(item.parts, 2) == item.size);
}

/// The type fits the file's size, records and items.
constexpr bool is_sound(ElementaryFile const& file) {
    bool const is_cyclic = file.type == FileType::cyclic;
    bool const has_size = is_cyclic || file.type == FileType::transparent;
    if (file.name.empty() || has_size != (file.size != 0) || is_cyclic != (file.records != 0) ||
        !are_distinct(file.items)) {
        return false;
    }
    for (Item const& item : file.items) {
        if (!is_sound(item) || has_size != (item.tag == 0)) {
            return false;
        }
    }
    bool const is_filled = file.type == FileType::transparent && file.items.empty();
    return !has_size || is_filled || size_of_all(file.items, 0) == file.size;
}

/// No FID and no SFI stands twice in a directory, and every file is sound.
constexpr bool is_sound(DedicatedFile const& directory) {
    auto const files = directory.files;
    for (std::size_t i = 0; i < files.size(); ++i) {
        if (!is_sound(files[i])) {
            return false;
        }
        for (std::size_t j = i + 1; j < files.size(); ++j) {
            if (files[i].fid == files[j].fid || files[i].sfi() == files[j].sfi()) {
                return false;
            }
        }
    }
    return true;
}

/// How many files of that name the directories hold.
constexpr std::size_t count_files(std::span<DedicatedFile const> directories,
                                  std::string_view name) {
    std::size_t count = 0;
    for (DedicatedFile const& directory : directories) {
        for (ElementaryFile const& file : directory.files) {
            count += file.name == name ? 1U : 0U;
        }
    }
    return count;
}

/// Every directory is sound, none stands twice, and every file's name is its own.
constexpr bool is_sound(std::span<DedicatedFile const> directories) {
    for (std::size_t i = 0; i < directories.size(); ++i) {
        if (!is_sound(directories[i])) {
            return false;
        }
        for (std::size_t j = i + 1; j < directories.size(); ++j) {
            if (directories[i].fid == directories[j].fid ||
                directories[i].directory == directories[j].directory) {
                return false;
            }
        }
        for (ElementaryFile const& file : directories[i].files) {
            if (count_files(directories, file.name) != 1) {
                return false;
            }
        }
    }
    return true;
}

} // namespace apdu::layout
