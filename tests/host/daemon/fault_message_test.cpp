#include "host/daemon/fault_message.hpp"

#include "host/api/fault_text.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

using session::FaultCode;

TEST(FaultMessage, EveryFaultOfASessionHasItsTexts) {
    auto const last = static_cast<unsigned>(FaultCode::already_personalized);
    for (unsigned i = 0; i <= last; ++i) {
        auto const code = session::to_text(static_cast<FaultCode>(i));
        EXPECT_NE(api::find_fault_text(code), nullptr) << code;
    }
}

TEST(FaultMessage, CarriesAllThatIsKnown) {
    session::Fault fault{FaultCode::authentication_failed, "RKSSSE"};
    fault.status = apdu::StatusWord{0x63C2};
    fault.ins = apdu::Ins::external_authenticate;
    fault.tries_left = 2;
    fault.problems = {{"/a", "missing", "b"}};
    api::Fault const message = message_of(fault);
    EXPECT_EQ(message.code, "authentication_failed");
    EXPECT_EQ(message.detail, "RKSSSE");
    EXPECT_EQ(message.tries_left, 2);
    EXPECT_EQ(message.problems.front().where, "/a");
    ASSERT_TRUE(message.status);
    EXPECT_EQ(message.status->word, "63C2");
    EXPECT_EQ(message.status->command, "EXTERNAL AUTHENTICATE");
    EXPECT_FALSE(message.status->meaning_en.empty());
    EXPECT_FALSE(message.status->meaning_zh.empty());
}

TEST(FaultMessage, ACommandWithoutANameIsToldByItsInstruction) {
    EXPECT_EQ(command_name(apdu::Ins{0x77}), "INS 77");
}

} // namespace
} // namespace sscardd
