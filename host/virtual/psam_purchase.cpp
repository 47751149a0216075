// A PSAM's part in a purchase from a medical account. card.md §4.3.
#include "host/virtual/medical.hpp"
#include "host/virtual/psam.hpp"

#include "keys/constant_time.hpp"
#include "keys/diversification.hpp"
#include "keys/mac.hpp"
#include "keys/transaction_key.hpp"

#include <limits>

namespace virtual_card {
namespace {

/// Card's random 4, its sequence 2, amounts 4 each, type 1, date 4, time 3, key version 1,
/// algorithm 1; then a factor for each dispersal.
constexpr std::size_t purchase_size = 28;
constexpr std::size_t purchase_sequence_at = 4;
constexpr std::size_t amounts_at = 6;
constexpr std::size_t amounts_size = 12;
constexpr std::size_t type_at = 18;
constexpr std::size_t purchase_time_at = 19;
constexpr std::size_t version_at = 26;
constexpr std::size_t algorithm_at = 27;
constexpr std::uint8_t type_purchase = 0x02;
constexpr std::size_t factors_max = 3;

} // namespace

Bytes Psam::initialize_purchase(CommandParts const& command) {
    purchase_.reset();
    if (command.p1 != 0x01 || command.p2 != 0x00) {
        return word(apdu::sw::wrong_p1_p2);
    }
    apdu::ByteView const data = command.data;
    bool const has_factors = data.size() > purchase_size &&
                             (data.size() - purchase_size) % psam_factor_size == 0 &&
                             data.size() <= purchase_size + factors_max * psam_factor_size;
    if (!has_factors) {
        return word(apdu::sw::wrong_length);
    }
    if (!is_initialized_) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    PsamStoredKey const* const dpk = find(type_purchase, data[version_at]);
    bool const is_sm4 = environment_->algorithm == keys::Algorithm::sm4;
    if (dpk == nullptr || data[algorithm_at] != (is_sm4 ? 0x03 : 0x00)) {
        return word(apdu::sw::key_not_found);
    }
    auto const key = below(*dpk, data.subspan(purchase_size));
    if (!key) {
        return word(apdu::sw::wrong_data);
    }
    if (memory_.transactions == std::numeric_limits<std::uint32_t>::max()) {
        return word(apdu::sw::counter_at_maximum);
    }
    Message sequence;
    sequence.add_4_bytes(++memory_.transactions); // ASSUMED: used up here, whatever follows
    auto session = keys::purchase_session_key(cipher_, *key, data.first<4>(),
                                              data.subspan(purchase_sequence_at).first<2>(),
                                              apdu::ByteView{sequence.bytes()}.first<4>());
    if (!session.ok()) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    Message message;
    message.add(data.subspan(amounts_at, amounts_size))
        .add_byte(data[type_at])
        .add(memory_.terminal_number)
        .add(data.subspan(purchase_time_at, transaction_time_size));
    auto const mac1 = keys::mac(cipher_, session.value(), message.bytes());
    Message amounts;
    amounts.add(data.subspan(amounts_at, amounts_size));
    auto const mac2 = keys::mac(cipher_, session.value(), amounts.bytes());
    if (!mac1.ok() || !mac2.ok()) {
        return word(apdu::sw::no_precise_diagnosis);
    }
    purchase_ = mac2.value();
    return keep(sequence.add(mac1.value()).bytes());
}

Bytes Psam::credit_purchase(CommandParts const& command) {
    auto const expected = std::exchange(purchase_, std::nullopt);
    if (command.p1 != 0x00 || command.p2 != 0x00) {
        return word(apdu::sw::wrong_p1_p2);
    }
    if (command.data.size() != mac_size) {
        return word(apdu::sw::wrong_length);
    }
    if (!expected) {
        return word(apdu::sw::invalid_state);
    }
    return word(keys::equal_in_constant_time(*expected, command.data) ? apdu::sw::success
                                                                      : apdu::sw::mac_error);
}

} // namespace virtual_card
