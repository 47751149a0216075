#include "tests/host/personalization/office.hpp"

#include "host/session/card_session.hpp"
#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

using apdu::Ins;
using session::FaultCode;

class Faults : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, Faults, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

bool says(session::Fault const& fault, std::string_view what) {
    return fault.detail.find(what) != std::string::npos;
}

Ins ins_of(apdu::ByteView command) { return static_cast<Ins>(command[1]); }

void answer_status(std::vector<std::uint8_t>& answer, apdu::StatusWord status) {
    answer = {status.sw1(), status.sw2()};
}

/// The key of the SSSE with that id, version 1, is another on the card.
virtual_card::CardMemory with_other_key(virtual_card::CardMemory memory, std::uint8_t id) {
    for (auto& key : memory.directories.at(1).keys) {
        if (key.type == keys::T514KeyType::external_authentication && key.id == id) {
            key.value.back() ^= 0x02U;
        }
    }
    return memory;
}

PersonalizationRequest everywhere(CardKind kind) {
    auto request = request_for(Stage::data, kind);
    request.person = record_of(zhang_san_everywhere());
    return request;
}

// The transport key.

TEST_P(Faults, AWrongTransportKeyIsTriedOnce) {
    auto memory = bare_chip(GetParam());
    memory.transport_key.value.back() ^= 0x02U;
    Office office{memory};
    std::size_t tried = 0;
    office.tamper([&tried](apdu::ByteView command, std::vector<std::uint8_t>&) {
        tried += ins_of(command) == Ins::t514_structure ? 1 : 0;
    });
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::transport_key_wrong);
    EXPECT_EQ(outcome.error().tries_left, 2);
    EXPECT_EQ(tried, 1U);
    EXPECT_TRUE(says(outcome.error(), "step 2 of"));
    EXPECT_TRUE(says(outcome.error(), "verify the transport key"));
}

TEST_P(Faults, ARefusedTransportKeyIsNotTriedASecondTimeByItself) {
    auto memory = bare_chip(GetParam());
    memory.transport_key.value.back() ^= 0x02U;
    Office office{memory};
    TransportKeyRefusals refusals;
    auto const request = request_for(Stage::structure, GetParam());
    ASSERT_FALSE(office.personalize(request, {}, &refusals).ok());
    auto const again = office.personalize(request, {}, &refusals);
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, FaultCode::transport_key_refused_before);
    EXPECT_EQ(office.memory().transport_key.tries.left, 2);

    refusals.forget(card_plan(GetParam()).historical);
    auto const allowed = office.personalize(request, {}, &refusals);
    ASSERT_FALSE(allowed.ok());
    EXPECT_EQ(allowed.error().code, FaultCode::transport_key_wrong);
    EXPECT_EQ(office.memory().transport_key.tries.left, 1);
}

TEST_P(Faults, AChipWithoutTriesIsLocked) {
    auto memory = bare_chip(GetParam());
    memory.transport_key.tries.left = 0;
    Office office{memory};
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::key_locked);
}

// Keys.

TEST_P(Faults, EveryMissingKeyIsNamedBeforeTheCardIsTouched) {
    auto const masters =
        masters_without({apdu::KeyName::uk1_df03, apdu::KeyName::stk_df07, apdu::KeyName::irk});
    Office office{bare_chip(GetParam()), {}, {masters, true}};
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::both, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::key_missing);
    EXPECT_TRUE(says(outcome.error(), "IRK version 1, IRK version 2, IRK version 3, "));
    EXPECT_TRUE(says(outcome.error(), "UK1DF03 version 1, UK1DF03 version 2, UK1DF03 version 3, "));
    EXPECT_TRUE(says(outcome.error(), "STKDF07 version 1"));
    EXPECT_EQ(office.memory(), before);
}

