#include "keys/diversification.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/failing_cipher.hpp"
#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

std::string text_of(Factor const& factor) { return {factor.begin(), factor.end()}; }

CardIdentity card_of(apdu::TestVector const& vector) {
    return {card_algorithm(kind_from_text(vector.at("Kind"))), array_at<3>(vector, "Region"),
            array_at<historical_size>(vector, "Historical")};
}

TEST(Factors, OfLevel1SayTheProvince) {
    EXPECT_EQ(text_of(province_factor({0x63, 0x99, 0x00})), "630000sh");
    EXPECT_EQ(text_of(province_factor({0x33, 0x01, 0x02})), "330000sh");
}

TEST(Factors, OfLevel2SayTheCity) {
    EXPECT_EQ(text_of(city_factor({0x63, 0x99, 0x00})), "639900sx");
    EXPECT_EQ(text_of(city_factor({0x11, 0x01, 0x05})), "110105sx");
}

TEST(Factors, OfLevel2LeaveOutTheDistrictInZhejiang) {
    EXPECT_EQ(text_of(city_factor({0x33, 0x01, 0x02})), "330100sx");
    EXPECT_EQ(text_of(city_factor({0x32, 0x01, 0x02})), "320102sx");
}

TEST(Factors, OfLevel3AreTheLastEightHistoricalBytes) {
    EXPECT_EQ(apdu::copy_of(sample_card(Algorithm::des3).factor()),
              apdu::bytes("8697159900BF7C7A"));
}

TEST(Diversification, GivesTheWorkedKeysOfAllThreeLevels) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of("card_derivations.vec", "diversification")) {
        CardIdentity const card = card_of(vector);
        auto const province = diversify(cipher, key_of(vector), province_factor(card.region));
        ASSERT_TRUE(province.ok());
        auto const city = diversify(cipher, province.value(), city_factor(card.region));
        ASSERT_TRUE(city.ok());
        auto const own = diversify(cipher, city.value(), card.factor().first<8>());
        ASSERT_TRUE(own.ok());
        EXPECT_EQ(apdu::copy_of(province.value().expose()), bytes_at(vector, "Level 1"));
        EXPECT_EQ(apdu::copy_of(city.value().expose()), bytes_at(vector, "Level 2"));
        EXPECT_EQ(apdu::copy_of(own.value().expose()), bytes_at(vector, "Level 3"));
        EXPECT_EQ(own.value().kind(), kind_from_text(vector.at("Kind")));
    }
}

TEST(Diversification, EveryTierLeadsToTheSameCardKey) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of("card_derivations.vec", "diversification")) {
        CardIdentity const card = card_of(vector);
        CipherKind const kind = kind_from_text(vector.at("Kind"));
        auto const from_tier = [&](char const* entry, Tier tier) {
            CardKey const master{kind, bytes_at(vector, entry)};
            return apdu::copy_of(diversify_to_card(cipher, master, tier, card).value().expose());
        };
        EXPECT_EQ(from_tier("Key", Tier::ministry), bytes_at(vector, "Level 3"));
        EXPECT_EQ(from_tier("Level 1", Tier::province), bytes_at(vector, "Level 3"));
        EXPECT_EQ(from_tier("Level 2", Tier::city), bytes_at(vector, "Level 3"));
    }
}

TEST(Diversification, FailsWhereverItsBackEndFails) {
    openssl::EvpCipher cipher;
    CardKey const master{CipherKind::sm4, Bytes(16)};
    for (unsigned works = 0; works < 3; ++works) {
        FailingCipher failing{cipher, works};
        auto const key =
            diversify_to_card(failing, master, Tier::ministry, sample_card(Algorithm::sm4));
        ASSERT_FALSE(key.ok());
        EXPECT_EQ(key.error(), CipherError::back_end_failed);
    }
}

} // namespace
} // namespace keys
