#include "tests/keys/key_service_contract.hpp"

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
    EXPECT_TRUE(service.has(Algorithm::des3, {KeyName::irk, 3}));
    EXPECT_FALSE(service.has(Algorithm::sm4, {KeyName::irk, 1}));
    EXPECT_FALSE(service.has(Algorithm::des3, {KeyName::puk, 1}));
}

TEST_P(KeyServiceContract, AKeyOfOneVersionServesNoOther) {
    KeyService& service = hold({{KeyName::irk, CipherKind::sm4, ministry_value, 2}});
    EXPECT_TRUE(service.has(Algorithm::sm4, {KeyName::irk, 2}));
    EXPECT_FALSE(service.has(Algorithm::sm4, {KeyName::irk, 1}));
    EXPECT_TRUE(service.internal_answer(sm4_card, 2, process, original).ok());
    auto const answer = service.internal_answer(sm4_card, 1, process, original);
    ASSERT_FALSE(answer.ok());
    expect_fault(answer.error(), KeyFaultReason::key_missing, Algorithm::sm4, {KeyName::irk, 1});
}

TEST_P(KeyServiceContract, AVersionOfItsOwnWinsOverTheKeyForAll) {
    KeyService& service = hold({{KeyName::irk, CipherKind::des3, ministry_value},
                                {KeyName::irk, CipherKind::des3, other_value, 2}});
    auto const first = service.internal_answer(des3_card, 1, process, original);
    auto const second = service.internal_answer(des3_card, 2, process, original);
    auto const third = service.internal_answer(des3_card, 3, process, original);
    EXPECT_NE(first.value(), second.value());
    EXPECT_EQ(first.value(), third.value());
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
    KeyService& service = hold({{KeyName::irk, CipherKind::sm4, ministry_value}});
    CardIdentity other_chip = sm4_card;
    other_chip.historical.back() = 0x7B;
    CardIdentity other_city = sm4_card;
    other_city.region = {0x63, 0x01, 0x00};
    auto const answer = [&](CardIdentity const& card) {
        return service.internal_answer(card, 1, process, original).value();
    };
    EXPECT_NE(answer(sm4_card), answer(other_chip));
    EXPECT_NE(answer(sm4_card), answer(other_city));
    EXPECT_EQ(answer(sm4_card), answer(CardIdentity{sm4_card}));
}

TEST_P(KeyServiceContract, TellsAKeysSizeByItsMaster) {
    KeyService& service = hold({{KeyName::stk_ssse, CipherKind::des, Bytes(8, 0x5A)},
                                {KeyName::stk_df01, CipherKind::des3, ministry_value},
                                {KeyName::stk_ssse, CipherKind::sm4, ministry_value}});
    EXPECT_EQ(service.key_size(Algorithm::des3, {KeyName::stk_ssse}).value(), 8);
    EXPECT_EQ(service.key_size(Algorithm::des3, {KeyName::stk_df01}).value(), 16);
    EXPECT_EQ(service.key_size(Algorithm::sm4, {KeyName::stk_ssse}).value(), 16);
}

TEST_P(KeyServiceContract, SaysWhetherItsKeysAreForTests) {
    std::vector<MasterSpec> const masters{{KeyName::irk, CipherKind::des3, ministry_value}};
    EXPECT_TRUE(hold(masters, true).holds_test_keys());
    EXPECT_FALSE(hold(masters, false).holds_test_keys());
}

TEST_P(KeyServiceContract, DataThatLeaveNoRoomForAMacAreABug) {
    KeyService& service = hold({{KeyName::stk_ssse, CipherKind::des3, ministry_value}});
    apdu::Command const update{apdu::Cla::interindustry_secure, apdu::Ins::update_binary, 0, 0};
    Bytes const fits(maced_data_max);
    Bytes const too_long(maced_data_max + 1);
    EXPECT_TRUE(service.maced_command(des3_card, {KeyName::stk_ssse}, process, update, fits).ok());
    EXPECT_DEATH(
        (void)service.maced_command(des3_card, {KeyName::stk_ssse}, process, update, too_long),
        "requirement");
}

} // namespace
} // namespace keys