TEST_P(Faults, TheDataStageNeedsNoMoreKeysThanItUses) {
    auto const masters = masters_without({apdu::KeyName::transport_key, apdu::KeyName::mk_ssse,
                                          apdu::KeyName::uk1_df01, apdu::KeyName::puk});
    Office office{blank(GetParam()), {}, {masters, true}};
    EXPECT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
}

TEST_P(Faults, AWrongUpdateKeyIsToldWithItsTriesLeft) {
    Office office{with_other_key(blank(GetParam()), 0x04)};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::authentication_failed);
    EXPECT_EQ(outcome.error().tries_left, 2);
    EXPECT_EQ(outcome.error().status, apdu::StatusWord{0x63C2});
    EXPECT_TRUE(says(outcome.error(), "authenticate UKSSSE"));
}

TEST_P(Faults, ACardThatCannotProveItselfIsNotGenuine) {
    Office office{blank(GetParam()), {{virtual_card::FaultKind::wrong_authentication}}};
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::card_not_genuine);
    EXPECT_EQ(office.memory(), before);
}

// The wrong card.

TEST_P(Faults, ABlankIsNoBareChip) {
    Office office{blank(GetParam())};
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::already_personalized);
    EXPECT_EQ(office.memory(), before);
}

TEST_P(Faults, ABareChipIsNoBlank) {
    Office office{bare_chip(GetParam())};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::bare_chip);
}

TEST_P(Faults, ACardWithoutSsseIsForeignToBothStages) {
    auto memory = blank(GetParam());
    memory.directories.at(1).name = apdu::bytes("A000000333010101"); // a bank's
    Office office{memory};
    for (Stage const stage : {Stage::structure, Stage::data}) {
        auto const outcome = office.personalize(request_for(stage, GetParam()));
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, FaultCode::foreign_card);
    }
    EXPECT_EQ(office.memory(), memory);
}

TEST_P(Faults, ALiveCardIsRefusedUnlessTheRequestSaysRewrite) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::already_personalized);
    EXPECT_TRUE(says(outcome.error(), "issue_date (SSSE/EF05)"));
    EXPECT_EQ(office.memory(), before);
}

TEST_P(Faults, HolderDataAloneMakeACardPersonalizedToo) {
    // As a card is that was pulled before its issuer data were written.
    auto made = virtual_card::make_personalized(card_plan(GetParam()), test_masters(), R"({
        "holder_basic_data": {"name": "张三"}})");
    ASSERT_TRUE(made.ok());
    Office office{made.value().memory};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::already_personalized);
    EXPECT_TRUE(says(outcome.error(), "name (SSSE/EF06)"));
}

TEST_P(Faults, ABlankOfAnotherKindThanAskedForIsRefused) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.version = GetParam().version == apdu::SpecVersion::v2_00 ? apdu::SpecVersion::v3_00
                                                                     : apdu::SpecVersion::v2_00;
    request.region = "110101";
    auto const outcome = office.personalize(request);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::request_invalid);
    ASSERT_EQ(outcome.error().problems.size(), 2U);
    EXPECT_EQ(outcome.error().problems[0].where, "/version");
    EXPECT_EQ(outcome.error().problems[1].detail, "it has 639900");
}

TEST_P(Faults, AnInvalidRequestTouchesNoCard) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person.reset();
    auto const outcome = office.personalize(request);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::request_invalid);
    EXPECT_EQ(office.connection().commands(), 0U);
}

// A record against its card.

std::string with_issuer_item(std::string_view item) {
    std::string json{zhang_san};
    return json.replace(json.find("\"card_class\""), 0, std::string{item} + ", ");
}

TEST_P(Faults, ARecordMayRepeatWhatTheStructureStageMade) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(with_issuer_item(
        R"("spec_version": ")" + std::string{apdu::to_text(GetParam().version)} + "\""));
    EXPECT_TRUE(office.personalize(request).ok());
}

