// What a window sends to the centre, and what it does where no answer comes.
#include "tests/keys/remote/near_centre.hpp"
#include "tests/keys/vectors.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/remote/remote_key_service.hpp"
#include "keys/software_key_service.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keys::remote {
namespace {

constexpr Challenge process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Challenge original{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

std::vector<MasterKey> some_masters() {
    auto const value = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    std::vector<MasterKey> masters;
    for (auto const name : {apdu::KeyName::irk, apdu::KeyName::puk, apdu::KeyName::stk_ssse,
                            apdu::KeyName::temporary_mk}) {
        masters.push_back({name, std::nullopt, Tier::ministry, CardKey{CipherKind::sm4, value}});
    }
    return masters;
}

class AWindow : public testing::Test {
protected:
    AWindow() {
        for (MasterKey const& key : masters_) {
            catalogue_->keys.push_back(
                {key.name, "ministry", Algorithm::sm4, std::nullopt, 16, ""});
        }
        catalogue_->zeros.push_back({Algorithm::sm4, apdu::KeyName::irk, {0xA5}});
    }
    std::unique_ptr<RemoteKeyService> begin(CardPurpose purpose) {
        centre_ = std::make_unique<NearCentre>(there_, step_rules(purpose));
        return std::make_unique<RemoteKeyService>(
            *centre_, catalogue_, KeyUse{purpose, "li si"},
            [this](std::chrono::milliseconds time) { waited_ += time; });
    }
    [[nodiscard]] std::size_t sent_to(std::string_view path) const {
        return static_cast<std::size_t>(
            std::count_if(centre_->sent.begin(), centre_->sent.end(), [path](auto const& message) {
                return message.starts_with(std::string{path} + " ");
            }));
    }

    openssl::EvpCipher cipher_{};
    std::vector<MasterKey> masters_ = some_masters();
    SoftwareKeyService there_{cipher_, MasterKeySet{masters_, true}};
    std::shared_ptr<KeyCatalogue> catalogue_ = std::make_shared<KeyCatalogue>();
    std::unique_ptr<NearCentre> centre_{};
    std::chrono::milliseconds waited_{};
    CardIdentity card_ = sample_card(Algorithm::sm4);
};

TEST_F(AWindow, HasOneOperationApprovedForAJobAndEndsIt) {
    {
        auto const keys = begin(CardPurpose::pin_reset);
        EXPECT_TRUE(keys->has(Algorithm::sm4, {apdu::KeyName::puk}));
        EXPECT_TRUE(centre_->sent.empty()); // nothing is asked before there is a card
        EXPECT_TRUE(
            keys->external_authentication(card_, {apdu::KeyName::puk}, process, original).ok());
        auto const pin = Pin::from_digits("123456");
        EXPECT_TRUE(keys->pin_reset_command(card_, process, pin.value()).ok());
    }
    EXPECT_EQ(sent_to(open_path), 1U);
    EXPECT_EQ(sent_to(step_path), 2U);
    EXPECT_EQ(sent_to(end_path), 1U);
    EXPECT_NE(centre_->sent.front().find(R"("requester":"li?si")"), std::string::npos);
}

TEST_F(AWindow, NeverAsksForWhatItsPurposeDoesNotAllow) {
    auto const keys = begin(CardPurpose::pin_reset);
    auto const answer = keys->internal_answer(card_, 1, process, original);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().reason, KeyFaultReason::back_end_failed);
    EXPECT_EQ(sent_to(step_path), 0U);
    EXPECT_EQ(keys->trouble()->code, LinkFaultCode::refused);
    EXPECT_EQ(keys->trouble()->detail, "internal_answer is no part of pin_reset");
}

TEST_F(AWindow, NeverAsksMoreOftenThanItsPurposeAllows) {
    auto const keys = begin(CardPurpose::pin_reset);
    KeyReference const puk{apdu::KeyName::puk};
    EXPECT_TRUE(keys->external_authentication(card_, puk, process, original).ok());
    EXPECT_FALSE(keys->external_authentication(card_, puk, process, original).ok());
    EXPECT_EQ(sent_to(step_path), 1U);
}

TEST_F(AWindow, SendsALostRequestAgainAsItWas) {
    auto const keys = begin(CardPurpose::pin_reset);
    centre_->fails = [](std::size_t number) { return number == 2 || number == 3; };
    EXPECT_TRUE(keys->external_authentication(card_, {apdu::KeyName::puk}, process, original).ok());
    ASSERT_EQ(centre_->sent.size(), 4U);
    EXPECT_EQ(centre_->sent[1], centre_->sent[2]);
    EXPECT_EQ(centre_->sent[2], centre_->sent[3]);
    EXPECT_FALSE(keys->trouble().has_value());
}

TEST_F(AWindow, GivesUpALinkThatStaysAwayAndAsksNothingMore) {
    auto const keys = begin(CardPurpose::pin_reset);
    centre_->fails = [](std::size_t) { return true; };
    KeyReference const puk{apdu::KeyName::puk};
    auto const answer = keys->external_authentication(card_, puk, process, original);
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().reason, KeyFaultReason::back_end_failed);
    EXPECT_EQ(centre_->sent.size(), RemoteKeyService::attempts_max);
    EXPECT_EQ(waited_, std::chrono::milliseconds{200 + 400 + 800 + 1600});
    EXPECT_EQ(keys->trouble()->code, LinkFaultCode::unreachable);
    EXPECT_FALSE(keys->external_authentication(card_, puk, process, original).ok());
    EXPECT_EQ(centre_->sent.size(), RemoteKeyService::attempts_max);
}

TEST_F(AWindow, HasAnotherOperationApprovedForAnotherCard) {
    auto const keys = begin(CardPurpose::personalize_structure);
    CardIdentity other = card_;
    other.historical[12] ^= 1U;
    EXPECT_TRUE(keys->card_id_authentication(card_, std::array<std::uint8_t, 12>{}).ok());
    EXPECT_TRUE(keys->card_id_authentication(other, std::array<std::uint8_t, 12>{}).ok());
    EXPECT_TRUE(keys->card_id_authentication(card_, std::array<std::uint8_t, 12>{}).ok());
    EXPECT_EQ(sent_to(open_path), 2U);
}

TEST_F(AWindow, KnowsWhatKeysMakeOfZerosWithoutAskingForACardThatThereIsNot) {
    auto const keys = begin(CardPurpose::personalize_data);
    auto const made = keys->internal_answer({Algorithm::sm4, {}, {}}, 1, {}, {});
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(made.value(), AuthenticationData{0xA5});
    EXPECT_TRUE(centre_->sent.empty());
}

TEST_F(AWindow, GetsTheTemporaryMkAsACommandThatIsWiped) {
    auto const keys = begin(CardPurpose::personalize_structure);
    auto const command = keys->temporary_mk_command(card_, {});
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command.value().header().ins(), apdu::Ins::t514_write_key);
    EXPECT_EQ(command.value().data_size(), 24U);
}

} // namespace
} // namespace keys::remote
