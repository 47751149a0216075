#include "host/session/item_value.hpp"

#include "host/session/record_extent.hpp"

#include "apdu/item_codec.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace session {
namespace {

using apdu::Item;
using Bytes = std::vector<std::uint8_t>;

// Codes of problems that are not an item's own.
constexpr std::string_view unknown_item_code = "unknown_item";
constexpr std::string_view unknown_occurrence = "unknown_occurrence";
constexpr std::string_view given_twice = "given_twice";
constexpr std::string_view parts_wanted = "parts_wanted";
constexpr std::string_view text_wanted = "text_wanted";

/// Encodes values and writes down what is wrong with them.
class Encoder {
public:
    Encoder(apdu::TextProfile profile, ItemProblem const& problem)
        : profile_{profile}, problem_{problem} {}

    /// The item of that name, or nothing and a problem.
    Item const* find(std::span<Item const> items, ItemValue const& value,
                     std::string const& where) {
        auto const found = std::find_if(items.begin(), items.end(),
                                        [&](Item const& item) { return item.name == value.name; });
        if (found == items.end()) {
            add(where, unknown_item_code, value.name);
            return nullptr;
        }
        if (value.occurrence < 1 || value.occurrence > found->occurrences) {
            add(where, unknown_occurrence, std::to_string(found->occurrences));
            return nullptr;
        }
        return &*found;
    }

    /// The value's bytes, as many as the item has.
    Bytes value_of(Item const& item, ItemValue const& value, std::string const& where) {
        bool const is_constructed = item.format == apdu::Format::tlv;
        if (is_constructed && !value.text.empty()) {
            add(where, parts_wanted, value.name);
        }
        if (!is_constructed && !value.parts.empty()) {
            add(where, text_wanted, value.name);
        }
        return is_constructed ? constructed_value(item, value, where)
                              : simple_value(item, value.text, where);
    }

    void add(std::string where, std::string_view code, std::string detail) {
        problems_.push_back({std::move(where), std::string{code}, std::move(detail)});
    }

    /// What was found, as a fault; nothing when all is well.
    [[nodiscard]] std::optional<Fault> fault() const {
        if (problems_.empty()) {
            return std::nullopt;
        }
        bool const only_unknown =
            std::all_of(problems_.begin(), problems_.end(),
                        [](Problem const& problem) { return problem.code == unknown_item_code; });
        return Fault{.code = only_unknown ? FaultCode::unknown_item : FaultCode::request_invalid,
                     .detail = problems_.front().detail,
                     .problems = problems_};
    }

private:
    Bytes simple_value(Item const& item, std::string_view text, std::string const& where) {
        Bytes bytes(item.size);
        auto const encoded = apdu::encode_item(item, text, profile_, bytes);
        if (!encoded.ok()) {
            problems_.push_back(problem_(where, item, text, encoded.error(), profile_));
        }
        return bytes;
    }

    Bytes constructed_value(Item const& item, ItemValue const& value, std::string const& where) {
        for (ItemValue const& part : value.parts) {
            find(item.parts, part, where + "/" + part.name);
        }
        Bytes bytes(item.size);
        apdu::unpersonalized_value(item, bytes);
        std::size_t at = 0;
        for (Item const& part : item.parts) {
            at += apdu::record_head_size;
            for (ItemValue const& given : value.parts) {
                if (given.name == part.name) {
                    Bytes const text = value_of(part, given, where + "/" + given.name);
                    std::copy(text.begin(), text.end(),
                              bytes.begin() + static_cast<std::ptrdiff_t>(at));
                }
            }
            at += part.size;
        }
        return bytes;
    }

    apdu::TextProfile profile_;
    ItemProblem const& problem_;
    std::vector<Problem> problems_{};
};

/// "/name", and for an item that may come several times "/name/0".
std::string pointer_to(std::span<Item const> items, ItemValue const& value) {
    std::string where = "/" + value.name;
    for (Item const& item : items) {
        if (item.name == value.name && item.occurrences > 1) {
            where += "/" + std::to_string(value.occurrence - 1);
        }
    }
    return where;
}

Bytes record_of(Item const& item, apdu::ByteView value) {
    Bytes record(apdu::record_head_size + value.size());
    apdu::require(apdu::write_record({item.tag, value}, record).ok());
    return record;
}

} // namespace

Outcome<std::vector<NumberedRecord>> records_of_values(apdu::ElementaryFile const& file,
                                                       std::span<ItemValue const> values,
                                                       apdu::TextProfile profile,
                                                       ItemProblem const& problem) {
    apdu::require(file.type == apdu::FileType::variable_records ||
                  file.type == apdu::FileType::fixed_records);
    Encoder encoder{profile, problem};
    std::vector<NumberedRecord> records;
    for (ItemValue const& value : values) {
        std::string const where = pointer_to(file.items, value);
        Item const* const item = encoder.find(file.items, value, where);
        if (item == nullptr) {
            continue;
        }
        std::uint8_t const number = record_number_of(file, *item, value.occurrence);
        Bytes const bytes = encoder.value_of(*item, value, where);
        bool const is_second =
            std::any_of(records.begin(), records.end(),
                        [number](NumberedRecord const& record) { return record.number == number; });
        if (is_second) {
            encoder.add(where, given_twice, value.name);
        }
        records.push_back({number, record_of(*item, bytes)});
    }
    if (auto fault = encoder.fault()) {
        return *std::move(fault);
    }
    std::sort(records.begin(), records.end(),
              [](auto const& left, auto const& right) { return left.number < right.number; });
    return records;
}

Outcome<Bytes> cyclic_record_of_values(apdu::ElementaryFile const& file,
                                       std::span<ItemValue const> values, apdu::TextProfile profile,
                                       ItemProblem const& problem) {
    apdu::require(file.type == apdu::FileType::cyclic);
    Encoder encoder{profile, problem};
    for (ItemValue const& value : values) {
        encoder.find(file.items, value, pointer_to(file.items, value));
    }
    Bytes record;
    for (Item const& field : file.items) {
        Bytes bytes(field.size);
        apdu::unpersonalized_value(field, bytes);
        for (ItemValue const& value : values) {
            if (value.name == field.name) {
                bytes = encoder.value_of(field, value, pointer_to(file.items, value));
            }
        }
        record.insert(record.end(), bytes.begin(), bytes.end());
    }
    if (auto fault = encoder.fault()) {
        return *std::move(fault);
    }
    return record;
}

} // namespace session
