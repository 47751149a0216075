#include "host/virtual/issuer_items.hpp"

#include "keys/mac.hpp"

#include "apdu/identifiers.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::uint16_t issuer_data_fid = 0xEF05;
constexpr std::size_t card_id_record = 0;
constexpr std::size_t version_record = 2;
constexpr std::size_t body_record = 3;
constexpr std::array<std::uint8_t, 5> body_start{0x91, 0x56, 0x00, 0x00, 0x02};
constexpr std::uint8_t body_sequence = 0x01;

apdu::ByteSpan value_of(StoredFile& file, std::size_t record) {
    return apdu::ByteSpan{file.records[record]}.subspan(apdu::record_head_size);
}

/// Region, application, serial and the authentication part by IRK. card.md §2.1.
bool write_card_id(apdu::ByteSpan id, StoredDirectory const& ssse, CardPlan const& plan,
                   keys::BlockCipher& cipher) {
    auto const irk = find_key(ssse, KeyType::irk, 0x00);
    if (!irk) {
        return false;
    }
    Bytes const& value = ssse.keys[*irk].value;
    auto const kind = keys::cipher_kind(plan.algorithm, value.size());
    apdu::require(kind.has_value());
    keys::CardIdentity const identity = plan.identity();
    auto const first = apdu::card_id_first_parts(plan.region, identity.serial().first<4>());
    auto const code = keys::mac(cipher, keys::CardKey{*kind, value}, first);
    if (!code.ok()) {
        return false;
    }
    apdu::copy_bytes(first, id);
    apdu::copy_bytes(code.value(), id.subspan(first.size()));
    return true;
}

} // namespace

bool write_issuer_items(StoredDirectory& ssse, CardPlan const& plan, keys::BlockCipher& cipher) {
    auto const index = find_file_by_fid(ssse, issuer_data_fid);
    apdu::require(index.has_value());
    StoredFile& file = ssse.files[*index];

    std::string_view const version = apdu::to_text(plan.version);
    std::copy(version.begin(), version.end(), value_of(file, version_record).begin());

    // Issuing region, then that of the initialising body: the same office.
    apdu::ByteSpan const body = value_of(file, body_record);
    apdu::copy_bytes(body_start, body);
    apdu::copy_bytes(plan.region, body.subspan(body_start.size()));
    apdu::copy_bytes(plan.region, body.subspan(body_start.size() + plan.region.size()));
    body.back() = body_sequence;

    return write_card_id(value_of(file, card_id_record), ssse, plan, cipher);
}

} // namespace virtual_card
