#include "host/personalization/card_items.hpp"
#include "host/personalization/data_plan.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::FileType;
using Bytes = std::vector<std::uint8_t>;

Bytes blank_record(apdu::Item const& item) {
    Bytes value(item.size);
    apdu::unpersonalized_value(item, value);
    Bytes record(apdu::record_head_size + value.size());
    apdu::require(apdu::write_record({item.tag, value}, record).ok());
    return record;
}

/// All records that an office may write, the given ones in their places.
void fill_up_records(apdu::FilePlace place, FileContent& content) {
    std::vector<RecordContent> all;
    std::uint8_t number = 1;
    for (apdu::Item const& item : place.file->items) {
        for (std::size_t i = 0; i < item.occurrences; ++i, ++number) {
            auto const given =
                std::find_if(content.records.begin(), content.records.end(),
                             [number](auto const& record) { return record.number == number; });
            if (given != content.records.end()) {
                all.push_back(*given);
            } else if (!is_made_by_structure(place.directory->directory, place.file->fid,
                                             item.tag)) {
                all.push_back({number, item.tag, blank_record(item)});
            }
        }
    }
    content.records = std::move(all);
}

void fill_up(apdu::FilePlace place, FileContent& content) {
    switch (place.file->type) {
    case FileType::transparent:
        content.binary.resize(place.file->size, 0x00);
        break;
    case FileType::cyclic:
        while (content.records.size() < place.file->records) {
            content.records.push_back({static_cast<std::uint8_t>(content.records.size() + 1), 0,
                                       blank_cyclic_record(*place.file)});
        }
        break;
    case FileType::variable_records:
    case FileType::fixed_records:
        fill_up_records(place, content);
        break;
    }
}

bool is_empty(FileContent const& content) {
    return content.records.empty() && content.binary.empty();
}

} // namespace

std::vector<PlacedContent> placed_content(DataOrder const& order) {
    std::vector<PlacedContent> placed;
    for (apdu::DedicatedFile const& directory : apdu::layout_of(order.version).directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (!is_writable(file)) {
                continue;
            }
            apdu::FilePlace const place{&directory, &file};
            auto const& files = order.person->files();
            auto const given = std::find_if(files.begin(), files.end(), [&](auto const& content) {
                return content.directory == directory.directory && content.fid == file.fid;
            });
            FileContent content =
                given == files.end() ? FileContent{directory.directory, file.fid} : *given;
            bool const is_done_again =
                order.resumes && file.type == FileType::cyclic && given != files.end();
            if (order.rewrites || is_done_again) {
                fill_up(place, content);
            }
            if (!is_empty(content)) {
                placed.push_back({place, std::move(content)});
            }
        }
    }
    return placed;
}

} // namespace personalization
