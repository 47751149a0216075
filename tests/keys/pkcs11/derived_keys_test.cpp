#include "keys/pkcs11/derived_keys.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keys::pkcs11 {
namespace {

Derivation derivation(CK_OBJECT_HANDLE from, std::uint8_t data = 0) {
    return {from, CipherKind::des3, {data}};
}

TEST(DerivedKeys, AreFoundByWhatTheyWereMadeOf) {
    DerivedKeys keys;
    EXPECT_TRUE(keys.add(derivation(1), 10).empty());
    EXPECT_EQ(keys.find(derivation(1)), 10U);
    EXPECT_EQ(keys.find(derivation(1, 1)), 0U);
    EXPECT_EQ(keys.find(derivation(2)), 0U);
    EXPECT_EQ(keys.derivation_of(10), derivation(1));
    EXPECT_FALSE(keys.derivation_of(1));
}

TEST(DerivedKeys, GoInTheOrderOfTheirUse) {
    DerivedKeys keys;
    for (std::uint8_t i = 0; i < derived_keys_max; ++i) {
        EXPECT_TRUE(keys.add(derivation(1, i), 100U + i).empty());
    }
    EXPECT_EQ(keys.find(derivation(1, 0)), 100U);
    EXPECT_EQ(keys.add(derivation(2), 200), std::vector<CK_OBJECT_HANDLE>{101});
    EXPECT_EQ(keys.find(derivation(1, 1)), 0U);
    EXPECT_EQ(keys.find(derivation(1, 0)), 100U);
}

TEST(DerivedKeys, GoWithTheKeyThatTheyCameFrom) {
    DerivedKeys keys;
    EXPECT_TRUE(keys.add(derivation(1), 10).empty());
    EXPECT_TRUE(keys.add(derivation(10), 20).empty());
    EXPECT_TRUE(keys.add(derivation(20), 30).empty());
    for (std::uint8_t i = 3; i < derived_keys_max; ++i) {
        EXPECT_TRUE(keys.add(derivation(2, i), 100U + i).empty());
    }
    EXPECT_EQ(keys.add(derivation(3), 300), (std::vector<CK_OBJECT_HANDLE>{10, 20, 30}));
    EXPECT_EQ(keys.find(derivation(20)), 0U);
    EXPECT_FALSE(keys.derivation_of(30));
}

} // namespace
} // namespace keys::pkcs11
