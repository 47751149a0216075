#include "host/virtual/commands.hpp"

#include <algorithm>
#include <numeric>

namespace virtual_card {
namespace {

/// Why `record` is no FCI record: 70 L FID L2 6F L3 ….
std::optional<apdu::StatusWord> refusal_of_fci_record(apdu::ByteView record) {
    constexpr std::size_t head_size = 7;
    if (record.size() < head_size) {
        return apdu::sw::wrong_length;
    }
    bool const lengths_fit = record[1] == record.size() - 2 && record[4] == record.size() - 5 &&
                             record[6] == record.size() - head_size;
    if (!lengths_fit) {
        return apdu::sw::lc_against_tlv;
    }
    if (record[0] != 0x70 || record[5] != 0x6F) {
        return apdu::sw::wrong_data;
    }
    return std::nullopt;
}

} // namespace

Answer write_fci_record(Card& card, CardCommand const& command) {
    if (auto const refusal = refusal_of_fci_record(command.data)) {
        return *refusal;
    }
    auto const& state = card.security();
    if (!state.directory) {
        return apdu::sw::conditions_not_satisfied;
    }
    StoredDirectory const& directory = card.memory().directories[*state.directory];
    auto const index =
        command.p2 == directory.fci_sfi ? find_file_by_sfi(directory, command.p2) : std::nullopt;
    if (!index) {
        return apdu::sw::file_not_found;
    }
    if (!may(card.memory(), state, {*state.directory, *index}, Operation::write)) {
        return apdu::sw::security_status;
    }
    StoredFile const& file = directory.files[*index];
    std::size_t const count = file.records.size();
    if (command.p1 == 0 || command.p1 > count + 1) {
        return apdu::sw::record_not_found;
    }
    std::vector<Bytes> records = file.records;
    records.resize(std::max<std::size_t>(count, command.p1));
    records[command.p1 - 1U].assign(command.data.begin(), command.data.end());
    std::size_t const taken =
        std::accumulate(records.begin(), records.end(), std::size_t{0},
                        [](std::size_t sum, Bytes const& record) { return sum + record.size(); });
    if (taken > file.size) {
        return apdu::sw::no_space;
    }
    card.change().directories[*state.directory].files[*index].records = std::move(records);
    return apdu::sw::success;
}

} // namespace virtual_card
