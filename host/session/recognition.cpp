#include "host/session/recognition.hpp"

#include "host/session/foreign_card.hpp"
#include "host/session/hex_text.hpp"
#include "host/session/item_text.hpp"

#include "apdu/atr.hpp"
#include "apdu/fci.hpp"
#include "apdu/record.hpp"

#include <algorithm>

namespace session {
namespace {

using keys::Algorithm;

/// The province, in BCD, whose cards have SSF33 where the FCI names no algorithm. card.md §1.2.
constexpr std::uint8_t beijing = 0x11;

Fault refused(std::string detail) {
    return Fault{.code = FaultCode::algorithm_refused, .detail = std::move(detail)};
}

Fault malformed_id(std::string detail) {
    return Fault{.code = FaultCode::card_id_malformed, .detail = std::move(detail)};
}

bool are_records(apdu::ByteView bytes) {
    apdu::RecordReader reader{bytes};
    while (!reader.at_end()) {
        if (!reader.next().ok()) {
            return false;
        }
    }
    return true;
}

bool is_unpersonalized(apdu::ByteView card_id) {
    return std::all_of(card_id.begin(), card_id.end(),
                       [](std::uint8_t byte) { return byte == 0xFF; });
}

Outcome<apdu::SpecVersion> version_of(apdu::ByteView value) {
    std::string text{value.begin(), value.end()};
    auto const version = apdu::spec_version_from_text(text);
    if (version.has_value()) {
        return *version;
    }
    bool const is_printable =
        std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
    return Fault{.code = FaultCode::unknown_version,
                 .detail = is_printable ? std::move(text) : hex_text(value)};
}

} // namespace

Outcome<std::optional<Algorithm>> algorithm_of_fci(apdu::ByteView fci) {
    auto const parsed = apdu::Fci::parse(fci);
    if (!parsed.ok()) {
        return Fault{
            .code = FaultCode::answer_malformed, .detail = "FCI", .ins = apdu::Ins::select};
    }
    if (!apdu::equal_bytes(parsed.value().name, apdu::ssse_name())) {
        return Fault{.code = FaultCode::foreign_card, .detail = std::string{unknown_card}};
    }
    auto const value = parsed.value().algorithm;
    if (!value.has_value()) {
        return std::optional<Algorithm>{};
    }
    switch (static_cast<Algorithm>(*value)) {
    case Algorithm::des3:
    case Algorithm::sm4:
        return std::optional{static_cast<Algorithm>(*value)};
    case Algorithm::ssf33:
        return refused(std::string{keys::to_text(Algorithm::ssf33)});
    }
    return refused(hex_text(std::array{*value}));
}

Outcome<std::array<std::uint8_t, keys::historical_size>> historical_bytes_of(apdu::ByteView atr) {
    auto const parsed = apdu::Atr::parse(atr);
    if (!parsed.ok() || parsed.value().historical().size() != keys::historical_size) {
        return malformed_id("ATR " + hex_text(atr));
    }
    std::array<std::uint8_t, keys::historical_size> historical{};
    apdu::copy_bytes(parsed.value().historical(), historical);
    return historical;
}

Outcome<RecognizedCard> recognize(std::optional<Algorithm> algorithm, apdu::ByteView atr,
                                  std::vector<std::uint8_t> issuer_data) {
    if (!are_records(issuer_data)) {
        return Fault{.code = FaultCode::answer_malformed,
                     .detail = "SSSE/EF05",
                     .ins = apdu::Ins::read_record};
    }
    apdu::ByteView const id_value = value_of_record(issuer_data, card_id_tag);
    if (is_unpersonalized(id_value)) { // also: there is none
        return Fault{.code = FaultCode::bare_chip, .detail = "SSSE/EF05"};
    }
    auto const version = version_of(value_of_record(issuer_data, version_tag));
    if (!version.ok()) {
        return version.error();
    }
    auto const id = apdu::CardId::parse(id_value);
    if (!id.ok()) {
        return malformed_id(hex_text(id_value));
    }
    auto const historical = historical_bytes_of(atr);
    if (!historical.ok()) {
        return historical.error();
    }
    keys::CardIdentity identity{algorithm.value_or(Algorithm::des3), {}, historical.value()};
    apdu::copy_bytes(id.value().region(), identity.region);
    if (!apdu::equal_bytes(id.value().serial(), identity.serial())) {
        return malformed_id(hex_text(id_value) + ", ATR " + hex_text(identity.serial()));
    }
    if (!algorithm.has_value() && identity.region[0] == beijing) {
        return refused(std::string{keys::to_text(Algorithm::ssf33)});
    }
    return RecognizedCard{identity, version.value(), std::move(issuer_data)};
}

} // namespace session
