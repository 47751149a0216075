// Any bytes as the content of any file: the first two choose it. What is told can be given back to
// be written, and is refused or encoded to records of the file's own sizes.

#include "host/session/file_text.hpp"
#include "host/session/item_value.hpp"

#include <cstdint>

namespace {

using namespace session;

apdu::ElementaryFile const& chosen_file(std::uint8_t directory_choice, std::uint8_t file_choice) {
    auto const& directories = apdu::layout_of(apdu::SpecVersion::v3_00).directories;
    auto const& files = directories[directory_choice % directories.size()].files;
    return files[file_choice % files.size()];
}

Problem plain_problem(std::string where, apdu::Item const& /*item*/, std::string_view text,
                      apdu::Error /*error*/, apdu::TextProfile /*profile*/) {
    return {std::move(where), "wrong", std::string{text}};
}

std::vector<ItemValue> values_of(std::vector<ItemText> const& texts) {
    std::vector<ItemValue> values;
    for (ItemText const& text : texts) {
        values.push_back({text.name, text.occurrence, text.text, values_of(text.parts)});
    }
    return values;
}

void write_back(apdu::ElementaryFile const& file, std::vector<ItemText> const& texts) {
    if (file.type == apdu::FileType::transparent) {
        return;
    }
    if (file.type == apdu::FileType::cyclic) {
        for (ItemText const& text : texts) {
            auto const record = cyclic_record_of_values(file, values_of(text.parts),
                                                        apdu::TextProfile::gb18030, plain_problem);
            apdu::require(!record.ok() || record.value().size() == file.size);
        }
        return;
    }
    auto const records =
        records_of_values(file, values_of(texts), apdu::TextProfile::gb18030, plain_problem);
    if (!records.ok()) {
        apdu::require(!records.error().problems.empty());
        return;
    }
    for (NumberedRecord const& record : records.value()) {
        apdu::require(record.number >= 1 && record.number <= apdu::record_count(file));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size < 2) {
        return 0;
    }
    apdu::ElementaryFile const& file = chosen_file(data[0], data[1]);
    auto const texts = file_text(file, apdu::ByteView{data, size}.subspan(2));
    if (texts.ok()) {
        write_back(file, texts.value());
    }
    return 0;
}
