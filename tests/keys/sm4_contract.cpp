#include "tests/keys/block_cipher_contract.hpp"

#include "tests/keys/vectors.hpp"

namespace keys {
namespace {

std::vector<apdu::TestVector> sm4_vectors(std::string const& mode) {
    std::vector<apdu::TestVector> wanted;
    for (apdu::TestVector const& vector : apdu::read_vectors("block_ciphers.vec")) {
        if (vector.at("Kind") == "sm4" && vector.at("Mode") == mode) {
            wanted.push_back(vector);
        }
    }
    EXPECT_FALSE(wanted.empty());
    return wanted;
}

CardKey some_sm4_key() {
    return CardKey{CipherKind::sm4, apdu::bytes("0123456789ABCDEFFEDCBA9876543210")};
}

TEST_P(Sm4Contract, EncryptsAndDecryptsTheStandardsKnownAnswers) {
    for (apdu::TestVector const& vector : sm4_vectors("ECB")) {
        Bytes blocks = bytes_at(vector, "In");
        ASSERT_TRUE(cipher().encrypt(key_of(vector), blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "Out"));
        ASSERT_TRUE(cipher().decrypt(key_of(vector), blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "In"));
    }
}

TEST_P(Sm4Contract, EncryptsAMillionTimesAsTheStandardDoes) {
    for (apdu::TestVector const& vector : sm4_vectors("ECB iterated")) {
        CardKey const key = key_of(vector);
        Bytes block = bytes_at(vector, "In");
        for (auto left = std::stoul(vector.at("Iterations")); left > 0; --left) {
            ASSERT_TRUE(cipher().encrypt(key, block).ok());
        }
        EXPECT_EQ(block, bytes_at(vector, "Out"));
    }
}

TEST_P(Sm4Contract, ChainsTheKnownAnswersAndKeepsTheLastBlock) {
    for (apdu::TestVector const& vector : sm4_vectors("CBC")) {
        Bytes const expected = bytes_at(vector, "Out");
        Bytes state = bytes_at(vector, "Initial");
        ASSERT_TRUE(cipher().chain(key_of(vector), state, bytes_at(vector, "In")).ok());
        EXPECT_EQ(apdu::copy_of(state), apdu::copy_of(apdu::ByteView{expected}.last(state.size())));
    }
}

TEST_P(Sm4Contract, ChainsTheSameInOneStepOrInMany) {
    CardKey const key = some_sm4_key();
    Bytes message(std::size_t{100} * block_size(key.kind()));
    for (std::size_t i = 0; i < message.size(); ++i) {
        message[i] = static_cast<std::uint8_t>(i * 7);
    }
    Bytes at_once(block_size(key.kind()));
    Bytes block_by_block = at_once;
    ASSERT_TRUE(cipher().chain(key, at_once, message).ok());
    for (std::size_t at = 0; at < message.size(); at += block_by_block.size()) {
        apdu::ByteView const block = apdu::ByteView{message}.subspan(at, block_by_block.size());
        ASSERT_TRUE(cipher().chain(key, block_by_block, block).ok());
    }
    EXPECT_EQ(at_once, block_by_block);
}

TEST_P(Sm4Contract, IsAnotherCipherThan3DesUnderTheSameKey) {
    CardKey const des3{CipherKind::des3, apdu::bytes("0123456789ABCDEFFEDCBA9876543210")};
    Bytes by_des3 = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    Bytes by_sm4 = by_des3;
    Bytes again = by_des3;
    ASSERT_TRUE(cipher().encrypt(some_sm4_key(), by_sm4).ok());
    ASSERT_TRUE(cipher().encrypt(des3, by_des3).ok());
    ASSERT_TRUE(cipher().encrypt(some_sm4_key(), again).ok());
    EXPECT_NE(by_des3, by_sm4);
    EXPECT_EQ(again, by_sm4);
}

TEST_P(Sm4Contract, PartOfABlockIsABug) {
    CardKey const key = some_sm4_key();
    Bytes half(8);
    Bytes state(16);
    EXPECT_DEATH((void)cipher().encrypt(key, half), "requirement");
    EXPECT_DEATH((void)cipher().decrypt(key, half), "requirement");
    EXPECT_DEATH((void)cipher().chain(key, state, half), "requirement");
    EXPECT_DEATH((void)cipher().chain(key, half, state), "requirement");
}

} // namespace
} // namespace keys
