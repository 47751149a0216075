#include "keys/master_key.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

using apdu::KeyName;

std::vector<MasterKey> sample_masters() {
    std::vector<MasterKey> masters;
    auto const add = [&](KeyName name, std::optional<std::uint8_t> version, CipherKind kind) {
        masters.push_back({name, version, Tier::ministry, CardKey{kind, Bytes(key_size(kind))}});
    };
    add(KeyName::irk, 2, CipherKind::des3);
    add(KeyName::irk, std::nullopt, CipherKind::des3);
    add(KeyName::uk_ssse, 2, CipherKind::des3);
    add(KeyName::irk, std::nullopt, CipherKind::sm4);
    add(KeyName::stk_ssse, std::nullopt, CipherKind::des);
    return masters;
}

class FindMaster : public testing::Test {
protected:
    MasterKey const* find(Algorithm algorithm, KeyName name, std::uint8_t version) {
        return find_master({masters_, true}, algorithm, {name, version});
    }
    MasterKey const* at(std::size_t index) { return &masters_[index]; }

private:
    std::vector<MasterKey> masters_ = sample_masters();
};

TEST_F(FindMaster, PrefersTheKeyOfTheVersion) {
    EXPECT_EQ(find(Algorithm::des3, KeyName::irk, 2), at(0));
}

TEST_F(FindMaster, AKeyWithoutVersionServesTheOthers) {
    EXPECT_EQ(find(Algorithm::des3, KeyName::irk, 1), at(1));
    EXPECT_EQ(find(Algorithm::des3, KeyName::irk, 3), at(1));
}

TEST_F(FindMaster, AKeyOfAVersionServesNoOther) {
    EXPECT_EQ(find(Algorithm::des3, KeyName::uk_ssse, 2), at(2));
    EXPECT_EQ(find(Algorithm::des3, KeyName::uk_ssse, 1), nullptr);
}

TEST_F(FindMaster, KeepsTheAlgorithmsApart) {
    EXPECT_EQ(find(Algorithm::sm4, KeyName::irk, 2), at(3));
    EXPECT_EQ(find(Algorithm::sm4, KeyName::uk_ssse, 2), nullptr);
    EXPECT_EQ(find(Algorithm::des3, KeyName::stk_ssse, 1), at(4));
    EXPECT_EQ(find(Algorithm::ssf33, KeyName::irk, 1), nullptr);
}

TEST_F(FindMaster, ThereIsNoVersionZeroOrFour) {
    EXPECT_EQ(find(Algorithm::des3, KeyName::irk, 0), nullptr);
    EXPECT_EQ(find(Algorithm::des3, KeyName::irk, 4), nullptr);
}

TEST(CardKeyOfAMaster, IsDiversifiedButForTheTransportKey) {
    openssl::EvpCipher cipher;
    Bytes const bytes = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    auto const of = [&](KeyName name) {
        MasterKey const master{name, std::nullopt, Tier::ministry, CardKey{CipherKind::sm4, bytes}};
        auto const key = card_key_of(cipher, master, sample_card(Algorithm::sm4));
        return apdu::copy_of(key.value().expose());
    };
    EXPECT_EQ(of(KeyName::transport_key), bytes);
    EXPECT_EQ(of(KeyName::irk), apdu::bytes("32B1C99F5F88E4F9EC87FAA2203C5AE4"));
    EXPECT_EQ(of(KeyName::temporary_mk), of(KeyName::irk));
}

} // namespace
} // namespace keys
