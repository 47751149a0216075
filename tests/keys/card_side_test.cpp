#include "keys/card_side.hpp"

#include "keys/authentication_data.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/session_key.hpp"

#include "tests/keys/failing_cipher.hpp"
#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

// The worked example of card.md §3.5: keys of level 3, challenges, PIN reset.
constexpr Challenge process_random{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Challenge original_random{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};
constexpr auto des3_reset = "842400010C EB0ED8E19A05B9BE DB856AB7";
constexpr auto sm4_reset = "8424000114 9F9D2B1C49E35B96A06B70634E0FEAD5 3D038E8D";

CardKey des3_key() {
    return CardKey{CipherKind::des3, apdu::bytes("62F100E98B960D30D0A9B86BDB2B6B63")};
}
CardKey sm4_key() {
    return CardKey{CipherKind::sm4, apdu::bytes("32B1C99F5F88E4F9EC87FAA2203C5AE4")};
}

class CardSide : public testing::Test {
protected:
    bool mac_is_right(CardKey const& key, Bytes const& command) {
        auto const session = session_key(cipher_, key, process_random);
        return has_right_mac(cipher_, session.value(), command).value();
    }
    BlockCipher& cipher() { return cipher_; }

private:
    openssl::EvpCipher cipher_;
};

TEST_F(CardSide, KnowsTheRightMac) {
    EXPECT_TRUE(mac_is_right(des3_key(), apdu::bytes(des3_reset)));
    EXPECT_TRUE(mac_is_right(sm4_key(), apdu::bytes(sm4_reset)));
}

TEST_F(CardSide, KnowsAWrongMacFromEveryChangedByte) {
    Bytes const command = apdu::bytes(des3_reset);
    for (std::size_t i = 0; i < command.size(); ++i) {
        Bytes changed = command;
        changed[i] = static_cast<std::uint8_t>(changed[i] ^ 0x01U);
        EXPECT_FALSE(mac_is_right(des3_key(), changed)) << i;
    }
}

TEST_F(CardSide, ACommandTooShortForAMacHasNone) {
    EXPECT_FALSE(mac_is_right(des3_key(), apdu::bytes("8424000000")));
    EXPECT_FALSE(mac_is_right(des3_key(), {}));
}

TEST_F(CardSide, KnowsTheRightAuthenticationData) {
    AuthenticationData const right = array_of<8>(apdu::bytes("E522B4178E761E07"));
    AuthenticationData wrong = right;
    wrong.back() = 0x08;
    EXPECT_TRUE(
        is_right_authentication(cipher(), des3_key(), process_random, original_random, right)
            .value());
    EXPECT_FALSE(
        is_right_authentication(cipher(), des3_key(), process_random, original_random, wrong)
            .value());
    EXPECT_FALSE(
        is_right_authentication(cipher(), des3_key(), original_random, process_random, right)
            .value());
    EXPECT_FALSE(
        is_right_authentication(cipher(), sm4_key(), process_random, original_random, right)
            .value());
}

TEST_F(CardSide, AnswersInternalAuthenticateAsTheHostExpects) {
    EXPECT_EQ(
        apdu::copy_of(
            authentication_data(cipher(), sm4_key(), process_random, original_random).value()),
        apdu::bytes("BC1C25687833724C"));
}

TEST_F(CardSide, KnowsTheRightProofOfTheTransportKey) {
    CardKey const key{CipherKind::des3, apdu::bytes("00112233445566778899AABBCCDDEEFF")};
    auto const data = array_of<6>(apdu::bytes("159900BF7C7A"));
    EXPECT_TRUE(
        is_right_transport_proof(cipher(), key, data, array_of<8>(apdu::bytes("B3339AACA9623B1B")))
            .value());
    EXPECT_FALSE(is_right_transport_proof(cipher(), key, data, {}).value());
}

TEST_F(CardSide, StoresAKeysBytes) {
    Bytes memory(16);
    EXPECT_EQ(store_on_card(sm4_key(), memory), 16U);
    EXPECT_EQ(memory, apdu::bytes("32B1C99F5F88E4F9EC87FAA2203C5AE4"));
    CardKey const des{CipherKind::des, apdu::bytes("0123456789ABCDEF")};
    EXPECT_EQ(store_on_card(des, memory), 8U);
}

TEST_F(CardSide, SaysSoWhenItsBackEndFails) {
    FailingCipher failing{cipher(), 0};
    EXPECT_FALSE(has_right_mac(failing, sm4_key(), apdu::bytes(sm4_reset)).ok());
    EXPECT_FALSE(
        is_right_authentication(failing, sm4_key(), process_random, original_random, {}).ok());
    EXPECT_FALSE(
        is_right_transport_proof(failing, sm4_key(), std::array<std::uint8_t, 6>{}, {}).ok());
}

} // namespace
} // namespace keys
