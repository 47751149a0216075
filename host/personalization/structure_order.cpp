#include "host/personalization/structure_order.hpp"

#include "host/session/key_fault.hpp"

#include "apdu/identifiers.hpp"
#include "apdu/packed_bcd.hpp"
#include "apdu/require.hpp"

namespace personalization {
namespace {

using session::Outcome;

/// Every initialising body number begins so: RID, and 02. card.md §1.5.
constexpr std::string_view body_number_start = "9156000002";

/// Digits that were checked before, packed. require: they fill `size` bytes.
template <std::size_t size>
std::array<std::uint8_t, size> packed(std::string_view digits) {
    std::array<std::uint8_t, size> bytes{};
    apdu::require(digits.size() == 2 * size && apdu::pack_digits(digits, bytes).ok());
    return bytes;
}

std::uint8_t nibble(char digit) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::size_t const at = digits.find(digit >= 'a' ? static_cast<char>(digit - 'a' + 'A') : digit);
    apdu::require(at != std::string_view::npos);
    return static_cast<std::uint8_t>(at);
}

/// 26 hex digits that were checked before.
HistoricalBytes historical_from(std::string_view reset_info) {
    HistoricalBytes bytes{};
    apdu::require(reset_info.size() == 2 * bytes.size());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>((nibble(reset_info[2 * i]) << 4U) |
                                             nibble(reset_info[2 * i + 1]));
    }
    return bytes;
}

/// The card id with its authentication code; without the code where the key service has none (then
/// missing_keys() has the reason).
Outcome<std::array<std::uint8_t, 16>> make_card_id(keys::CardIdentity const& card,
                                                   keys::KeyService& keys) {
    auto const serial = card.serial().first<4>();
    auto const first_parts = apdu::card_id_first_parts(card.region, serial);
    std::array<std::uint8_t, 16> id{};
    apdu::copy_bytes(first_parts, id);
    auto const code = keys.card_id_authentication(card, first_parts);
    if (code.ok()) {
        apdu::copy_bytes(code.value(), apdu::ByteSpan{id}.subspan(first_parts.size()));
    } else if (code.error().reason != keys::KeyFaultReason::key_missing) {
        return session::fault_of(code.error());
    }
    return id;
}

} // namespace

Outcome<StructureOrder> structure_order(PersonalizationRequest const& request,
                                        HistoricalBytes const& chip, keys::KeyService& keys) {
    HistoricalBytes const wanted = request.reset_info ? historical_from(*request.reset_info) : chip;
    std::string const& region = *request.region;
    std::string const& body_region = request.body.region.empty() ? region : request.body.region;
    StructureOrder order{
        .card = {*request.algorithm, packed<3>(region), wanted},
        .version = *request.version,
        .card_id = {},
        .initialising_body = packed<12>(std::string{body_number_start} + region + body_region +
                                        request.body.sequence),
        .changes_historical_bytes = wanted != chip,
        .tries = request.tries,
        .default_pin_size = static_cast<std::uint8_t>(request.default_pin.size()),
        .profile = request.profile,
    };
    auto const card_id = make_card_id(order.card, keys);
    if (!card_id.ok()) {
        return card_id.error();
    }
    order.card_id = card_id.value();
    return order;
}

} // namespace personalization
