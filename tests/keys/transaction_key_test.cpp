#include "keys/transaction_key.hpp"

#include "keys/mac.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

constexpr auto transaction_vectors = "card_derivations.vec";

void expect_mac(CardKey const& key, apdu::TestVector const& vector) {
    openssl::EvpCipher cipher;
    auto const code = mac(cipher, key, bytes_at(vector, "Message"));
    ASSERT_TRUE(code.ok());
    EXPECT_EQ(apdu::copy_of(code.value()), bytes_at(vector, "Out"));
}

TEST(TacKey, MakesTheComputedTac) {
    for (apdu::TestVector const& vector : vectors_of(transaction_vectors, "tac")) {
        expect_mac(tac_key(key_of(vector)), vector);
    }
}

TEST(TacKey, Of3DesIsLeftXorRightHalf) {
    CardKey const dtk{CipherKind::des3, apdu::bytes("0011223344556677 FF00FF00FF00FF00")};
    CardKey const tac = tac_key(dtk);
    EXPECT_EQ(tac.kind(), CipherKind::des);
    EXPECT_EQ(apdu::copy_of(tac.expose()), apdu::bytes("FF11DD33BB559977"));
}

TEST(PurchaseSessionKey, MakesTheComputedMac) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of(transaction_vectors, "purchase")) {
        auto const session = purchase_session_key(
            cipher, key_of(vector), array_at<4>(vector, "Random"), array_at<2>(vector, "Sequence"),
            array_at<4>(vector, "Terminal sequence"));
        ASSERT_TRUE(session.ok());
        expect_mac(session.value(), vector);
    }
}

TEST(LoadSessionKey, MakesTheComputedMac) {
    openssl::EvpCipher cipher;
    for (apdu::TestVector const& vector : vectors_of(transaction_vectors, "load")) {
        auto const session = load_session_key(cipher, key_of(vector), array_at<4>(vector, "Random"),
                                              array_at<2>(vector, "Sequence"));
        ASSERT_TRUE(session.ok());
        expect_mac(session.value(), vector);
    }
}

} // namespace
} // namespace keys
