#include "keys/dukpt.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/aes_vectors.hpp"

namespace keys {
namespace {

using apdu::TestVector;

InitialKeyId id_at(TestVector const& vector) { return {array_at<8>(vector, "Id")}; }

std::uint32_t counter_at(TestVector const& vector) {
    return static_cast<std::uint32_t>(std::stoul(vector.at("Counter"), nullptr, 16));
}

TEST_P(AesContract, DerivesTheStandardsInitialKeys) {
    for (TestVector const& vector : vectors_of("dukpt.vec", "initial key")) {
        Bytes const bdk = bytes_at(vector, "Bdk");
        auto const initial =
            derive_initial_key(cipher(), Bdk{aes_size_of(bdk.size()).value(), bdk}, id_at(vector));
        ASSERT_TRUE(initial.ok());
        EXPECT_EQ(apdu::copy_of(initial.value().expose()), bytes_at(vector, "Initial"));
    }
}

TEST_P(AesContract, DerivesTheStandardsIntermediateKeys) {
    for (TestVector const& vector : vectors_of("dukpt.vec", "intermediate key")) {
        InitialKey const initial{aes_key_at(vector, "Initial")};
        auto const key = intermediate_key(cipher(), initial, id_at(vector), counter_at(vector));
        ASSERT_TRUE(key.ok());
        EXPECT_EQ(apdu::copy_of(key.value().expose()), bytes_at(vector, "Intermediate"))
            << vector.at("Counter");
    }
}

TEST_P(AesContract, DerivesTheStandardsPinKeys) {
    for (TestVector const& vector : vectors_of("dukpt.vec", "pin key")) {
        Bytes const bdk = bytes_at(vector, "Bdk");
        Bytes const expected = bytes_at(vector, "Pin key");
        InitialKeyId const id = id_at(vector);
        std::uint32_t const counter = counter_at(vector);
        auto const initial =
            derive_initial_key(cipher(), Bdk{aes_size_of(bdk.size()).value(), bdk}, id);
        auto const intermediate = intermediate_key(cipher(), initial.value(), id, counter);
        auto const key = derive_pin_key(cipher(), intermediate.value(), id, counter,
                                        aes_size_of(expected.size()).value());
        ASSERT_TRUE(key.ok());
        EXPECT_EQ(apdu::copy_of(key.value().expose()), expected) << vector.at("Counter");
    }
}

TEST_P(AesContract, EveryTerminalHasItsOwnInitialKey) {
    Bdk const bdk{AesSize::aes128, Bytes(16, 0x5A)};
    auto const key_of = [&](InitialKeyId const& id) {
        return apdu::copy_of(derive_initial_key(cipher(), bdk, id).value().expose());
    };
    EXPECT_NE(key_of({{1, 2, 3, 4, 5, 6, 7, 8}}), key_of({{1, 2, 3, 4, 5, 6, 7, 9}}));
    EXPECT_NE(key_of({{1, 2, 3, 4, 5, 6, 7, 8}}), key_of({{0, 2, 3, 4, 5, 6, 7, 8}}));
}

TEST_P(AesContract, APinKeyLargerThanItsOriginIsABug) {
    InitialKey const initial{AesSize::aes128, Bytes(16, 0x5A)};
    InitialKeyId const id{};
    auto const intermediate = intermediate_key(cipher(), initial, id, 1);
    EXPECT_DEATH((void)derive_pin_key(cipher(), intermediate.value(), id, 1, AesSize::aes256),
                 "requirement");
}

TEST_P(AesContract, AKeyOfNoTransactionIsABug) {
    InitialKey const initial{AesSize::aes128, Bytes(16, 0x5A)};
    EXPECT_DEATH((void)intermediate_key(cipher(), initial, {}, 0), "requirement");
    EXPECT_DEATH((void)intermediate_key(cipher(), initial, {}, 0x1FFFF), "requirement");
}

} // namespace
} // namespace keys
