// What the office remembers of its cards, from one request to the next.
#include "desk.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

/// 张三's card, `replacement` or not, on the card in that reader.
api::PersonalizeRequest card_for_zhang_san(std::string reader, bool replacement = false) {
    api::PersonalizeRequest request;
    request.reader = std::move(reader);
    request.stage = api::Stage::data;
    request.record = api::RecordText{std::string{zhang_san}};
    request.replacement = replacement;
    return request;
}

/// "state of the card's chip, reason", the newest card first.
std::vector<std::string> register_of(Desk& desk, api::CardListRequest request = {}) {
    auto const list = desk.ask(std::move(request));
    EXPECT_EQ(code_of(list), "ok");
    std::vector<std::string> lines;
    for (api::RegisteredCard const& card : list.value().cards) {
        lines.push_back(card.state + (card.reason.empty() ? "" : " " + card.reason));
    }
    return lines;
}

using Lines = std::vector<std::string>;

class RegisterOfCards : public testing::Test {
public:
    Desk desk{{blank_card(0x01), blank_card(0x02)}, office()};
};

TEST_F(RegisterOfCards, HasACardThatWasMade) {
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("1"))), "ok");
    auto const card = desk.ask(api::CardListRequest{}).value().cards.at(0);
    EXPECT_EQ(card.state, "live");
    EXPECT_EQ(card.social_security_number, "110101190001010014");
    EXPECT_EQ(card.card_number, "A0000002X");
    EXPECT_EQ(card.reset_info, "00814E43238697159900BF7C01");
    EXPECT_EQ(card.version, "2.00");
    EXPECT_EQ(card.algorithm, "3DES");
    EXPECT_EQ(card.region, "639900");
    EXPECT_TRUE(card.test_keys);
    EXPECT_EQ(card.card_id.size(), 32U);
    EXPECT_FALSE(card.made_at.empty());
}

TEST_F(RegisterOfCards, ListsWhatFitsOnly) {
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("1"))), "ok");
    EXPECT_EQ(register_of(desk, {.state = "live"}), Lines{"live"});
    EXPECT_EQ(register_of(desk, {.state = "voided"}), Lines{});
    EXPECT_EQ(register_of(desk, {.social_security_number = "110101190001010022"}), Lines{});
    EXPECT_EQ(register_of(desk, {.card_number = "A0000002X"}), Lines{"live"});
    EXPECT_EQ(code_of(desk.ask(api::CardListRequest{.state = "lost"})), "request_invalid");
}

TEST_F(RegisterOfCards, APersonIsNeverGivenTwoCards) {
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("1"))), "ok");
    auto const second = desk.ask(card_for_zhang_san("2"));
    EXPECT_EQ(code_of(second), "person_has_card");
    EXPECT_EQ(desk.ask(api::DiagnosisRequest{"2"}).value().recognized, "blank_card");
    EXPECT_EQ(register_of(desk), Lines{"live"});
}

TEST_F(RegisterOfCards, AReplacementVoidsTheOtherCard) {
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("1"))), "ok");
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("2", true))), "ok");
    EXPECT_EQ(register_of(desk), (Lines{"live", "voided replaced"}));
    auto const old = desk.ask(api::CardListRequest{.state = "voided"}).value().cards.at(0);
    EXPECT_EQ(old.reset_info, "00814E43238697159900BF7C01");
    EXPECT_EQ(old.replaced_by, "00814E43238697159900BF7C02");
}

TEST_F(RegisterOfCards, AVoidedCardAnswersNothingAndTheReasonIsKept) {
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("1"))), "ok");
    auto const voided = desk.ask(api::CardVoidRequest{"1", "misprinted"});
    ASSERT_EQ(code_of(voided), "ok");
    EXPECT_EQ(voided.value().how, "card_block");
    EXPECT_EQ(register_of(desk), Lines{"voided misprinted"});
    EXPECT_NE(code_of(desk.ask(api::BasicDataRequest{"1"})), "ok");
    // The person may have another now, and it is no replacement.
    EXPECT_EQ(code_of(desk.ask(card_for_zhang_san("2"))), "ok");
}

