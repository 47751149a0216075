#include "keys/constant_time.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

TEST(EqualInConstantTime, TellsEqualFromUnequal) {
    Bytes const bytes = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    EXPECT_TRUE(equal_in_constant_time(bytes, Bytes{bytes}));
    EXPECT_TRUE(equal_in_constant_time({}, {}));
}

TEST(EqualInConstantTime, SeesEverySingleBit) {
    Bytes const bytes = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        Bytes other = bytes;
        other[bit / 8] = static_cast<std::uint8_t>(other[bit / 8] ^ (1U << (bit % 8)));
        EXPECT_FALSE(equal_in_constant_time(bytes, other)) << bit;
    }
}

TEST(EqualInConstantTime, AnotherLengthIsUnequal) {
    Bytes const bytes = apdu::bytes("0011");
    EXPECT_FALSE(equal_in_constant_time(bytes, apdu::bytes("00")));
    EXPECT_FALSE(equal_in_constant_time({}, bytes));
}

} // namespace
} // namespace keys
