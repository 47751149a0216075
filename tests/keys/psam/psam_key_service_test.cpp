#include "keys/psam/psam_key_service.hpp"

#include "keys/fallback_key_service.hpp"
#include "keys/software_key_service.hpp"

#include <gtest/gtest.h>

#include "tests/keys/psam/test_psam.hpp"

namespace keys::psam {
namespace {

using apdu::KeyName;

constexpr Challenge process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Challenge original{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
constexpr apdu::Command update{apdu::Cla::interindustry_secure, apdu::Ins::update_binary, 0, 0};
constexpr apdu::Command unblock{apdu::Cla::proprietary_secure, apdu::Ins::pin_change_unblock, 0, 0};

Bytes const root = apdu::bytes("00112233445566778899AABBCCDDEEFF");

/// An office: ministry keys in software, and the same at its PSAM's levels in a PSAM.
class PsamOffice {
public:
    explicit PsamOffice(Algorithm algorithm, std::uint8_t dispersals = 1)
        : card{sample_card(algorithm)}, psam{algorithm},
          exceptions{{{KeyName::stk_ssse, {usage_with(0x28, dispersals), 0x09}}}} {
        settings.dispersals = dispersals;
        settings.exceptions = exceptions;
        for (KeyName const name : {KeyName::irk, KeyName::puk, KeyName::stk_ssse, KeyName::bk,
                                   KeyName::rk_ssse, KeyName::uk_ssse}) {
            CipherKind const kind =
                cipher_kind(algorithm, standard_key_size(name, algorithm)).value();
            apdu::ByteView const value = apdu::ByteView{root}.first(key_size(kind));
            masters.push_back({name, std::nullopt, Tier::ministry, CardKey{kind, value}});
            psam.hold(*psam_key_of(settings, name),
                      at_level(*psam_key_of(settings, name), CardKey{kind, value}));
        }
    }

    /// The same keys in software.
    SoftwareKeyService& software() {
        if (!in_software) {
            in_software.emplace(cipher, MasterKeySet{masters, true});
        }
        return *in_software;
    }

    static Pin pin() { return Pin::from_digits("123456").value(); }

    CardIdentity card;
    TestPsam psam;
    std::array<PsamKeyPlace, 1> exceptions; ///< MACs alone reset no PIN
    PsamSettings settings{};
    std::vector<MasterKey> masters{};
    openssl::EvpCipher cipher{};
    std::optional<SoftwareKeyService> in_software{};

private:
    CardKey at_level(PsamKey key, CardKey value) {
        if (dispersals_of(key) < 3) {
            value = diversify(cipher, value, province_factor(card.region)).value();
        }
        if (dispersals_of(key) < 2) {
            value = diversify(cipher, value, city_factor(card.region)).value();
        }
        return value;
    }
};

/// Everything that a PSAM can do, as bytes; or the reason of the first fault.
apdu::Result<Bytes, KeyFaultReason> all_work(KeyService& keys, CardIdentity const& card) {
    Bytes all;
    std::optional<KeyFaultReason> fault;
    auto const add = [&](auto const& result) {
        if (!result.ok()) {
            fault = fault.value_or(result.error().reason);
        } else if constexpr (requires { result.value().view(); }) {
            all.insert(all.end(), result.value().view().begin(), result.value().view().end());
        } else {
            all.insert(all.end(), result.value().begin(), result.value().end());
        }
    };
    add(keys.internal_answer(card, 1, process, original));
    add(keys.external_authentication(card, {KeyName::puk}, process, original));
    add(keys.external_authentication(card, {KeyName::rk_ssse}, process, original));
    add(keys.maced_command(card, {KeyName::stk_ssse}, process, unblock, {}));
    for (std::size_t const size :
         {std::size_t{1}, std::size_t{3}, std::size_t{11}, std::size_t{50}, std::size_t{51},
          std::size_t{123}, std::size_t{200}, maced_data_max}) {
        add(keys.maced_command(card, {KeyName::stk_ssse}, process, update, Bytes(size, 0xA5)));
    }
    add(keys.pin_reset_command(card, process, PsamOffice::pin()));
    if (fault) {
        return *fault;
    }
    return all;
}

class PsamLevels : public testing::TestWithParam<std::tuple<Algorithm, int>> {};

TEST_P(PsamLevels, WorkAsTheSameKeysInSoftwareDo) {
    for (auto const protocol : {apdu::Protocol::t0, apdu::Protocol::t1}) {
        PsamOffice office{std::get<0>(GetParam()),
                          static_cast<std::uint8_t>(std::get<1>(GetParam()))};
        office.psam.spoken = protocol;
        PsamCard psam{office.psam};
        PsamKeyService keys{psam, office.settings};
        auto const by_psam = all_work(keys, office.card);
        auto const by_software = all_work(office.software(), office.card);
        ASSERT_TRUE(by_psam.ok());
        EXPECT_EQ(by_psam.value(), by_software.value());
    }
}

INSTANTIATE_TEST_SUITE_P(EveryLevel, PsamLevels,
                         testing::Combine(testing::Values(Algorithm::des3, Algorithm::sm4),
                                          testing::Values(1, 2)));

TEST(PsamKeys, UsageBytesFollowTheLevelOfThePsam) {
    EXPECT_EQ(psam_key_of({.dispersals = 1}, KeyName::puk)->usage, 0x28);
    EXPECT_EQ(psam_key_of({.dispersals = 2}, KeyName::puk)->usage, 0x48);
    EXPECT_EQ(psam_key_of({.dispersals = 2}, KeyName::rk_ssse)->usage, 0x47);
    EXPECT_EQ(psam_key_of({.dispersals = 2}, KeyName::stk_ssse)->usage, 0x46);
    EXPECT_EQ(psam_key_of({.dispersals = 2}, KeyName::irk)->usage, 0x67); // a level-1 root
}

TEST(PsamKeys, AKeyForMacsAloneResetsNoPin) {
    PsamOffice office{Algorithm::sm4};
    office.settings.exceptions = {};
    PsamCard psam{office.psam};
    PsamKeyService keys{psam, office.settings};
    auto const command = keys.pin_reset_command(office.card, process, PsamOffice::pin());
    ASSERT_FALSE(command.ok());
    EXPECT_EQ(command.error().reason, KeyFaultReason::key_missing);
    EXPECT_EQ(office.psam.commands, 0U); // the PIN does not leave for nothing
}

TEST(PsamKeys, ForNoCardOfAnotherCityIsAWrongKeyMade) {
    PsamOffice office{Algorithm::des3};
    PsamCard psam{office.psam};
    PsamKeyService keys{psam, office.settings};
    office.card.region = {0x63, 0x01, 0x00};
    EXPECT_EQ(
        keys.external_authentication(office.card, {KeyName::puk}, process, original).error().reason,
        KeyFaultReason::level_too_low);
    EXPECT_TRUE(keys.internal_answer(office.card, 1, process, original).ok()); // a level-1 root
}

TEST(PsamKeys, TellWhyThePsamRefuses) {
    using enum KeyFaultReason;
    struct Case {
        apdu::Ins ins;
        apdu::StatusWord status;
        KeyFaultReason reason;
    };
    for (Case const& one :
         {Case{apdu::Ins::delivery_session_key, apdu::sw::key_not_found, key_missing},
          Case{apdu::Ins::delivery_session_key, apdu::sw::wrong_data, level_too_low},
          Case{apdu::Ins::delivery_session_key, apdu::sw::locked, key_locked},
          Case{apdu::Ins::initialize_environment, apdu::sw::wrong_data, level_too_low},
          Case{apdu::Ins::cipher_data, apdu::sw::invalid_state, back_end_failed}}) {
        PsamOffice office{Algorithm::des3};
        office.psam.refuses = {static_cast<std::uint8_t>(one.ins), one.status};
        PsamCard psam{office.psam};
        PsamKeyService keys{psam, office.settings};
        auto const answer = keys.internal_answer(office.card, 1, process, original);
        ASSERT_FALSE(answer.ok());
        EXPECT_EQ(answer.error().reason, one.reason);
        EXPECT_EQ(psam.last_refusal(), one.status);
        office.psam.refuses.reset(); // it goes on as soon as the PSAM does
        EXPECT_TRUE(keys.internal_answer(office.card, 1, process, original).ok());
    }
}

TEST(PsamKeys, AreOfOneAlgorithmAndVersion) {
    PsamOffice office{Algorithm::des3};
    office.psam.application[1] = 0x02;
    PsamCard psam{office.psam};
    PsamKeyService keys{psam, office.settings};
    EXPECT_EQ(keys.internal_answer(office.card, 1, process, original).error().reason,
              KeyFaultReason::key_missing);
    EXPECT_TRUE(keys.internal_answer(office.card, 2, process, original).ok());
    EXPECT_EQ(
        keys.internal_answer(sample_card(Algorithm::sm4), 2, process, original).error().reason,
        KeyFaultReason::algorithm_unsupported);
}

TEST(PsamKeys, AreKnownByAsking) {
    PsamOffice office{Algorithm::sm4};
    PsamCard psam{office.psam};
    PsamKeyService keys{psam, office.settings};
    EXPECT_TRUE(keys.has(Algorithm::sm4, {KeyName::puk}));
    EXPECT_FALSE(keys.has(Algorithm::sm4, {KeyName::uk1_df01}));
    EXPECT_FALSE(keys.has(Algorithm::des3, {KeyName::puk}));
    EXPECT_FALSE(keys.has(Algorithm::sm4, {KeyName::mk_ssse}));
    std::size_t const asked = office.psam.commands;
    EXPECT_TRUE(keys.has(Algorithm::sm4, {KeyName::puk}));
    EXPECT_EQ(office.psam.commands, asked); // remembered
}

TEST(PsamKeys, AnotherCardInTheSlotIsNoPsam) {
    PsamOffice office{Algorithm::des3};
    office.psam.is_psam = false;
    PsamCard psam{office.psam};
    PsamKeyService keys{psam, office.settings};
    EXPECT_EQ(keys.internal_answer(office.card, 1, process, original).error().reason,
              KeyFaultReason::back_end_absent);
}

TEST(PsamKeys, APsamThatWasTakenOutAtAnyCommandIsLostForGood) {
    for (Algorithm const algorithm : {Algorithm::des3, Algorithm::sm4}) {
        PsamOffice whole{algorithm};
        PsamCard there{whole.psam};
        PsamKeyService working{there, whole.settings};
        ASSERT_TRUE(all_work(working, whole.card).ok());
        for (std::size_t at = 1; at <= whole.psam.commands; ++at) {
            PsamOffice office{algorithm};
            office.psam.removed_at = at;
            PsamCard psam{office.psam};
            PsamKeyService keys{psam, office.settings};
            auto const work = all_work(keys, office.card);
            ASSERT_FALSE(work.ok()) << at;
            EXPECT_EQ(work.error(), KeyFaultReason::back_end_lost);
            EXPECT_TRUE(psam.is_lost());
            EXPECT_EQ(office.psam.commands, at); // what is in the slot now is asked nothing
        }
    }
}

/// Remembers why the second back end was asked.
class Reasons final : public FallbackListener {
public:
    void fell_back(FallbackReason reason, KeyFault const& /*fault*/) override {
        all.push_back(static_cast<int>(reason));
    }
    std::vector<int> all{};
};

TEST(FallbackKeys, AreAskedInExactlyFiveCasesOfWhichEachIsTold) {
    using enum KeyFaultReason;
    auto const code = [](KeyFaultReason reason, KeyName key) {
        auto const found = fallback_reason({reason, key, Algorithm::sm4, 1});
        return found ? static_cast<int>(*found) : 0;
    };
    EXPECT_EQ(code(back_end_absent, KeyName::puk), -2201);
    EXPECT_EQ(code(algorithm_unsupported, KeyName::puk), -2202);
    EXPECT_EQ(code(key_missing, KeyName::rk_ssse), -2203);
    EXPECT_EQ(code(key_missing, KeyName::puk), -27272);
    EXPECT_EQ(code(level_too_low, KeyName::puk), -24);
    for (KeyFaultReason const end : {back_end_failed, back_end_lost, key_locked, key_held_back,
                                     terminal_counter_refused, pin_block_malformed}) {
        EXPECT_EQ(code(end, KeyName::rk_ssse), 0);
    }
}

TEST(FallbackKeys, ServeWhatThePsamLacks) {
    PsamOffice office{Algorithm::des3};
    PsamCard psam{office.psam};
    PsamKeyService first{psam, office.settings};
    Reasons reasons;
    FallbackKeyService keys{first, office.software(), reasons};
    office.psam.refuses = {static_cast<std::uint8_t>(apdu::Ins::delivery_session_key),
                           apdu::sw::key_not_found};
    auto const data =
        keys.external_authentication(office.card, {KeyName::rk_ssse}, process, original);
    ASSERT_TRUE(data.ok());
    EXPECT_EQ(data.value(),
              office.software()
                  .external_authentication(office.card, {KeyName::rk_ssse}, process, original)
                  .value());
    EXPECT_TRUE(keys.card_id_authentication(office.card, std::array<std::uint8_t, 12>{}).ok());
    EXPECT_EQ(reasons.all, (std::vector{-2203, -27272}));
}

TEST(FallbackKeys, AreNotAskedForALockedKeyOrALostPsam) {
    PsamOffice office{Algorithm::sm4};
    PsamCard psam{office.psam};
    PsamKeyService first{psam, office.settings};
    Reasons reasons;
    FallbackKeyService keys{first, office.software(), reasons};
    office.psam.refuses = {static_cast<std::uint8_t>(apdu::Ins::delivery_session_key),
                           apdu::sw::locked};
    EXPECT_EQ(keys.internal_answer(office.card, 1, process, original).error().reason,
              KeyFaultReason::key_locked);
    office.psam.removed_at = 1;
    EXPECT_EQ(keys.internal_answer(office.card, 1, process, original).error().reason,
              KeyFaultReason::back_end_lost);
    EXPECT_TRUE(reasons.all.empty());
}

} // namespace
} // namespace keys::psam
