#include "host/virtual/foreign_card.hpp"

#include "host/virtual/t0_card.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t name_at = 5;
constexpr std::uint8_t ins_select = 0xA4;
constexpr std::uint8_t ins_get_response = 0xC0;

constexpr std::array<std::uint8_t, 12> bank_atr{0x3B, 0x68, 0x00, 0x00, 0x00, 0x73,
                                                0x50, 0x42, 0x4F, 0x43, 0x00, 0x01};
constexpr std::array<std::uint8_t, 7> sim_atr{0x3B, 0x63, 0x00, 0x00, 0x47, 0x53, 0x4D};

// "1PAY.SYS.DDF01". EMV book 1, §12.2.2.
constexpr std::array<std::uint8_t, 14> payment_environment{
    0x31, 0x50, 0x41, 0x59, 0x2E, 0x53, 0x59, 0x53, 0x2E, 0x44, 0x44, 0x46, 0x30, 0x31};
// SFI of the directory file: 01.
constexpr std::array<std::uint8_t, 5> payment_properties{0xA5, 0x03, 0x88, 0x01, 0x01};

// The MF's first bytes: free memory, FID, type. GSM 11.11 §9.2.1.
constexpr std::array<std::uint8_t, 14> gsm_mf{0x00, 0x00, 0x10, 0x00, 0x3F, 0x00, 0x01,
                                              0x00, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00};

struct Dialect {
    std::uint8_t cla;
    std::uint8_t sw1_waiting;
    apdu::StatusWord not_found;
};

constexpr Dialect bank_dialect{0x00, 0x61, apdu::sw::file_not_found};
constexpr Dialect sim_dialect{0xA0, 0x9F, apdu::StatusWord{0x9404}};

Bytes payment_fci() {
    Bytes fci{0x6F, 0x15, 0x84, payment_environment.size()};
    fci.insert(fci.end(), payment_environment.begin(), payment_environment.end());
    fci.insert(fci.end(), payment_properties.begin(), payment_properties.end());
    return fci;
}

bool selects(apdu::ByteView command, std::uint8_t p1, apdu::ByteView name) {
    return command[2] == p1 && command.size() >= name_at + name.size() &&
           command[4] == name.size() &&
           apdu::equal_bytes(command.subspan(name_at, name.size()), name);
}

} // namespace

apdu::ByteView ForeignCard::atr() const {
    return kind_ == ForeignKind::bank ? apdu::ByteView{bank_atr} : apdu::ByteView{sim_atr};
}

Bytes ForeignCard::exchange(apdu::ByteView command) {
    Dialect const& dialect = kind_ == ForeignKind::bank ? bank_dialect : sim_dialect;
    if (command.size() < name_at) {
        return response_of({}, apdu::sw::wrong_length);
    }
    if (command[0] != dialect.cla) {
        return response_of({}, apdu::sw::unknown_cla);
    }
    if (command[1] == ins_get_response && !waiting_.empty()) {
        Bytes const data = std::exchange(waiting_, {});
        std::size_t const ne = command[4] == 0 ? data.size() : command[4];
        return response_of(apdu::ByteView{data}.first(std::min(ne, data.size())),
                           apdu::sw::success);
    }
    if (command[1] != ins_select) {
        return response_of({}, apdu::sw::unknown_ins);
    }
    constexpr std::array<std::uint8_t, 2> mf{0x3F, 0x00};
    if (kind_ == ForeignKind::bank && selects(command, 0x04, payment_environment)) {
        waiting_ = payment_fci();
    } else if (kind_ == ForeignKind::sim && selects(command, 0x00, mf)) {
        waiting_.assign(gsm_mf.begin(), gsm_mf.end());
    } else {
        return response_of({}, dialect.not_found);
    }
    return response_of(
        {}, apdu::StatusWord{dialect.sw1_waiting, static_cast<std::uint8_t>(waiting_.size())});
}

} // namespace virtual_card