TEST_P(Faults, ARecordMayNotSayOtherwise) {
    for (Stage const stage : {Stage::data, Stage::both}) {
        Office office{stage == Stage::data ? blank(GetParam()) : bare_chip(GetParam())};
        auto const before = office.memory();
        auto request = request_for(stage, GetParam());
        request.person =
            record_of(with_issuer_item(R"("initialising_body": "915600000263990063990099")"));
        auto const outcome = office.personalize(request);
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code, FaultCode::record_invalid);
        ASSERT_EQ(outcome.error().problems.size(), 1U);
        EXPECT_EQ(outcome.error().problems[0].where, "/issuer_data/initialising_body");
        EXPECT_EQ(outcome.error().problems[0].code, "not_yours_to_set");
        EXPECT_EQ(office.memory(), before);
    }
}

// The PIN.

TEST_P(Faults, ABlankWithAnotherPinIsFoundOutBeforeAnythingIsWritten) {
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

TEST_P(Faults, TheLastTryOfAPinIsNotSpent) {
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

TEST_P(Faults, ARewriteWithoutAPinCannotReadBackEveryFile) {
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

TEST_P(Faults, ARecordIsWrittenAgainAfterAMemoryFailure) {
    Office office{blank(GetParam())};
    office.tamper(refusing(write_attempts_max - 1, apdu::sw::memory_failure, writes_name));
    EXPECT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
}

TEST_P(Faults, AMemoryFailureThatStaysNamesTheField) {
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

TEST_P(Faults, AnyOtherRefusalIsNotRepeated) {
    Office office{blank(GetParam())};
    office.tamper(refusing(1, apdu::sw::security_status, writes_name));
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().status, apdu::sw::security_status);
}

TEST_P(Faults, ARecordOfACyclicFileIsNotAddedASecondTime) {
    Office office{blank(GetParam())};
    office.tamper(refusing(1, apdu::sw::memory_failure, [](apdu::ByteView command) {
        return ins_of(command) == Ins::update_record && (command[3] & 0x07U) == 3;
    }));
    auto const outcome = office.personalize(everywhere(GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().status, apdu::sw::memory_failure);
    EXPECT_TRUE(says(outcome.error(), "add a record to employment history (DF02/EF07)"));
}

TEST_P(Faults, WhatReadsBackOtherwiseFailsVerificationAndIsNamed) {
    Office office{blank(GetParam())};
    bool is_written = false;
    office.tamper([&is_written](apdu::ByteView command, std::vector<std::uint8_t>& answer) {
        is_written = is_written || writes_name(command);
        // 张 (D5C5) of the name turns into another character.
        auto const at = std::search(
            answer.begin(), answer.end(), "\xD5\xC5", "\xD5\xC5" + 2,
            [](std::uint8_t byte, char c) { return byte == static_cast<std::uint8_t>(c); });
        if (is_written && at != answer.end()) {
            *at = 0xD6;
        }
    });
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::verification_failed);
    EXPECT_TRUE(says(outcome.error(), "name (SSSE/EF06)"));
}

TEST_P(Faults, ACardThatKeepsOnlyTheLastRightIsAuthenticatedAnew) {
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
    EXPECT_EQ(rkssse, 2U);
}

TEST_P(Faults, AStructureCommandThatIsRefusedNamesItsStep) {
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

TEST_P(Faults, AnotherChipAfterTheResetIsNoticed) {
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

TEST_P(Faults, WithoutRandomNumbersNoCardIsJudged) {
    Office office{blank(GetParam())};
    auto const card = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(card.ok());
    auto const request = request_for(Stage::data, GetParam());
    auto const plan = make_data_plan(request, card.value().card(), office.keys());
    ASSERT_TRUE(plan.ok());
    auto const outcome =
        carry_out(plan.value(), office.channel(), office.keys(), Pins{request.default_pin}, {},
                  [](apdu::ByteSpan) { return false; });
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::key_service_failed);
}

} // namespace
} // namespace personalization
