#include "host/session/foreign_card.hpp"

#include "host/session/card_session.hpp"

#include "tests/host/session/scripted_connection.hpp"

#include <gtest/gtest.h>
#include <map>

namespace session {
namespace {

using apdu::bytes;

/// Commands, in hex without spaces, that a card knows; it answers any other as `otherwise` says.
struct Card {
    std::map<std::string, std::string> answers;
    std::string otherwise;
};

Fault fault_of_opening(Card const& card) {
    std::map<std::vector<std::uint8_t>, std::vector<std::uint8_t>> answers;
    for (auto const& [command, answer] : card.answers) {
        answers[bytes(command)] = bytes(answer);
    }
    RuledConnection connection{[&](std::vector<std::uint8_t> const& command) {
        auto const known = answers.find(command);
        return known == answers.end() ? bytes(card.otherwise) : known->second;
    }};
    CardChannel channel{connection};
    auto const session = CardSession::open(channel, nullptr);
    EXPECT_FALSE(session.ok());
    return session.ok() ? Fault{FaultCode::no_reader} : session.error();
}

std::string const select_1pay = "00A404000E 315041592E5359532E4444463031";
std::string const select_2pay = "00A404000E 325041592E5359532E4444463031";

TEST(ForeignCard, ABankCardHasThePaymentEnvironment) {
    Fault const fault = fault_of_opening({{{select_1pay, "9000"}}, "6A82"});
    EXPECT_EQ(fault.code, FaultCode::foreign_card);
    EXPECT_EQ(fault.detail, "bank card");
    EXPECT_EQ(fault.status, apdu::sw::file_not_found);
}

TEST(ForeignCard, AContactlessBankCardHasItsOwn) {
    Fault const fault =
        fault_of_opening({{{select_2pay, "6102"}, {"00C0000002", "6F00 9000"}}, "6A82"});
    EXPECT_EQ(fault.detail, "bank card");
}

TEST(ForeignCard, ASimAnswersClassA0With9Fxx) {
    Fault const fault = fault_of_opening({{{"A0A40000023F00", "9F16"}}, "6E00"});
    EXPECT_EQ(fault.code, FaultCode::foreign_card);
    EXPECT_EQ(fault.detail, "SIM card");
}

TEST(ForeignCard, AUiccHasDfGsmInClass00) {
    Fault const fault =
        fault_of_opening({{{"00A40004023F00", "9000"}, {"00A40004027F20", "9000"}}, "6A86"});
    EXPECT_EQ(fault.detail, "SIM card");
}

TEST(ForeignCard, AnMfAloneIsNoSim) {
    Fault const fault =
        fault_of_opening({{{"00A40000023F00", "9000"}, {"00A40004023F00", "9000"}}, "6A82"});
    EXPECT_EQ(fault.code, FaultCode::foreign_card);
    EXPECT_EQ(fault.detail, "unknown card");
}

TEST(ForeignCard, AChipWithoutAnyFileIsBare) {
    EXPECT_EQ(fault_of_opening({{}, "6A82"}).code, FaultCode::bare_chip);
}

TEST(ForeignCard, AnyOtherRefusalIsAnUnknownCards) {
    for (std::string const refusal : {"6D00", "6E00", "6F00", "6A86", "6985"}) {
        Fault const fault = fault_of_opening({{}, refusal});
        EXPECT_EQ(fault.code, FaultCode::foreign_card) << refusal;
        EXPECT_EQ(fault.detail, "unknown card") << refusal;
    }
}

TEST(ForeignCard, ABlockedCardRefusesItsMfToo) {
    EXPECT_EQ(fault_of_opening({{}, "6A81"}).code, FaultCode::card_blocked);
}

TEST(ForeignCard, A6A81OfACardWithAnMfIsAForeignCards) {
    Fault const fault = fault_of_opening({{{"00A40000023F00", "9000"}}, "6A81"});
    EXPECT_EQ(fault.code, FaultCode::foreign_card);
}

TEST(ForeignCard, GarbledAnswersAreNoReasonToGiveUp) {
    EXPECT_EQ(fault_of_opening({{{select_1pay, "12"}, {select_2pay, "9000"}}, "6A82"}).detail,
              "bank card");
}

TEST(ForeignCard, ACardThatIsPulledMeanwhileIsTold) {
    for (unsigned last = 1; last <= 5; ++last) {
        unsigned exchanges = 0;
        RuledConnection connection{[&](auto const&) -> apdu::Result<std::vector<std::uint8_t>> {
            if (++exchanges > last) {
                return apdu::Error::card_removed;
            }
            return bytes("6A82");
        }};
        CardChannel channel{connection};
        EXPECT_EQ(CardSession::open(channel, nullptr).error().code, FaultCode::card_removed);
    }
}

} // namespace
} // namespace session