TEST_F(RegisterOfCards, ABlankThatIsVoidedIsSpoiled) {
    ASSERT_EQ(code_of(desk.ask(api::CardVoidRequest{"1", "scratched"})), "ok");
    ASSERT_EQ(code_of(desk.ask(card_for_zhang_san("2"))), "ok");
    EXPECT_EQ(register_of(desk, {.spoiled = true}), Lines{"voided scratched"});
}

TEST_F(RegisterOfCards, AnotherCardThanTheExpectedOneIsLeftAlone) {
    auto request = card_for_zhang_san("1");
    request.expected_chip = "00814E43238697159900BF7C02";
    auto const refused = desk.ask(std::move(request));
    ASSERT_EQ(code_of(refused), "card_removed");
    EXPECT_EQ(refused.error().detail, "another card is there: 00814E43238697159900BF7C01");
    EXPECT_EQ(code_of(desk.ask(api::CardVoidRequest{"1", "x", "00814E43238697159900BF7C02"})),
              "card_removed");
    EXPECT_EQ(code_of(desk.ask(api::CardVoidRequest{"1", "x", ""})), "card_removed");
    EXPECT_EQ(register_of(desk), Lines{});
    EXPECT_EQ(desk.ask(api::DiagnosisRequest{"1"}).value().recognized, "blank_card");
}

TEST_F(RegisterOfCards, TheExpectedCardIsMadeAndVoided) {
    auto request = card_for_zhang_san("1");
    request.expected_chip = "00814e43238697159900bf7c01";
    ASSERT_EQ(code_of(desk.ask(std::move(request))), "ok");
    EXPECT_EQ(code_of(desk.ask(api::CardVoidRequest{"1", "x", "00814E43238697159900BF7C01"})),
              "ok");
}

TEST_F(RegisterOfCards, AnExpectedChipThatIsNoneIsRefused) {
    auto const refused = desk.ask(api::CardVoidRequest{"1", "x", "00814E"});
    ASSERT_EQ(code_of(refused), "request_invalid");
    EXPECT_EQ(refused.error().problems.at(0).where, "/expected_chip");
}

TEST_F(RegisterOfCards, ADryRunTellsTheCommandsAndLeavesCardAndRegisterAlone) {
    api::PersonalizationPlanRequest request;
    static_cast<api::PersonalizeRequest&>(request) = card_for_zhang_san("1");
    request.pin = api::PinText{std::string{"654321"}};
    auto const plan = desk.ask(std::move(request));
    ASSERT_EQ(code_of(plan), "ok");
    EXPECT_EQ(plan.value().card_number, "A0000002X");
    ASSERT_GT(plan.value().commands.size(), 20U);
    std::size_t masked = 0;
    for (std::size_t i = 0; i < plan.value().commands.size(); ++i) {
        auto const& command = plan.value().commands[i];
        EXPECT_GE(command.step, i == 0 ? 1U : plan.value().commands[i - 1].step);
        EXPECT_FALSE(command.step_en.empty());
        EXPECT_FALSE(command.step_zh.empty());
        EXPECT_EQ(command.command.find("654321"), std::string::npos) << command.command;
        masked += command.command.find('<') == std::string::npos ? 0U : 1U;
    }
    EXPECT_GT(masked, 3U); // PIN, MACs and authentication data
    EXPECT_EQ(register_of(desk), Lines{});
    EXPECT_EQ(desk.ask(api::DiagnosisRequest{"1"}).value().recognized, "blank_card");
}

TEST_F(RegisterOfCards, ADryRunOfAWrongRecordTellsItsFaults) {
    api::PersonalizationPlanRequest request;
    request.stage = api::Stage::data;
    request.record = api::RecordText{R"({"holder_basic_data": {"name": ""}})"};
    EXPECT_EQ(code_of(desk.ask(std::move(request))), "record_invalid");
    EXPECT_EQ(desk.opened(), 0);
}

} // namespace
} // namespace sscardd
