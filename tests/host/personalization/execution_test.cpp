#include "tests/host/personalization/office.hpp"

#include "host/session/card_session.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

using apdu::Ins;
using session::FaultCode;

class Execution : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, Execution, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

void answer_status(std::vector<std::uint8_t>& answer, apdu::StatusWord status) {
    answer = {status.sw1(), status.sw2()};
}

PersonalizationRequest everywhere(CardKind kind) {
    auto request = request_for(Stage::data, kind);
    request.person = record_of(zhang_san_everywhere());
    return request;
}

// The PIN.

TEST_P(Execution, ABlankWithAnotherPinIsFoundOutBeforeAnythingIsWritten) {
    auto plan = card_plan(GetParam());
    plan.pin = "666666";
    auto made = virtual_card::make_blank(plan, test_masters());
    ASSERT_TRUE(made.ok());
    Office office{made.value().memory};
    auto const outcome = office.personalize(everywhere(GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::pin_wrong);
    EXPECT_EQ(outcome.error().tries_left, 5);
    auto const& files = office.memory().directories.at(1).files;
    EXPECT_EQ(files, made.value().memory.directories.at(1).files);
}

TEST_P(Execution, TheLastTryOfAPinIsNotSpent) {
    auto memory = blank(GetParam());
    for (auto& key : memory.directories.at(1).keys) {
        if (key.type == keys::T514KeyType::pin) {
            key.tries.left = 1;
        }
    }
    Office office{memory};
    auto const outcome = office.personalize(everywhere(GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::last_try_refused);
    EXPECT_EQ(outcome.error().tries_left, 1);
}

TEST_P(Execution, ARewriteWithoutAPinCannotReadBackEveryFile) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.rewrite = true;
    auto const outcome = office.personalize(request);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::pin_needed);
    EXPECT_EQ(outcome.error().detail, "DF04/EF06");
}

// Writing and reading back.

/// Makes the first `count` commands that `is_meant` refused with `status` once they were carried
/// out.
Tampering refusing(std::size_t count, apdu::StatusWord status,
                   std::function<bool(apdu::ByteView)> is_meant) {
    return [=, left = count](apdu::ByteView command, std::vector<std::uint8_t>& answer) mutable {
        if (left > 0 && is_meant(command)) {
            --left;
            answer_status(answer, status);
        }
    };
}

bool writes_name(apdu::ByteView command) {
    return ins_of(command) == Ins::update_record && command.size() > 5 && command[5] == 0x09;
}

TEST_P(Execution, ARecordIsWrittenAgainAfterAMemoryFailure) {
    Office office{blank(GetParam())};
    office.tamper(refusing(write_attempts_max - 1, apdu::sw::memory_failure, writes_name));
    EXPECT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
}

TEST_P(Execution, AMemoryFailureThatStaysNamesTheField) {
    Office office{blank(GetParam())};
    std::size_t written = 0;
    office.tamper([&written](apdu::ByteView command, std::vector<std::uint8_t>& answer) {
        if (writes_name(command)) {
            ++written;
            answer_status(answer, apdu::sw::memory_failure);
        }
    });
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::unexpected_status);
    EXPECT_EQ(outcome.error().status, apdu::sw::memory_failure);
    EXPECT_TRUE(says(outcome.error(), "write name (SSSE/EF06)"));
    EXPECT_EQ(written, write_attempts_max);
}

TEST_P(Execution, AnyOtherRefusalIsNotRepeated) {
    Office office{blank(GetParam())};
    office.tamper(refusing(1, apdu::sw::security_status, writes_name));
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().status, apdu::sw::security_status);
}

TEST_P(Execution, ARecordOfACyclicFileIsNotAddedASecondTime) {
    Office office{blank(GetParam())};
    office.tamper(refusing(1, apdu::sw::memory_failure, [](apdu::ByteView command) {
        return ins_of(command) == Ins::update_record && (command[3] & 0x07U) == 3;
    }));
    auto const outcome = office.personalize(everywhere(GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().status, apdu::sw::memory_failure);
    EXPECT_TRUE(says(outcome.error(), "add a record to employment history (DF02/EF07)"));
}

TEST_P(Execution, WhatReadsBackOtherwiseFailsVerificationAndIsNamed) {
    Office office{blank(GetParam())};
    bool is_written = false;
    office.tamper([&is_written](apdu::ByteView command, std::vector<std::uint8_t>& answer) {
        is_written = is_written || writes_name(command);
        // 张 (D5C5) of the name turns into another character.
        std::array<std::uint8_t, 2> const zhang{0xD5, 0xC5};
        auto const at = std::search(answer.begin(), answer.end(), zhang.begin(), zhang.end());
        if (is_written && at != answer.end()) {
            *at = 0xD6;
        }
    });
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::verification_failed);
    EXPECT_TRUE(says(outcome.error(), "name (SSSE/EF06)"));
}

TEST_P(Execution, ACardThatKeepsOnlyTheLastRightIsAuthenticatedAnew) {
    Office office{blank(GetParam())};
    // The photo's read right, gained before, is said to be gone once.
    bool is_photo = false;
    bool is_refused = false;
    std::size_t rkssse = 0;
    office.tamper([&](apdu::ByteView command, std::vector<std::uint8_t>& answer) {
        if (ins_of(command) == Ins::select) {
            is_photo = command.back() == 0x08;
        }
        if (ins_of(command) == Ins::external_authenticate && command[3] == 0x0A) {
            ++rkssse;
        }
        if (is_photo && !is_refused && ins_of(command) == Ins::read_binary) {
            is_refused = true;
            answer_status(answer, apdu::sw::security_status);
        }
    });
    auto const outcome = office.personalize(everywhere(GetParam()));
    ASSERT_TRUE(outcome.ok()) << outcome.error().detail;
    // On 3.00 also before anything is written, SSSE being left in between.
    EXPECT_EQ(rkssse, GetParam().version == apdu::SpecVersion::v3_00 ? 3U : 2U);
}

TEST_P(Execution, AStructureCommandThatIsRefusedNamesItsStep) {
    Office office{bare_chip(GetParam())};
    office.tamper(refusing(1, apdu::sw::no_space, [](apdu::ByteView command) {
        return ins_of(command) == Ins::t514_write_key && command[0] == 0x84;
    }));
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().status, apdu::sw::no_space);
    EXPECT_EQ(outcome.error().ins, Ins::t514_write_key);
    EXPECT_TRUE(says(outcome.error(), "load MKMF"));
}

TEST_P(Execution, AnotherChipAfterTheResetIsNoticed) {
    Office office{bare_chip(GetParam())};
    auto other = card_plan(GetParam()).historical;
    other.back() ^= 0x01U;
    auto const plan =
        make_structure_plan(request_for(Stage::structure, GetParam()), other, office.keys());
    ASSERT_TRUE(plan.ok());
    keys::Pin const pin = pin_of("123456");
    auto const outcome = carry_out(plan.value(), office.channel(), office.keys(), Pins{pin}, {});
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::card_removed);
}

TEST_P(Execution, WithoutRandomNumbersNoCardIsJudged) {
    Office office{blank(GetParam())};
    auto const card = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(card.ok());
    auto const request = request_for(Stage::data, GetParam());
    auto const plan = make_data_plan(request, card.value().card(), office.keys());
    ASSERT_TRUE(plan.ok());
    auto const outcome =
        carry_out(plan.value(), office.channel(), office.keys(), Pins{request.default_pin}, {},
                  nullptr, [](apdu::ByteSpan) { return false; });
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::key_service_failed);
}

} // namespace
} // namespace personalization
