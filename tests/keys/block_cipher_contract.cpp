#include "tests/keys/block_cipher_contract.hpp"

#include "tests/keys/vectors.hpp"

namespace keys {
namespace {

constexpr auto file = "block_ciphers.vec";

std::vector<apdu::TestVector> vectors_of_mode(std::string const& mode) {
    std::vector<apdu::TestVector> wanted;
    for (apdu::TestVector const& vector : apdu::read_vectors(file)) {
        bool const is_sm4 = vector.at("Kind") == "sm4";
        if (vector.at("Mode") == mode && !is_sm4) {
            wanted.push_back(vector);
        }
    }
    EXPECT_FALSE(wanted.empty());
    return wanted;
}

TEST_P(BlockCipherContract, EncryptsTheStandardsKnownAnswers) {
    for (apdu::TestVector const& vector : vectors_of_mode("ECB")) {
        Bytes blocks = bytes_at(vector, "In");
        ASSERT_TRUE(cipher().encrypt(key_of(vector), blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "Out"));
    }
}

TEST_P(BlockCipherContract, DecryptsTheStandardsKnownAnswers) {
    for (apdu::TestVector const& vector : vectors_of_mode("ECB")) {
        Bytes blocks = bytes_at(vector, "Out");
        ASSERT_TRUE(cipher().decrypt(key_of(vector), blocks).ok());
        EXPECT_EQ(blocks, bytes_at(vector, "In"));
    }
}

TEST_P(BlockCipherContract, ChainsTheStandardsKnownAnswersAndKeepsTheLastBlock) {
    for (apdu::TestVector const& vector : vectors_of_mode("CBC")) {
        CardKey const key = key_of(vector);
        Bytes const expected = bytes_at(vector, "Out");
        Bytes state = bytes_at(vector, "Initial");
        ASSERT_TRUE(cipher().chain(key, state, bytes_at(vector, "In")).ok());
        EXPECT_EQ(apdu::copy_of(state), apdu::copy_of(apdu::ByteView{expected}.last(state.size())));
    }
}

TEST_P(BlockCipherContract, ChainsTheSameInOneStepOrInMany) {
    CardKey const key{CipherKind::des3, apdu::bytes("0123456789ABCDEFFEDCBA9876543210")};
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

TEST_P(BlockCipherContract, ChainsNothingToTheSameState) {
    CardKey const key{CipherKind::des, apdu::bytes("0123456789ABCDEF")};
    Bytes state = apdu::bytes("1122334455667788");
    ASSERT_TRUE(cipher().chain(key, state, {}).ok());
    EXPECT_EQ(state, apdu::bytes("1122334455667788"));
}

TEST_P(BlockCipherContract, UsesTheKeyOfEachRequestAndNoOtherBefore) {
    CardKey const first{CipherKind::des3, apdu::bytes("0123456789ABCDEFFEDCBA9876543210")};
    CardKey const second{CipherKind::des3, apdu::bytes("FEDCBA98765432100123456789ABCDEF")};
    CardKey const other_kind{CipherKind::des, apdu::bytes("0123456789ABCDEF")};
    Bytes const plain = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    Bytes by_first = plain;
    Bytes by_second = plain;
    Bytes by_other_kind = plain;
    ASSERT_TRUE(cipher().encrypt(first, by_first).ok());
    ASSERT_TRUE(cipher().encrypt(second, by_second).ok());
    ASSERT_TRUE(cipher().encrypt(other_kind, by_other_kind).ok());
    EXPECT_NE(by_first, by_second);
    Bytes again = plain;
    ASSERT_TRUE(cipher().encrypt(first, again).ok());
    EXPECT_EQ(again, by_first);
    ASSERT_TRUE(cipher().decrypt(second, by_second).ok());
    ASSERT_TRUE(cipher().decrypt(other_kind, by_other_kind).ok());
    EXPECT_EQ(by_second, plain);
    EXPECT_EQ(by_other_kind, plain);
}

TEST_P(BlockCipherContract, ADesKeyIsThe3DesKeyWithEqualHalves) {
    CardKey const single{CipherKind::des, apdu::bytes("0123456789ABCDEF")};
    CardKey const twice{CipherKind::des3, apdu::bytes("0123456789ABCDEF0123456789ABCDEF")};
    Bytes by_single = apdu::bytes("4E6F772069732074");
    Bytes by_twice = by_single;
    ASSERT_TRUE(cipher().encrypt(single, by_single).ok());
    ASSERT_TRUE(cipher().encrypt(twice, by_twice).ok());
    EXPECT_EQ(by_single, by_twice);
}

TEST_P(BlockCipherContract, PartOfABlockIsABug) {
    CardKey const key{CipherKind::des3, apdu::bytes("0123456789ABCDEFFEDCBA9876543210")};
    Bytes half(4);
    Bytes state(8);
    EXPECT_DEATH((void)cipher().encrypt(key, half), "requirement");
    EXPECT_DEATH((void)cipher().decrypt(key, half), "requirement");
    EXPECT_DEATH((void)cipher().chain(key, state, half), "requirement");
    EXPECT_DEATH((void)cipher().chain(key, half, state), "requirement");
}

} // namespace
} // namespace keys
