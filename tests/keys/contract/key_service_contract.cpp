#include "tests/keys/contract/key_service_contract.hpp"

namespace keys {
namespace {

using apdu::KeyName;

constexpr Challenge process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Challenge original{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
constexpr std::array<std::uint8_t, 8> key_header{0x0D, 0x04, 0x01, 0xEF, 0x33, 0x00, 0x22, 0x10};
constexpr std::array<std::uint8_t, 4> challenge{0xA1, 0xB2, 0xC3, 0xD4};

Bytes const ministry_value = apdu::bytes("00112233445566778899AABBCCDDEEFF");
Bytes const other_value = apdu::bytes("F0E1D2C3B4A5968778695A4B3C2D1E0F");

CardIdentity const des3_card = sample_card(Algorithm::des3);
CardIdentity const sm4_card = sample_card(Algorithm::sm4);
CardIdentity const ssf33_card = sample_card(Algorithm::ssf33);

constexpr apdu::Command update{apdu::Cla::interindustry_secure, apdu::Ins::update_binary, 0, 0};

CipherKind kind_of(CardIdentity const& card) {
    return card.algorithm == Algorithm::sm4 ? CipherKind::sm4 : CipherKind::des3;
}

Pin some_pin() { return Pin::from_digits("123456").value(); }

void expect_fault(KeyFault const& fault, KeyFaultReason reason, Algorithm algorithm,
                  KeyReference key) {
    EXPECT_EQ(fault.reason, reason);
    EXPECT_EQ(fault.algorithm, algorithm);
    EXPECT_EQ(fault.key, key.name);
    EXPECT_EQ(fault.version, key.version);
}

/// Every request of a key service fails alike for that card.
void expect_every_request_to_fail(KeyService& service, CardIdentity const& card,
                                  KeyFaultReason reason) {
    auto const expect = [&](auto const& result, KeyName name) {
        ASSERT_FALSE(result.ok());
        expect_fault(result.error(), reason, card.algorithm, {name});
    };
    apdu::Command const block{apdu::Cla::proprietary_secure, apdu::Ins::card_block, 0x00, 0x00};
    KeyReference const mk{KeyName::mk_ssse};
    expect(service.internal_answer(card, 1, process, original), KeyName::irk);
    expect(service.external_authentication(card, {KeyName::puk}, process, original), KeyName::puk);
    expect(service.maced_command(card, {KeyName::bk}, process, block, {}), KeyName::bk);
    expect(service.pin_reset_command(card, process, some_pin()), KeyName::stk_ssse);
    expect(service.card_id_authentication(card, std::array<std::uint8_t, 12>{}), KeyName::irk);
    expect(service.transport_proof(card), KeyName::transport_key);
    expect(service.temporary_mk_command(card, key_header), KeyName::temporary_mk);
    expect(service.key_load_command(card, {{KeyName::uk_ssse}, mk, key_header, 0x00}, challenge),
           KeyName::mk_ssse);
    expect(service.pin_load_command(card, mk, key_header, some_pin(), challenge), KeyName::mk_ssse);
    expect(service.mk_authentication(card, mk, process), KeyName::mk_ssse);
    expect(service.key_size(card.algorithm, {KeyName::irk}), KeyName::irk);
}

INSTANTIATE_TEST_SUITE_P(EveryBackEnd, KeyServiceContract, testing::ValuesIn(every_back_end()),
                         [](auto const& test) { return test.param.name; });

TEST_P(KeyServiceContract, AMissingKeyIsSaidByNameAlgorithmAndVersion) {
    KeyService& service = hold({{KeyName::rk_ssse, CipherKind::des3, ministry_value}});
    expect_every_request_to_fail(service, des3_card, KeyFaultReason::key_missing);
    expect_every_request_to_fail(service, sm4_card, KeyFaultReason::key_missing);
}

TEST_P(KeyServiceContract, AKeyThatIsThereCannotBeLoadedUnderOneThatIsNot) {
    KeyService& service = hold({{KeyName::uk_ssse, CipherKind::des3, ministry_value}});
    KeyLoad const load{{KeyName::uk_ssse}, {KeyName::temporary_mk}, key_header, 0x00};
    auto const command = service.key_load_command(des3_card, load, challenge);
    ASSERT_FALSE(command.ok());
    expect_fault(command.error(), KeyFaultReason::key_missing, Algorithm::des3,
                 {KeyName::temporary_mk});
}

TEST_P(KeyServiceContract, Ssf33IsRefusedWhateverIsAsked) {
    KeyService& service = hold({{KeyName::irk, CipherKind::des3, ministry_value},
                                {KeyName::irk, CipherKind::sm4, ministry_value}});
    expect_every_request_to_fail(service, ssf33_card, KeyFaultReason::algorithm_unsupported);
    EXPECT_FALSE(service.has(Algorithm::ssf33, {KeyName::irk}));
}

TEST_P(KeyServiceContract, KnowsWhichKeysItHas) {
    KeyService& service = hold({{KeyName::irk, CipherKind::des3, ministry_value}});
    EXPECT_TRUE(service.has(Algorithm::des3, {KeyName::irk, 1}));
    EXPECT_EQ(service.has(Algorithm::des3, {KeyName::irk, 3}), holds_every_version());
    EXPECT_FALSE(service.has(Algorithm::sm4, {KeyName::irk, 1}));
    EXPECT_FALSE(service.has(Algorithm::des3, {KeyName::puk, 1}));
}

TEST_P(KeyServiceContract, AKeyOfOneVersionServesNoOther) {
    for (CardIdentity const& card : {des3_card, sm4_card}) {
        KeyService& service = hold({{KeyName::irk, kind_of(card), ministry_value, 2}});
        EXPECT_EQ(service.has(card.algorithm, {KeyName::irk, 2}),
                  may_have(Purpose::internal_answer, card.algorithm));
        EXPECT_FALSE(service.has(card.algorithm, {KeyName::irk, 1}));
        (void)is_done(Purpose::internal_answer, card.algorithm,
                      service.internal_answer(card, 2, process, original));
        auto const answer = service.internal_answer(card, 1, process, original);
        ASSERT_FALSE(answer.ok());
        expect_fault(answer.error(), KeyFaultReason::key_missing, card.algorithm,
                     {KeyName::irk, 1});
    }
}

TEST_P(KeyServiceContract, AKeyOfOneAlgorithmServesNoCardOfAnother) {
    for (auto const& [card, other] : {std::pair{des3_card, sm4_card}, {sm4_card, des3_card}}) {
        KeyService& service = hold({{KeyName::puk, kind_of(card), ministry_value},
                                    {KeyName::irk, kind_of(other), ministry_value}});
        auto const proof =
            service.external_authentication(other, {KeyName::puk}, process, original);
        ASSERT_FALSE(proof.ok());
        expect_fault(proof.error(), KeyFaultReason::key_missing, other.algorithm, {KeyName::puk});
    }
}

TEST_P(KeyServiceContract, AVersionOfItsOwnWinsOverTheKeyForAll) {
    KeyService& service = hold({{KeyName::irk, CipherKind::des3, ministry_value},
                                {KeyName::irk, CipherKind::des3, other_value, 2}});
    auto const first = service.internal_answer(des3_card, 1, process, original);
    auto const second = service.internal_answer(des3_card, 2, process, original);
    auto const third = service.internal_answer(des3_card, 3, process, original);
    ASSERT_TRUE(second.ok());
    ASSERT_EQ(first.ok(), holds_every_version());
    ASSERT_EQ(third.ok(), holds_every_version());
    if (holds_every_version()) {
        EXPECT_NE(first.value(), second.value());
        EXPECT_EQ(first.value(), third.value());
    } else {
        expect_fault(first.error(), KeyFaultReason::key_missing, Algorithm::des3,
                     {KeyName::irk, 1});
        expect_fault(third.error(), KeyFaultReason::key_missing, Algorithm::des3,
                     {KeyName::irk, 3});
    }
}

TEST_P(KeyServiceContract, ThereIsNoVersionZeroOrFour) {
    KeyService& service = hold({{KeyName::irk, CipherKind::des3, ministry_value}});
    for (std::uint8_t const version : {std::uint8_t{0}, std::uint8_t{4}}) {
        auto const answer = service.internal_answer(des3_card, version, process, original);
        ASSERT_FALSE(answer.ok());
        EXPECT_EQ(answer.error().reason, KeyFaultReason::key_missing);
    }
}

TEST_P(KeyServiceContract, EveryTierLeadsToTheSameCardKey) {
    // The values of province and city are the worked ones of card.md §3.4.
    for (auto const& [tier, value] : {std::pair{Tier::ministry, "00112233445566778899AABBCCDDEEFF"},
                                      std::pair{Tier::province, "C95C7AA78F987FC7ECD11131C0661A23"},
                                      std::pair{Tier::city, "1D8507357509B83E904DDE2B25DB8386"}}) {
        KeyService& service =
            hold({{KeyName::uk_ssse, CipherKind::des3, apdu::bytes(value), std::nullopt, tier}});
        auto const data =
            service.external_authentication(des3_card, {KeyName::uk_ssse}, process, original);
        ASSERT_TRUE(data.ok());
        EXPECT_EQ(apdu::copy_of(data.value()), apdu::bytes("E522B4178E761E07"));
    }
}

TEST_P(KeyServiceContract, EveryCardHasItsOwnKeys) {
    for (CardIdentity const& card : {des3_card, sm4_card}) {
        KeyService& service = hold({{KeyName::irk, kind_of(card), ministry_value}});
        CardIdentity other_chip = card;
        other_chip.historical.back() = 0x7B;
        CardIdentity other_city = card;
        other_city.region = {0x63, 0x01, 0x00};
        std::vector<AuthenticationData> answers;
        for (CardIdentity const& one : {card, other_chip, other_city, card}) {
            auto const answer = service.internal_answer(one, 1, process, original);
            if (is_done(Purpose::internal_answer, card.algorithm, answer)) {
                answers.push_back(answer.value());
            }
        }
        if (answers.size() == 4) { // else each was refused
            EXPECT_NE(answers[0], answers[1]);
            EXPECT_NE(answers[0], answers[2]);
            EXPECT_EQ(answers[0], answers[3]);
        }
    }
}

TEST_P(KeyServiceContract, TellsAKeysSizeByItsMaster) {
    KeyService& service = hold({{KeyName::stk_ssse, CipherKind::des, Bytes(8, 0x5A)},
                                {KeyName::stk_df01, CipherKind::des3, ministry_value},
                                {KeyName::stk_ssse, CipherKind::sm4, ministry_value}});
    for (auto const& [algorithm, name, size] :
         {std::tuple{Algorithm::des3, KeyName::stk_ssse, 8},
          std::tuple{Algorithm::des3, KeyName::stk_df01, 16},
          std::tuple{Algorithm::sm4, KeyName::stk_ssse, 16}}) {
        auto const told = service.key_size(algorithm, {name});
        if (is_done(Purpose::key_size, algorithm, told)) {
            EXPECT_EQ(told.value(), size);
        }
    }
}

TEST_P(KeyServiceContract, SaysWhetherItsKeysAreForTests) {
    std::vector<MasterSpec> const masters{{KeyName::irk, CipherKind::des3, ministry_value}};
    EXPECT_TRUE(hold(masters, true).holds_test_keys());
    EXPECT_FALSE(hold(masters, false).holds_test_keys());
}

/// Bugs end the program: each is made in a process that begins anew, as some back ends' memory and
/// threads are not in a child.
class KeyServiceBugs : public KeyServiceContract {
protected:
    KeyServiceBugs() { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

INSTANTIATE_TEST_SUITE_P(EveryBackEnd, KeyServiceBugs, testing::ValuesIn(every_back_end()),
                         [](auto const& test) { return test.param.name; });

TEST_P(KeyServiceBugs, DataThatLeaveNoRoomForAMac) {
    KeyService& service = hold({{KeyName::bk, CipherKind::des3, ministry_value}});
    Bytes const fits(maced_data_max);
    Bytes const too_long(maced_data_max + 1);
    EXPECT_TRUE(service.maced_command(des3_card, {KeyName::bk}, process, update, fits).ok());
    EXPECT_DEATH((void)service.maced_command(des3_card, {KeyName::bk}, process, update, too_long),
                 "requirement");
}

TEST_P(KeyServiceBugs, AHeaderThatHasDataOrWaitsForSome) {
    KeyService& service = hold({{KeyName::bk, CipherKind::des3, ministry_value}});
    Bytes const data(8);
    EXPECT_DEATH((void)service.maced_command(des3_card, {KeyName::bk}, process,
                                             update.with_data(data), data),
                 "requirement");
    EXPECT_DEATH(
        (void)service.maced_command(des3_card, {KeyName::bk}, process, update.expecting(8), data),
        "requirement");
}

TEST_P(KeyServiceContract, NoDataAreACommandOfItsHeaderAndMac) {
    KeyService& service = hold({{KeyName::bk, CipherKind::des3, ministry_value}});
    auto const command = service.maced_command(des3_card, {KeyName::bk}, process, update, {});
    ASSERT_TRUE(command.ok());
    ASSERT_EQ(command.value().view().size(), 5 + mac_size);
    EXPECT_EQ(command.value().view()[4], mac_size);
}

TEST_P(KeyServiceContract, ARefusalLeavesTheNextRequestAsItWas) {
    KeyService& service = hold({{KeyName::uk_ssse, CipherKind::des3, ministry_value}});
    for (CardIdentity const& wrong : {ssf33_card, sm4_card}) {
        EXPECT_FALSE(
            service.external_authentication(wrong, {KeyName::uk_ssse}, process, original).ok());
        EXPECT_FALSE(service.pin_reset_command(des3_card, process, some_pin()).ok());
        auto const data =
            service.external_authentication(des3_card, {KeyName::uk_ssse}, process, original);
        ASSERT_TRUE(data.ok());
        EXPECT_EQ(apdu::copy_of(data.value()), apdu::bytes("E522B4178E761E07"));
    }
}

TEST_P(KeyServiceContract, WithoutTerminalsKeysTerminalsAreNotServed) {
    KeyService& service = hold({{KeyName::stk_ssse, CipherKind::des3, ministry_value}});
    auto const command = service.terminal_pin_reset_command(des3_card, process, {});
    ASSERT_FALSE(command.ok());
    EXPECT_EQ(command.error().reason, KeyFaultReason::terminal_key_missing);
    auto const block = service.initial_key_block({}, std::array<std::uint8_t, 14>{});
    ASSERT_FALSE(block.ok());
    EXPECT_EQ(block.error(), KeyFaultReason::terminal_key_missing);
}

} // namespace
} // namespace keys
