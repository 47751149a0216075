#include "tests/host/personalization/office.hpp"

#include "host/personalization/journaling.hpp"
#include "host/session/card_session.hpp"
#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

using apdu::Ins;
using session::FaultCode;

class PersonalizeFaults : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, PersonalizeFaults, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

/// The key of the SSSE with that id, version 1, is another on the card.
virtual_card::CardMemory with_other_key(virtual_card::CardMemory memory, std::uint8_t id) {
    for (auto& key : memory.directories.at(1).keys) {
        if (key.type == keys::T514KeyType::external_authentication && key.id == id) {
            key.value.back() ^= 0x02U;
        }
    }
    return memory;
}

// The transport key.

TEST_P(PersonalizeFaults, AWrongTransportKeyIsTriedOnce) {
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

TEST_P(PersonalizeFaults, ARefusedTransportKeyIsNotTriedASecondTimeByItself) {
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

TEST_P(PersonalizeFaults, AChipWithoutTriesIsLocked) {
    auto memory = bare_chip(GetParam());
    memory.transport_key.tries.left = 0;
    Office office{memory};
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::key_locked);
}

// Keys.

TEST_P(PersonalizeFaults, EveryMissingKeyIsNamedBeforeTheCardIsTouched) {
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

TEST_P(PersonalizeFaults, TheDataStageNeedsNoMoreKeysThanItUses) {
    auto const masters = masters_without({apdu::KeyName::transport_key, apdu::KeyName::mk_ssse,
                                          apdu::KeyName::uk1_df01, apdu::KeyName::puk});
    Office office{blank(GetParam()), {}, {masters, true}};
    EXPECT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
}

TEST_P(PersonalizeFaults, AWrongUpdateKeyIsToldWithItsTriesLeft) {
    Office office{with_other_key(blank(GetParam()), 0x04)};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::authentication_failed);
    EXPECT_EQ(outcome.error().tries_left, 2);
    EXPECT_EQ(outcome.error().status, apdu::StatusWord{0x63C2});
    EXPECT_TRUE(says(outcome.error(), "authenticate UKSSSE"));
}

TEST_P(PersonalizeFaults, ACardThatCannotProveItselfIsNotGenuine) {
    Office office{blank(GetParam()), {{virtual_card::FaultKind::wrong_authentication}}};
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::card_not_genuine);
    EXPECT_EQ(office.memory(), before);
}

// The wrong card.

TEST_P(PersonalizeFaults, ABlankIsNoBareChip) {
    Office office{blank(GetParam())};
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::already_personalized);
    EXPECT_EQ(office.memory(), before);
}

TEST_P(PersonalizeFaults, ABareChipIsNoBlank) {
    Office office{bare_chip(GetParam())};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::bare_chip);
}

TEST_P(PersonalizeFaults, ACardWithoutSsseIsForeignToBothStages) {
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

TEST_P(PersonalizeFaults, ALiveCardIsRefusedUnlessTheRequestSaysRewrite) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
    auto const before = office.memory();
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::already_personalized);
    EXPECT_TRUE(says(outcome.error(), "issue_date (SSSE/EF05)"));
    EXPECT_EQ(office.memory(), before);
}

TEST_P(PersonalizeFaults, HolderDataWithoutACardNumberMakeAHalfMadeCard) {
    // As a card is that was pulled elsewhere before its issuer data were written.
    auto made = virtual_card::make_personalized(card_plan(GetParam()), test_masters(), R"({
        "holder_basic_data": {"name": "张三"}})");
    ASSERT_TRUE(made.ok());
    Office office{made.value().memory};
    auto const outcome = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::half_made);
    EXPECT_TRUE(says(outcome.error(), "name (SSSE/EF06)"));
}

TEST_P(PersonalizeFaults, APartOfACardNumberMakesAHalfMadeCard) {
    auto const request = request_for(Stage::data, GetParam());
    Office whole{blank(GetParam())};
    ASSERT_TRUE(whole.personalize(request).ok());
    // The number is written last; then the card is brought to an office that knows nothing of it.
    std::size_t const last = whole.connection().memory_writes();
    Office torn{blank(GetParam()), {{.kind = virtual_card::FaultKind::torn_write, .at = last}}};
    ASSERT_FALSE(torn.personalize(request).ok());
    Office other{torn.memory()};
    auto const outcome = other.personalize(request);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::half_made);
}

TEST_P(PersonalizeFaults, ACardThatProlongsAStepIsGivenUp) {
    Office office{blank(GetParam())};
    Journaling journaling{office.makings(), office.channel(), Making{}, false};
    Step const step{{apdu::Directory::ssse}, ResetCard{}};
    for (std::size_t number = 1; number <= 2; ++number) { // each step anew
        ASSERT_TRUE(journaling.begin(number, step).ok());
        for (std::size_t i = 0; i < step_commands_max; ++i) {
            ASSERT_TRUE(office.channel().get_challenge().ok()) << i;
        }
        auto const more = office.channel().get_challenge();
        ASSERT_FALSE(more.ok());
        EXPECT_EQ(more.error().code, FaultCode::too_many_rounds);
    }
}

TEST_P(PersonalizeFaults, ABlankOfAnotherKindThanAskedForIsRefused) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.version = GetParam().version == apdu::SpecVersion::v2_00 ? apdu::SpecVersion::v3_00
                                                                     : apdu::SpecVersion::v2_00;
    request.region = "110101";
    auto const outcome = office.personalize(request);
    ASSERT_FALSE(outcome.ok());
    EXPECT_EQ(outcome.error().code, FaultCode::not_this_card);
    ASSERT_EQ(outcome.error().problems.size(), 2U);
    EXPECT_EQ(outcome.error().problems[0].where, "/version");
    EXPECT_EQ(outcome.error().problems[1].detail, "it has 639900");
}

TEST_P(PersonalizeFaults, AnInvalidRequestTouchesNoCard) {
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

TEST_P(PersonalizeFaults, ARecordMayRepeatWhatTheStructureStageMade) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(with_issuer_item(
        R"("spec_version": ")" + std::string{apdu::to_text(GetParam().version)} + "\""));
    EXPECT_TRUE(office.personalize(request).ok());
}

TEST_P(PersonalizeFaults, ARecordMayNotSayOtherwise) {
    for (Stage const stage : {Stage::data, Stage::both}) {
        Office office{stage == Stage::data ? blank(GetParam()) : bare_chip(GetParam())};
        auto const before = office.memory();
        auto request = request_for(stage, GetParam());
        request.person =
            record_of(with_issuer_item(R"("initialising_body": "915600000263990063990099")"));
        auto const outcome = office.personalize(request);
        ASSERT_FALSE(outcome.ok());
        EXPECT_EQ(outcome.error().code,
                  stage == Stage::data ? FaultCode::not_this_card : FaultCode::record_invalid);
        ASSERT_EQ(outcome.error().problems.size(), 1U);
        EXPECT_EQ(outcome.error().problems[0].where, "/issuer_data/initialising_body");
        EXPECT_EQ(outcome.error().problems[0].code, "not_yours_to_set");
        EXPECT_EQ(office.memory(), before);
    }
}

} // namespace
} // namespace personalization
