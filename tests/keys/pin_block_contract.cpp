#include "keys/pin_block.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/aes_vectors.hpp"
#include "tests/keys/failing_aes.hpp"

namespace keys {
namespace {

using apdu::TestVector;

constexpr std::array<std::uint8_t, 8> some_random{0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF};

PinKey some_pin_key() { return PinKey{AesSize::aes128, Bytes(16, 0x5A)}; }
Pan some_pan() { return Pan::from_digits("4111111111111111").value(); }
Pan pan_at(TestVector const& vector) { return Pan::from_digits(vector.at("Pan")).value(); }

/// The digits of a PIN, as they were given.
std::string digits_in(Pin const& pin) {
    std::string digits;
    for (std::uint8_t const byte : pin.expose()) {
        for (int const nibble : {byte >> 4, byte & 0x0F}) {
            if (nibble != 0x0F) {
                digits.push_back(static_cast<char>('0' + nibble));
            }
        }
    }
    return digits;
}

/// A block whose PIN field is as said, well-formed or not.
PinBlock block_of_field(AesCipher& cipher, std::string const& pin_field) {
    PinKey const key = some_pin_key();
    Pan const pan = some_pan();
    auto block = array_of<aes_block_size>(apdu::bytes(pin_field));
    EXPECT_TRUE(cipher.encrypt(key, block).ok());
    for (std::size_t i = 0; i < block.size(); ++i) {
        block[i] ^= pan.field()[i];
    }
    EXPECT_TRUE(cipher.encrypt(key, block).ok());
    return block;
}

TEST_P(AesContract, EncryptsThePublishedPinBlocks) {
    for (TestVector const& vector : vectors_of("pin_block.vec", "pin block")) {
        auto const block = encrypt_pin_block(cipher(), PinKey{aes_key_at(vector, "Key")},
                                             Pin::from_digits(vector.at("Pin")).value(),
                                             pan_at(vector), array_at<8>(vector, "Random"));
        ASSERT_TRUE(block.ok());
        EXPECT_EQ(apdu::copy_of(block.value()), bytes_at(vector, "Block"));
    }
}

TEST_P(AesContract, DecryptsThePublishedPinBlocks) {
    for (TestVector const& vector : vectors_of("pin_block.vec", "pin block")) {
        auto const pin = decrypt_pin_block(cipher(), PinKey{aes_key_at(vector, "Key")},
                                           array_at<16>(vector, "Block"), pan_at(vector));
        ASSERT_TRUE(pin.ok());
        EXPECT_EQ(digits_in(pin.value()), vector.at("Pin"));
    }
}

TEST_P(AesContract, RefusesThePublishedBadPinBlocks) {
    for (TestVector const& vector : vectors_of("pin_block.vec", "refused block")) {
        auto const pin = decrypt_pin_block(cipher(), PinKey{aes_key_at(vector, "Key")},
                                           array_at<16>(vector, "Block"), pan_at(vector));
        ASSERT_FALSE(pin.ok()) << vector.at("Why");
        EXPECT_EQ(pin.error(), CipherError::malformed);
    }
}

TEST_P(AesContract, APinOfEveryLengthComesBack) {
    std::string const twelve = "908172635445";
    for (std::size_t length = pin_digits_min; length <= pin_digits_max; ++length) {
        std::string const digits = twelve.substr(0, length);
        auto const block = encrypt_pin_block(
            cipher(), some_pin_key(), Pin::from_digits(digits).value(), some_pan(), some_random);
        auto const pin = decrypt_pin_block(cipher(), some_pin_key(), block.value(), some_pan());
        ASSERT_TRUE(pin.ok());
        EXPECT_EQ(digits_in(pin.value()), digits);
    }
}

TEST_P(AesContract, TheSamePinGivesAnotherBlockWithOtherRandomBytes) {
    Pin const pin = Pin::from_digits("123456").value();
    auto const first = encrypt_pin_block(cipher(), some_pin_key(), pin, some_pan(), some_random);
    auto other_random = some_random;
    other_random[7] ^= 0x01;
    auto const second = encrypt_pin_block(cipher(), some_pin_key(), pin, some_pan(), other_random);
    EXPECT_NE(first.value(), second.value());
}

TEST_P(AesContract, EveryMalformedPinFieldGivesTheOneFault) {
    std::string const random = "0123456789ABCDEF";
    ASSERT_TRUE(decrypt_pin_block(cipher(), some_pin_key(),
                                  block_of_field(cipher(), "441234AAAAAAAAAA" + random), some_pan())
                    .ok());
    for (char const* const field :
         {"041234AAAAAAAAAA", "341234AAAAAAAAAA", "541234AAAAAAAAAA", "C41234AAAAAAAAAA", // control
          "40AAAAAAAAAAAAAA", "431234AAAAAAAAAA", "43123AAAAAAAAAAA", "4D1234567890123A", // length
          "4E12345678901234", "4F12345678901234", "44123AAAAAAAAAAA", "44A234AAAAAAAAAA",
          "441F34AAAAAAAAAA", "4C123456789A12AA",                                         // digits
          "441234AAAAAAAAA0", "4412340AAAAAAAAA", "4412345AAAAAAAAA", "441234FFFFFFFFFF", // fill
          "4C1234567890129A", "4C123456789012A9"}) {
        auto const pin = decrypt_pin_block(cipher(), some_pin_key(),
                                           block_of_field(cipher(), field + random), some_pan());
        ASSERT_FALSE(pin.ok()) << field;
        EXPECT_EQ(pin.error(), CipherError::malformed) << field;
    }
}

TEST_P(AesContract, ABlockOfAnotherCardOrKeyIsNoPin) {
    Pin const pin = Pin::from_digits("123456").value();
    auto const block =
        encrypt_pin_block(cipher(), some_pin_key(), pin, some_pan(), some_random).value();
    Pan const other = Pan::from_digits("4111111111111112").value();
    PinKey const other_key{AesSize::aes128, Bytes(16, 0x5B)};
    EXPECT_EQ(decrypt_pin_block(cipher(), some_pin_key(), block, other).error(),
              CipherError::malformed);
    EXPECT_EQ(decrypt_pin_block(cipher(), other_key, block, some_pan()).error(),
              CipherError::malformed);
}

TEST_P(AesContract, APinBlockWithAnyBitChangedIsNoPin) {
    Pin const pin = Pin::from_digits("123456").value();
    auto const block =
        encrypt_pin_block(cipher(), some_pin_key(), pin, some_pan(), some_random).value();
    for (std::size_t bit = 0; bit < 8 * block.size(); ++bit) {
        PinBlock changed = block;
        changed[bit / 8] ^= static_cast<std::uint8_t>(1U << bit % 8);
        EXPECT_FALSE(decrypt_pin_block(cipher(), some_pin_key(), changed, some_pan()).ok()) << bit;
    }
}

TEST_P(AesContract, ThePinBlocksCipherMayFailAtEachStep) {
    Pin const pin = Pin::from_digits("123456").value();
    for (unsigned const works : {0U, 1U}) {
        FailingAes encrypting{cipher(), works};
        FailingAes decrypting{cipher(), works};
        EXPECT_EQ(
            encrypt_pin_block(encrypting, some_pin_key(), pin, some_pan(), some_random).error(),
            CipherError::back_end_failed);
        EXPECT_EQ(decrypt_pin_block(decrypting, some_pin_key(), PinBlock{}, some_pan()).error(),
                  CipherError::back_end_failed);
    }
}

} // namespace
} // namespace keys
