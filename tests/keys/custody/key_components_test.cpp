// A master key in components of several custodians.
#include "keys/custody/key_components.hpp"

#include <gtest/gtest.h>

namespace {

using namespace keys;
using namespace keys::custody;

constexpr auto* first = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* second = "1111222233334444 5555666677778888";
/// Their sum, worked out by hand.
constexpr std::array<std::uint8_t, 16> sum{0x10, 0x32, 0x67, 0x45, 0xBA, 0x98, 0x89, 0xAB,
                                           0xAB, 0x89, 0xDC, 0xFE, 0x01, 0x23, 0xBA, 0x98};

KeyComponents components(CipherKind kind = CipherKind::sm4, std::size_t count = 2) {
    return KeyComponents::begin(kind, count).value();
}

template <typename T>
std::optional<CustodyFault> fault_of(CustodyResult<T> const& result) {
    return result.ok() ? std::nullopt : std::optional{result.error()};
}

TEST(KeyComponents, MakeTheirSumWithoutTouchingParity) {
    for (CipherKind const kind : {CipherKind::sm4, CipherKind::des3}) {
        KeyComponents parts = components(kind);
        ASSERT_TRUE(parts.take(0, first, {}).ok());
        ASSERT_TRUE(parts.take(1, second, {}).ok());
        auto const key = parts.combined();
        ASSERT_TRUE(key.ok());
        EXPECT_TRUE(apdu::equal_bytes(std::get<CardKey>(key.value()).expose(), sum));
    }
}

TEST(KeyComponents, MakeKeysOfTerminalsToo) {
    KeyComponents parts = KeyComponents::begin(AesSize::aes128, 2).value();
    EXPECT_EQ(parts.size(), 16U);
    auto const value = parts.take(0, first, {});
    ASSERT_TRUE(value.ok());
    ASSERT_TRUE(parts.take(1, second, {}).ok());
    auto const key = parts.combined();
    ASSERT_TRUE(key.ok());
    EXPECT_TRUE(apdu::equal_bytes(std::get<AesKey>(key.value()).expose(), sum));
    KeyComponents long_parts = KeyComponents::begin(AesSize::aes256, 2).value();
    EXPECT_EQ(fault_of(long_parts.take(0, first, {})), CustodyFault::part_malformed);
    EXPECT_EQ(fault_of(long_parts.take(0, std::string(64, '1'), {})), CustodyFault::part_weak);
    std::string const whole = std::string{first} + first;
    auto const mark = long_parts.take(0, whole, {});
    ASSERT_TRUE(mark.ok());
    EXPECT_NE(mark.value(), value.value()) << "of a key of 32 bytes, by CMAC";
    EXPECT_EQ(fault_of(long_parts.take(1, whole, {})), CustodyFault::part_repeated);
}

TEST(KeyComponents, AreTakenAsPeopleTypeThem) {
    KeyComponents parts = components();
    EXPECT_TRUE(parts.take(0, "0123-4567 89ab cdef\tFEDC-BA98-7654-3210", {}).ok());
    for (auto const* const wrong :
         {"", "0123", "0123456789ABCDEFFEDCBA987654321", "0123456789ABCDEFFEDCBA98765432100",
          "0123456789ABCDEFFEDCBA987654321G"}) {
        EXPECT_EQ(fault_of(parts.take(0, wrong, {})), CustodyFault::part_malformed) << wrong;
    }
}

TEST(KeyComponents, AMistypedOneIsFoundByItsCheckValueAlone) {
    KeyComponents parts = components();
    auto const value = parts.take(0, first, {});
    ASSERT_TRUE(value.ok());
    EXPECT_TRUE(parts.take(0, first, value.value()).ok());
    std::string mistyped = first;
    mistyped[7] = '6';
    EXPECT_EQ(fault_of(parts.take(0, mistyped, value.value())), CustodyFault::check_value_differs);
}

TEST(KeyComponents, TheCheckValueIsThatOfAKeyOfTheirKind) {
    // SM4 of a block of zeros under this key, by OpenSSL's command line.
    auto const value = components().take(0, first, {});
    ASSERT_TRUE(value.ok());
    EXPECT_EQ(value.value(), (CheckValue{0x26, 0x77, 0xF4}));
}

TEST(KeyComponents, ThatCancelOutOrKeepNoSecretAreRefused) {
    KeyComponents parts = components(CipherKind::des3, 3);
    ASSERT_TRUE(parts.take(0, first, {}).ok());
    EXPECT_EQ(fault_of(parts.take(1, first, {})), CustodyFault::part_repeated);
    EXPECT_TRUE(parts.take(0, first, {}).ok()) << "the same custodian may type it again";
    EXPECT_EQ(fault_of(parts.take(1, std::string(32, '0'), {})), CustodyFault::part_weak);
}

TEST(KeyComponents, ThatMakeAWeakKeyAreRefused) {
    KeyComponents parts = components(CipherKind::des3);
    ASSERT_TRUE(parts.take(0, first, {}).ok());
    // The halves of the sum are the same but for the last bit, which is parity.
    ASSERT_TRUE(parts.take(1, "1111222233334444 EEEEDDDDCCCCBBBA", {}).ok());
    EXPECT_EQ(fault_of(parts.combined()), CustodyFault::key_weak);
}

TEST(KeyComponents, NothingIsMadeWhileOneIsMissing) {
    KeyComponents parts = components();
    EXPECT_EQ(fault_of(parts.combined()), CustodyFault::part_missing);
    ASSERT_TRUE(parts.take(0, first, {}).ok());
    EXPECT_EQ(fault_of(parts.combined()), CustodyFault::part_missing);
}

TEST(GeneratedComponents, MustBeTypedBackAsTheyWereShown) {
    KeyComponents parts = components(CipherKind::sm4, 3);
    ASSERT_TRUE(parts.generate().ok());
    EXPECT_EQ(fault_of(parts.combined()), CustodyFault::part_missing);
    EXPECT_EQ(parts.text_of(0).size(), 39U); // "0123 4567 …"
    EXPECT_EQ(fault_of(parts.take(0, parts.text_of(1), {})), CustodyFault::part_not_shown);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_TRUE(parts.take(i, parts.text_of(i), parts.check_value(i).value()).ok());
    }
    EXPECT_TRUE(parts.combined().ok());
}

TEST(GeneratedComponents, AreOthersEachTime) {
    KeyComponents one = components();
    KeyComponents other = components();
    ASSERT_TRUE(one.generate().ok());
    ASSERT_TRUE(other.generate().ok());
    EXPECT_NE(one.text_of(0), other.text_of(0));
    EXPECT_NE(one.text_of(0), one.text_of(1));
}

} // namespace
