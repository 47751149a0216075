#include "host/virtual/commands.hpp"
#include "host/virtual/secure_messaging.hpp"
#include "host/virtual/selection.hpp"

#include <numeric>

namespace virtual_card {
namespace {

/// P2's low three bits. ISO/IEC 7816-4:2020 §11.4.
enum class Reference : std::uint8_t { first, last, next, previous, number, from_number };

struct RecordTarget {
    FileIndex place;
    Reference reference;
};

bool has_records(StoredFile const& file) {
    return file.kind != FileKind::internal && file.kind != FileKind::transparent;
}

apdu::Result<RecordTarget, apdu::StatusWord> target_of(Card& card, CardCommand const& command,
                                                       Reference highest, Operation operation) {
    std::uint8_t const reference = command.p2 & 0x07U;
    if (reference > static_cast<std::uint8_t>(highest)) {
        return apdu::sw::wrong_p1_p2;
    }
    auto const place = choose_file(card, command.p2 >> 3U);
    if (!place.ok()) {
        return place.error();
    }
    if (!has_records(file_at(card.memory(), place.value()))) {
        return apdu::sw::incompatible_file;
    }
    if (!may(card.memory(), card.security(), place.value(), operation)) {
        return apdu::sw::security_status;
    }
    return RecordTarget{place.value(), static_cast<Reference>(reference)};
}

/// The record that P1 and the reference mean: a number, or an identifier (its tag; 00 any) and an
/// occurrence. Records of a cyclic file have no identifier.
std::optional<std::size_t> find_record(StoredFile const& file, std::optional<std::size_t> pointer,
                                       std::uint8_t p1, Reference reference) {
    std::vector<Bytes> const& records = file.records;
    if (reference == Reference::number || reference == Reference::from_number) {
        if (p1 == 0) {
            return pointer;
        }
        return p1 <= records.size() ? std::optional<std::size_t>{p1 - 1U} : std::nullopt;
    }
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < records.size(); ++i) {
        bool const matches = p1 == 0 || (file.kind != FileKind::cyclic && records[i].front() == p1);
        bool const is_in_reach =
            !pointer ||
            (reference == Reference::next ? i > *pointer
                                          : reference != Reference::previous || i < *pointer);
        if (!matches || !is_in_reach) {
            continue;
        }
        bool const takes_first = reference == Reference::first || reference == Reference::next;
        if (!found || !takes_first) {
            found = i;
        }
    }
    return found;
}

/// Whole records from that one on, as many as one answer holds.
Bytes records_from(StoredFile const& file, std::size_t first) {
    Bytes bytes;
    for (std::size_t i = first; i < file.records.size(); ++i) {
        Bytes const& record = file.records[i];
        if (bytes.size() + record.size() > response_size_max) {
            break;
        }
        bytes.insert(bytes.end(), record.begin(), record.end());
    }
    return bytes;
}

/// Why `record` may not stand in that file, whatever its place.
std::optional<apdu::StatusWord> refusal_of_record(StoredFile const& file, apdu::ByteView record) {
    bool const has_fixed_length =
        file.kind == FileKind::fixed_records || file.kind == FileKind::cyclic;
    if (record.empty() || (has_fixed_length && record.size() != file.record_length)) {
        return apdu::sw::wrong_length;
    }
    if (!has_fixed_length && (record.size() < 2 || record[1] != record.size() - 2)) {
        return apdu::sw::lc_against_tlv;
    }
    return std::nullopt;
}

bool has_room(StoredFile const& file, std::size_t old_size, std::size_t new_size) {
    std::size_t const overhead = file.kind == FileKind::directory_list ? 0 : file_overhead;
    std::size_t const taken =
        std::accumulate(file.records.begin(), file.records.end(), overhead,
                        [](std::size_t sum, Bytes const& record) { return sum + record.size(); });
    return taken - old_size + new_size <= file.size;
}

/// Newest first; the oldest goes when the file is full.
apdu::StatusWord add_to_cycle(Card& card, FileIndex place, apdu::ByteView record) {
    std::size_t const capacity =
        std::min(record_capacity(file_at(card.memory(), place)), records_max);
    if (capacity == 0) {
        return apdu::sw::no_space;
    }
    auto& records = card.change().directories[place.directory].files[place.file].records;
    records.insert(records.begin(), Bytes{record.begin(), record.end()});
    if (records.size() > capacity) {
        records.pop_back();
    }
    card.security().record = 0;
    return apdu::sw::success;
}

apdu::StatusWord add_last(Card& card, FileIndex place, apdu::ByteView record) {
    StoredFile const& file = file_at(card.memory(), place);
    if (file.records.size() >= records_max || !has_room(file, 0, record.size())) {
        return apdu::sw::no_space;
    }
    auto& records = card.change().directories[place.directory].files[place.file].records;
    records.emplace_back(record.begin(), record.end());
    card.security().record = records.size() - 1;
    return apdu::sw::success;
}

apdu::StatusWord replace(Card& card, FileIndex place, std::size_t index, apdu::ByteView record) {
    StoredFile const& file = file_at(card.memory(), place);
    if (!has_room(file, file.records[index].size(), record.size())) {
        return apdu::sw::no_space;
    }
    card.change().directories[place.directory].files[place.file].records[index].assign(
        record.begin(), record.end());
    card.security().record = index;
    return apdu::sw::success;
}

} // namespace

Answer read_record(Card& card, CardCommand const& command) {
    auto const target = target_of(card, command, Reference::from_number, Operation::read);
    if (!target.ok()) {
        return target.error();
    }
    auto& state = card.security();
    auto const [place, reference] = target.value();
    StoredFile const& file = file_at(card.memory(), place);
    auto const index = find_record(file, state.record, command.p1, reference);
    if (!index) {
        return apdu::sw::record_not_found;
    }
    if (reference == Reference::from_number) {
        return records_from(file, *index);
    }
    state.record = *index;
    return file.records[*index];
}

Answer update_record(Card& card, CardCommand const& command) {
    auto const data = data_of_update(card, command);
    if (!data.ok()) {
        return data.error();
    }
    auto const target = target_of(card, command, Reference::number, Operation::write);
    if (!target.ok()) {
        return target.error();
    }
    auto const [place, reference] = target.value();
    StoredFile const& file = file_at(card.memory(), place);
    if (auto const refusal = refusal_of_record(file, data.value())) {
        return *refusal;
    }
    bool const is_cyclic = file.kind == FileKind::cyclic;
    if (is_cyclic && reference == Reference::previous && command.p1 == 0) {
        return add_to_cycle(card, place, data.value());
    }
    // Only while the structure is built does a number behind the last one add a record.
    bool const is_open = card.memory().directories[place.directory].is_open;
    if (is_open && reference == Reference::number && command.p1 == file.records.size() + 1) {
        return add_last(card, place, data.value());
    }
    auto const index = find_record(file, card.security().record, command.p1, reference);
    if (!index) {
        return apdu::sw::record_not_found;
    }
    bool const is_identified = reference != Reference::number && command.p1 != 0;
    if (is_identified && data.value().front() != command.p1) {
        return apdu::sw::wrong_data;
    }
    return replace(card, place, *index, data.value());
}

} // namespace virtual_card
