#include "host/session/key_fault.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::KeyName;
using keys::Algorithm;
using keys::KeyFaultReason;

TEST(KeyFault, NamesTheMissingKey) {
    Fault const fault = key_missing(Algorithm::sm4, {KeyName::uk1_df01, 2});
    EXPECT_EQ(fault.code, FaultCode::key_missing);
    EXPECT_EQ(fault.detail, "UK1DF01, SM4, version 2");
}

TEST(KeyFault, TellsWhyAKeyServiceRefused) {
    auto const code_of = [](KeyFaultReason reason) {
        return fault_of(keys::KeyFault{reason, KeyName::irk, Algorithm::ssf33, 1}).code;
    };
    EXPECT_EQ(code_of(KeyFaultReason::key_missing), FaultCode::key_missing);
    EXPECT_EQ(code_of(KeyFaultReason::algorithm_unsupported), FaultCode::algorithm_refused);
    EXPECT_EQ(code_of(KeyFaultReason::key_held_back), FaultCode::key_held_back);
    EXPECT_EQ(code_of(KeyFaultReason::back_end_failed), FaultCode::key_service_failed);
    EXPECT_EQ(code_of(KeyFaultReason::back_end_absent), FaultCode::psam_missing);
    EXPECT_EQ(code_of(KeyFaultReason::back_end_lost), FaultCode::psam_lost);
    EXPECT_EQ(code_of(KeyFaultReason::level_too_low), FaultCode::psam_level_too_low);
    EXPECT_EQ(code_of(KeyFaultReason::key_locked), FaultCode::psam_key_locked);
}

TEST(KeyFault, DoesNotTellWhyAPinPadsMessageWasRefused) {
    for (KeyFaultReason const reason :
         {KeyFaultReason::terminal_counter_refused, KeyFaultReason::pin_block_malformed}) {
        Fault const fault = fault_of(keys::KeyFault{reason, KeyName::stk_ssse, Algorithm::sm4, 1});
        EXPECT_EQ(fault.code, FaultCode::terminal_pin_refused);
        EXPECT_EQ(fault.detail, "");
    }
}

TEST(KeyFault, NamesTheTerminalsMissingKeyAndNoKeyOfACard) {
    Fault const fault = fault_of(
        keys::KeyFault{KeyFaultReason::terminal_key_missing, KeyName::stk_ssse, Algorithm::sm4, 1});
    EXPECT_EQ(fault.code, FaultCode::key_missing);
    EXPECT_EQ(fault.detail, "BDK");
}

} // namespace
} // namespace session
