// The messages between window and centre: one form each, and nothing else is taken.
#include "keys/remote/key_catalogue.hpp"
#include "keys/remote/operation_messages.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys::remote {
namespace {

CardIdentity some_card() { return sample_card(Algorithm::sm4); }

/// One call of each kind, with every member set.
std::vector<SeamCall> calls_of_each_kind() {
    Challenge const one{1, 2, 3, 4, 5, 6, 7, 8};
    Challenge const two{0xF1, 2, 3, 4, 5, 6, 7, 8};
    std::array<std::uint8_t, 4> const four{0xA1, 0xB2, 0xC3, 0xD4};
    KeyReference const key{apdu::KeyName::rk2_df03, 3};
    KeyReference const mk{apdu::KeyName::mk_df03, 1};
    std::vector<SeamCall> calls;
    calls.emplace_back(InternalAnswer{2, one, two});
    calls.emplace_back(ExternalAuthentication{key, one, two});
    calls.emplace_back(MacedCommand{key, one, four, {9, 8, 7}});
    calls.emplace_back(PinReset{one, Pin::from_digits("12345").value()});
    calls.emplace_back(TerminalPinReset{one, {{two}, 0x00010001, {5, 6}}});
    calls.emplace_back(CardIdAuthentication{{1, 2, 3}});
    calls.emplace_back(TransportProof{});
    calls.emplace_back(TemporaryMk{one});
    calls.emplace_back(KeyLoading{{key, mk, two, 0x01}, four});
    calls.emplace_back(PinLoading{mk, one, Pin::from_digits("123456789012").value(), four});
    calls.emplace_back(MkAuthentication{mk, two});
    return calls;
}

TEST(AStep, IsReadAsItWasWritten) {
    auto calls = calls_of_each_kind();
    ASSERT_EQ(calls.size(), seam_request_count);
    for (std::size_t i = 0; i < calls.size(); ++i) {
        Step const step{{0x5A}, 7, some_card(), std::move(calls[i])};
        auto const text = encode(step);
        auto const read = parse_step(text.content());
        ASSERT_TRUE(read.has_value()) << text.content();
        EXPECT_EQ(read->call.index(), i);
        EXPECT_EQ(encode(*read).content(), text.content());
    }
}

TEST(AStep, HasNoOtherForm) {
    Step const step{{}, 1, some_card(), InternalAnswer{}};
    std::string const good = encode(step).content();
    ASSERT_TRUE(parse_step(good).has_value());
    auto const with = [&good](std::string_view from, std::string_view to) {
        std::string text = good;
        auto const at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    };
    EXPECT_FALSE(parse_step(with("{", R"({"more":1,)")).has_value());
    EXPECT_FALSE(parse_step(with(R"(,"version":1)", "")).has_value());
    EXPECT_FALSE(parse_step(with(R"("version":1)", R"("version":256)")).has_value());
    EXPECT_FALSE(parse_step(with(R"("version":1)", R"("version":-1)")).has_value());
    EXPECT_FALSE(parse_step(with(R"("step":1)", R"("step":"1")")).has_value());
    EXPECT_FALSE(parse_step(with("internal_answer", "encrypt")).has_value());
    EXPECT_FALSE(parse_step(with("SM4", "AES")).has_value());
    EXPECT_FALSE(parse_step(with(R"("region":"63)", R"("region":"6A)")).has_value());
    EXPECT_FALSE(parse_step(with(R"("process":"00)", R"("process":")")).has_value());
    EXPECT_FALSE(parse_step(good + "x").has_value());
    EXPECT_FALSE(parse_step("").has_value());
    EXPECT_FALSE(parse_step("[]").has_value());
    EXPECT_FALSE(parse_step("null").has_value());
}

TEST(AStep, MayNotCarryMoreDataThanACommandTakes) {
    MacedCommand call;
    call.data.resize(maced_data_max);
    Step step{{}, 1, some_card(), call};
    EXPECT_TRUE(parse_step(encode(step).content()).has_value());
    call.data.resize(maced_data_max + 1);
    step.call = call;
    EXPECT_FALSE(parse_step(encode(step).content()).has_value());
}

TEST(AnOperationRequest, IsReadAsItWasWritten) {
    auto const text = encode(OperationRequest{CardPurpose::card_void, some_card(), "kiosk-7"});
    auto const read = parse_operation_request(text.content());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(read->purpose, CardPurpose::card_void);
    EXPECT_EQ(read->card.historical, some_card().historical);
    EXPECT_EQ(read->card.region, some_card().region);
    EXPECT_EQ(read->requester, "kiosk-7");
}

TEST(AnOperationRequest, BringsNoLineBreakIntoALog) {
    std::string text = encode(OperationRequest{CardPurpose::card_read, some_card(), "X"}).content();
    text.replace(text.find("\"X\""), 3, R"("a\nb")");
    EXPECT_FALSE(parse_operation_request(text).has_value());
}

TEST(AGrant, TellsTheStepsThatThePurposeAllows) {
    for (std::size_t i = 0; i < card_purpose_count; ++i) {
        auto const purpose = static_cast<CardPurpose>(i);
        OperationGrant const grant{{0x77}, std::chrono::seconds{180}, step_rules(purpose)};
        auto const text = encode(grant);
        auto const read = parse_operation_grant(text.content());
        ASSERT_TRUE(read.has_value()) << to_text(purpose);
        EXPECT_EQ(encode(*read).content(), text.content());
        EXPECT_EQ(read->time, grant.time);
    }
}

TEST(AnAnswer, IsBytesOrTheSeamsOwnFault) {
    auto const data =
        parse_answer(encode(SeamAnswer{std::vector<std::uint8_t>{1, 2}}).content(), Algorithm::sm4);
    ASSERT_TRUE(data.has_value() && data->ok());
    EXPECT_EQ(data->value(), (std::vector<std::uint8_t>{1, 2}));
    KeyFault const fault{KeyFaultReason::pin_block_malformed, apdu::KeyName::puk, Algorithm::des3,
                         2};
    auto const refused = parse_answer(encode(SeamAnswer{fault}).content(), Algorithm::des3);
    ASSERT_TRUE(refused.has_value() && !refused->ok());
    EXPECT_EQ(refused->error().reason, fault.reason);
    EXPECT_EQ(refused->error().key, fault.key);
    EXPECT_EQ(refused->error().version, fault.version);
    EXPECT_FALSE(parse_answer(R"({"data":"0"})", Algorithm::des3).has_value());
    EXPECT_FALSE(parse_answer(R"({"fault":"x","key":"IRK","version":1})", Algorithm::des3));
    EXPECT_FALSE(parse_answer("{}", Algorithm::des3).has_value());
}

TEST(ACatalogue, IsReadAsItWasWritten) {
    KeyCatalogue catalogue{CatalogueState::open, true, {}, {}};
    catalogue.keys.push_back(
        {apdu::KeyName::irk, "city", Algorithm::sm4, std::nullopt, 16, "A1B2C3"});
    catalogue.keys.push_back({apdu::KeyName::irk, "city", Algorithm::sm4, 2, 16, "A1B2C4"});
    catalogue.zeros.push_back({Algorithm::sm4, apdu::KeyName::irk, {1, 2, 3}});
    auto const text = encode(catalogue);
    auto const read = parse_catalogue(text.content());
    ASSERT_TRUE(read.has_value());
    EXPECT_EQ(encode(*read).content(), text.content());
    EXPECT_EQ(find_key(*read, Algorithm::sm4, {apdu::KeyName::irk, 2})->check_value, "A1B2C4");
    EXPECT_EQ(find_key(*read, Algorithm::sm4, {apdu::KeyName::irk, 3})->check_value, "A1B2C3");
    EXPECT_EQ(find_key(*read, Algorithm::des3, {apdu::KeyName::irk, 3}), nullptr);
}

} // namespace
} // namespace keys::remote
