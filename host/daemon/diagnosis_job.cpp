#include "host/daemon/card_jobs.hpp"
#include "host/daemon/fault_message.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/hex_text.hpp"

#include "apdu/atr.hpp"
#include "apdu/status_meaning.hpp"

#include <fmt/format.h>

namespace sscardd {
namespace {

api::TracedExchange traced(session::ExchangeTrace const& trace) {
    apdu::StatusMeaning const meaning = apdu::meaning_of(trace.status, trace.ins);
    return {fmt::format("{:02X}{:02X}{:02X}{:02X}", trace.cla.value(),
                        static_cast<unsigned>(trace.ins), trace.p1, trace.p2),
            command_name(trace.ins),
            static_cast<std::uint32_t>(trace.nc),
            static_cast<std::uint32_t>(trace.nr),
            word_text(trace.status),
            std::string{meaning.meaning_en},
            std::string{meaning.meaning_zh}};
}

void tell_answer_to_reset(CardAtHand const& at, api::Diagnosis& found) {
    found.atr = session::hex_text(at.channel.atr());
    found.protocol = at.protocol == apdu::Protocol::t0 ? "T=0" : "T=1";
    auto const atr = apdu::Atr::parse(at.channel.atr());
    if (atr.ok()) {
        found.historical = session::hex_text(atr.value().historical());
    }
}

void tell_card(CardAtHand const& at, api::Diagnosis& found) {
    auto card = open_card(at);
    if (!card.ok()) {
        if (card.error().code == session::FaultCode::bare_chip) {
            found.recognized = "bare_chip";
        } else {
            found.fault = message_of(card.error());
        }
        return;
    }
    auto const& identity = card.value().card().identity;
    found.version = apdu::to_text(card.value().card().version);
    found.algorithm = keys::to_text(identity.algorithm);
    found.region = session::hex_text(identity.region);
    auto const data = session::read_basic_data(card.value());
    if (!data.ok()) {
        found.fault = message_of(data.error());
        return;
    }
    bool const is_live =
        session::completeness_of(data.value()) == session::Completeness::personalized;
    found.recognized = is_live ? "live_card" : "blank_card";
    found.genuine_checked = data.value().genuine_checked;
}

} // namespace

void diagnose(CardAtHand const& at, api::Diagnosis& found) {
    found.reader = at.reader;
    found.test_keys = at.keys != nullptr && at.keys->holds_test_keys();
    tell_answer_to_reset(at, found);
    at.channel.on_exchange(
        [&found](session::ExchangeTrace const& trace) { found.trace.push_back(traced(trace)); });
    tell_card(at, found);
    at.channel.on_exchange({});
}

} // namespace sscardd
