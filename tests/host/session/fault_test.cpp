#include "host/session/fault.hpp"

#include <gtest/gtest.h>
#include <set>

namespace session {
namespace {

using apdu::Error;
using apdu::Ins;
using apdu::StatusWord;

TEST(Fault, EveryCodeHasANameOfItsOwn) {
    std::set<std::string_view> names;
    constexpr auto count = static_cast<unsigned>(FaultCode::already_personalized) + 1;
    for (unsigned code = 0; code < count; ++code) {
        names.insert(to_text(static_cast<FaultCode>(code)));
    }
    EXPECT_EQ(names.size(), count);
}

TEST(Fault, NamesAreThoseThatProgramsRelyOn) {
    EXPECT_EQ(to_text(FaultCode::no_pcsc_service), "no_pcsc_service");
    EXPECT_EQ(to_text(FaultCode::foreign_card), "foreign_card");
    EXPECT_EQ(to_text(FaultCode::verification_failed), "verification_failed");
    EXPECT_EQ(to_text(FaultCode::pin_wrong), "pin_wrong");
    EXPECT_EQ(to_text(FaultCode::already_personalized), "already_personalized");
}

TEST(Fault, OfAFailedExchange) {
    EXPECT_EQ(fault_of(Error::service_gone).code, FaultCode::no_pcsc_service);
    EXPECT_EQ(fault_of(Error::reader_gone).code, FaultCode::reader_gone);
    EXPECT_EQ(fault_of(Error::sharing_violation).code, FaultCode::reader_busy);
    EXPECT_EQ(fault_of(Error::card_absent).code, FaultCode::no_card);
    EXPECT_EQ(fault_of(Error::card_removed).code, FaultCode::card_removed);
    EXPECT_EQ(fault_of(Error::card_mute).code, FaultCode::card_mute);
    EXPECT_EQ(fault_of(Error::timed_out).code, FaultCode::card_mute);
    EXPECT_EQ(fault_of(Error::truncated).code, FaultCode::answer_malformed);
    EXPECT_EQ(fault_of(Error::too_long).code, FaultCode::answer_malformed);
    EXPECT_EQ(fault_of(Error::too_many_rounds).code, FaultCode::too_many_rounds);
}

TEST(Fault, OfARefusalKeepsTheCardsWord) {
    Fault const fault = fault_of(StatusWord{0x6982}, Ins::read_record, "DF01/EF06");
    EXPECT_EQ(fault.code, FaultCode::unexpected_status);
    EXPECT_EQ(fault.status, StatusWord{0x6982});
    EXPECT_EQ(fault.ins, Ins::read_record);
    EXPECT_EQ(fault.detail, "DF01/EF06");
}

TEST(Fault, OfARefusalThatSaysMore) {
    EXPECT_EQ(fault_of(StatusWord{0x6983}, Ins::external_authenticate).code, FaultCode::key_locked);
    EXPECT_EQ(fault_of(StatusWord{0x9303}, Ins::select).code, FaultCode::application_blocked);
    EXPECT_EQ(fault_of(StatusWord{0x6A81}, Ins::select).code, FaultCode::card_blocked);
    EXPECT_EQ(fault_of(StatusWord{0x63C2}, Ins::external_authenticate).tries_left, 2);
}

TEST(Fault, A6A81IsABlockedCardOnlyWhereSelectAnswersIt) {
    EXPECT_EQ(fault_of(StatusWord{0x6A81}, Ins::read_record).code, FaultCode::unexpected_status);
}

} // namespace
} // namespace session
