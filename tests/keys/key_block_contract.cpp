#include "keys/initial_key_block.hpp"

#include "keys/cmac.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/aes_vectors.hpp"
#include "tests/keys/failing_aes.hpp"

namespace keys {
namespace {

using apdu::TestVector;

constexpr InitialKeyId some_id{{0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56}};
constexpr std::array<std::uint8_t, key_block_random_size> padding{1, 2, 3,  4,  5,  6,  7,
                                                                  8, 9, 10, 11, 12, 13, 14};

KeyBlockKey protection_of(std::size_t bytes) {
    return KeyBlockKey{aes_size_of(bytes).value(), Bytes(bytes, 0x7E)};
}

InitialKey initial_of(std::size_t bytes) {
    return InitialKey{aes_size_of(bytes).value(), Bytes(bytes, 0x3C)};
}

std::string wrapped(AesCipher& cipher, std::size_t key_bytes = 16) {
    auto const block =
        wrap_initial_key(cipher, protection_of(32), some_id, initial_of(key_bytes), padding);
    return std::string{block.value().view()};
}

/// A block that is whole and authentic behind that header, whatever the header says.
std::string authentic(AesCipher& cipher, std::string const& header) {
    auto const block = wrap_key(cipher, protection_of(32), header, initial_of(16), padding);
    return std::string{block.value().view()};
}

bool is_taken(AesCipher& cipher, std::string const& block) {
    auto const received = unwrap_initial_key(cipher, protection_of(32), block);
    if (!received.ok()) {
        EXPECT_EQ(received.error(), CipherError::malformed) << block;
    }
    return received.ok();
}

TEST_P(AesContract, ComputesTheStandardsCmacs) {
    for (TestVector const& vector : apdu::read_vectors("cmac.vec")) {
        auto const code = cmac(cipher(), aes_key_at(vector, "Key"), bytes_at(vector, "Message"));
        ASSERT_TRUE(code.ok());
        EXPECT_EQ(apdu::copy_of(code.value()), bytes_at(vector, "Mac"));
    }
}

TEST_P(AesContract, WrapsAndUnwrapsThePublishedKeyBlocks) {
    for (TestVector const& vector : apdu::read_vectors("key_block.vec")) {
        KeyBlockKey const protection{AesSize::aes256, bytes_at(vector, "Protection")};
        std::string const header = vector.at("Header");
        auto const block = wrap_key(cipher(), protection, header, aes_key_at(vector, "Key"),
                                    array_at<14>(vector, "Random"));
        ASSERT_TRUE(block.ok());
        EXPECT_EQ(block.value().view(), vector.at("Block"));
        auto const key = unwrap_key(cipher(), protection, vector.at("Block"), header.size());
        ASSERT_TRUE(key.ok());
        EXPECT_EQ(apdu::copy_of(key.value().expose()), bytes_at(vector, "Key"));
    }
}

TEST_P(AesContract, AnInitialKeyReachesItsTerminal) {
    for (std::size_t const size : {16U, 24U, 32U}) {
        auto const received =
            unwrap_initial_key(cipher(), protection_of(32), wrapped(cipher(), size));
        ASSERT_TRUE(received.ok());
        EXPECT_EQ(received.value().id, some_id);
        EXPECT_EQ(apdu::copy_of(received.value().key.expose()), Bytes(size, 0x3C));
    }
}

TEST_P(AesContract, AnInitialKeysBlockSaysWhatItIsAndForWhom) {
    EXPECT_EQ(wrapped(cipher()).substr(0, 48), "D0144B1AX00N0200IK141234567890123456PB0C00000000");
    EXPECT_EQ(wrapped(cipher()).size(), 144U);
    EXPECT_EQ(wrapped(cipher(), 32).substr(0, 5), "D0176");
}

TEST_P(AesContract, AnInitialKeyOfAnotherTerminalsTransportKeyIsRefused) {
    KeyBlockKey const other{AesSize::aes256, Bytes(32, 0x7F)};
    EXPECT_EQ(unwrap_initial_key(cipher(), other, wrapped(cipher())).error(),
              CipherError::malformed);
    EXPECT_EQ(unwrap_initial_key(cipher(), protection_of(16), wrapped(cipher())).error(),
              CipherError::malformed);
}

TEST_P(AesContract, AKeyBlockChangedAnywhereIsRefused) {
    std::string const block = wrapped(cipher());
    ASSERT_TRUE(is_taken(cipher(), block));
    for (std::size_t i = 0; i < block.size(); ++i) {
        for (char const other : {'0', '1', 'A', 'N', ' ', 'g', '\0'}) {
            std::string changed = block;
            changed[i] = other;
            EXPECT_EQ(is_taken(cipher(), changed), changed == block) << i << other;
        }
    }
}

TEST_P(AesContract, AKeyBlockCutOrExtendedIsRefused) {
    std::string const block = wrapped(cipher());
    for (std::size_t size = 0; size < block.size(); ++size) {
        EXPECT_FALSE(is_taken(cipher(), block.substr(0, size))) << size;
    }
    EXPECT_FALSE(is_taken(cipher(), block + "0"));
    EXPECT_FALSE(is_taken(cipher(), block + std::string(32, '0')));
}

TEST_P(AesContract, AnotherAuthenticKeyIsNoInitialKey) {
    ASSERT_TRUE(is_taken(cipher(),
                         authentic(cipher(), "D0144B1AX00E0200IK141234567890123456PB0Cabcdefgh")));
    for (char const* const header :
         {"D0144P0AE00N0200IK141234567890123456PB0C00000000", // a PIN key
          "D0144B0AX00N0200IK141234567890123456PB0C00000000", // a BDK
          "D0144B1TX00N0200IK141234567890123456PB0C00000000", // 3DES
          "D0144B1AN00N0200IK141234567890123456PB0C00000000", // any mode
          "D0144B1AX12N0200IK141234567890123456PB0C00000000", // a key version
          "D0144B1AX00X0200IK141234567890123456PB0C00000000", // no such exportability
          "D0144B1AX00N0300IK141234567890123456PB0C00000000", // more blocks than there are
          "D0144B1AX00N0000IK141234567890123456PB0C00000000", // fewer
          "D0144B1AX00N0201IK141234567890123456PB0C00000000", // reserved
          "D0144B1AX00N0200KS141234567890123456PB0C00000000", // the id of 3DES DUKPT
          "D0144B1AX00N0200IK1412345678901234x6PB0C00000000", // no hex
          "D0144B1AX00N0200IK141234567890123456TS0C00000000", // another optional block
          "D0144B1AX00N0200IK141234567890123456PB0D00000000", // longer than the header
          "D0144B1AX00N0200IK141234567890123456PB0300000000", // shorter than its own head
          "D0144B1AX00N0200PB0C00000000IK141234567890123456", // the other way round
          "B0144B1AX00N0200IK141234567890123456PB0C00000000", // version B
          "D0112B1AX00N0000", "D0112P0AE00E0000"}) {
        EXPECT_FALSE(is_taken(cipher(), authentic(cipher(), header))) << header;
    }
}

TEST_P(AesContract, AKeyUnderASmallerKeyIsABug) {
    EXPECT_DEATH(
        (void)wrap_initial_key(cipher(), protection_of(16), some_id, initial_of(32), padding),
        "requirement");
}

TEST_P(AesContract, KeyBlocksSaySoWhereverTheirCipherFails) {
    std::string const block = wrapped(cipher());
    constexpr unsigned steps_max = 60;
    for (bool const wraps : {true, false}) {
        unsigned works = 0;
        for (; works < steps_max; ++works) {
            FailingAes failing{cipher(), works};
            auto const error = [&]() -> std::optional<CipherError> {
                if (wraps) {
                    auto const made = wrap_initial_key(failing, protection_of(32), some_id,
                                                       initial_of(16), padding);
                    return made.ok() ? std::nullopt : std::optional{made.error()};
                }
                auto const taken = unwrap_initial_key(failing, protection_of(32), block);
                return taken.ok() ? std::nullopt : std::optional{taken.error()};
            }();
            ASSERT_EQ(error.has_value(), failing.has_failed()) << works;
            if (!error) {
                break;
            }
            EXPECT_EQ(*error, CipherError::back_end_failed);
        }
        EXPECT_GT(works, 5U);
        EXPECT_LT(works, steps_max);
    }
}

} // namespace
} // namespace keys
