// A person's record from anywhere: either it has problems, or every value in it is right by form
// and both kinds of card can be planned for. The first byte chooses between raw text and a valid
// record with some members replaced, so that the fuzzer gets past the syntax.

#include "host/personalization/card_items.hpp"
#include "host/personalization/data_plan.hpp"
#include "host/personalization/json_text.hpp"
#include "host/personalization/person_record.hpp"

#include "apdu/record.hpp"

#include <algorithm>
#include <string>

namespace {

using personalization::Json;

constexpr std::string_view valid = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "birth_date": "1900-01-01"}})";

/// Takes pieces off the fuzzer's bytes.
class Pieces {
public:
    explicit Pieces(std::string_view bytes) : rest_{bytes} {}
    [[nodiscard]] bool empty() const { return rest_.empty(); }
    std::size_t choose(std::size_t count) {
        if (rest_.empty()) {
            return 0;
        }
        auto const byte = static_cast<unsigned char>(rest_.front());
        rest_.remove_prefix(1);
        return byte % count;
    }
    std::string text() {
        std::size_t const size = std::min(choose(64), rest_.size());
        std::string text{rest_.substr(0, size)};
        rest_.remove_prefix(size);
        return text;
    }

private:
    std::string_view rest_;
};

Json value_from(Pieces& pieces, unsigned depth) {
    switch (pieces.choose(depth == 0 ? 2 : 4)) {
    case 0:
        return pieces.text();
    case 1:
        return Json(static_cast<int>(pieces.choose(256)));
    case 2:
        return Json::array({value_from(pieces, depth - 1), value_from(pieces, depth - 1)});
    default:
        return Json::object({{pieces.text(), value_from(pieces, depth - 1)}});
    }
}

Json item_from(apdu::Item const& item, Pieces& pieces) {
    if (item.format == apdu::Format::tlv) {
        Json parts = Json::object();
        for (apdu::Item const& part : item.parts) {
            parts[std::string{part.name}] = pieces.text();
        }
        return item.occurrences > 1 ? Json::array({parts}) : parts;
    }
    return pieces.choose(8) == 0 ? value_from(pieces, 2) : Json(pieces.text());
}

/// The valid record with members of some files replaced.
std::string record_from(Pieces& pieces) {
    Json record = Json::parse(valid);
    auto const directories = personalization::record_layout().directories;
    while (!pieces.empty()) {
        auto const& directory = directories[pieces.choose(directories.size())];
        auto const& file = directory.files[pieces.choose(directory.files.size())];
        std::string const name{file.name};
        if (file.type == apdu::FileType::transparent) {
            record[name] = pieces.text();
        } else if (!file.items.empty()) {
            auto const& item = file.items[pieces.choose(file.items.size())];
            bool const is_cyclic = file.type == apdu::FileType::cyclic;
            Json member = Json::object({{std::string{item.name}, item_from(item, pieces)}});
            if (is_cyclic) {
                record[name] = Json::array({member});
            } else {
                record[name][std::string{item.name}] = member.begin().value();
            }
        }
    }
    return record.dump(-1, ' ', false, Json::error_handler_t::ignore);
}

void check_content(personalization::FileContent const& content) {
    auto const* const directory =
        apdu::find_directory(personalization::record_layout(), content.directory);
    apdu::require(directory != nullptr);
    auto const file =
        std::find_if(directory->files.begin(), directory->files.end(),
                     [&](auto const& candidate) { return candidate.fid == content.fid; });
    apdu::require(file != directory->files.end() && personalization::is_writable(*file));
    apdu::require(content.binary.size() <= file->size || file->type != apdu::FileType::transparent);
    for (auto const& record : content.records) {
        if (file->type == apdu::FileType::cyclic) {
            apdu::require(record.bytes.size() == file->size);
            continue;
        }
        auto const parsed = apdu::parse_record(record.bytes);
        apdu::require(parsed.ok() && parsed.value().tag == record.tag);
        apdu::require(parsed.value().value.size() ==
                      personalization::item_of(*file, record.tag).size);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const bytes{data, data + size};
    Pieces pieces{bytes};
    bool const is_raw = pieces.choose(4) == 0;
    auto const profile =
        pieces.choose(2) == 0 ? apdu::TextProfile::gbk : apdu::TextProfile::gb18030;
    std::string const text =
        is_raw ? bytes.substr(std::min<std::size_t>(2, size)) : record_from(pieces);
    auto const checked = personalization::PersonRecord::check(text, profile);
    apdu::require(checked.record.has_value() == checked.problems.empty());
    if (!checked.record) {
        return 0;
    }
    for (auto const& content : checked.record->files()) {
        check_content(content);
    }
    for (auto const version : {apdu::SpecVersion::v2_00, apdu::SpecVersion::v3_00}) {
        personalization::DataOrder const order{
            .card = {keys::Algorithm::sm4, {}, {}}, .version = version, .person = &*checked.record};
        apdu::require(!personalization::data_steps(order).empty());
    }
    return 0;
}
