#include "keys/pkcs11/key_label.hpp"

#include <gtest/gtest.h>

namespace keys::pkcs11 {
namespace {

using apdu::KeyName;

TEST(KeyLabel, NamesAKeyAndIsReadBack) {
    KeyLabel const irk{KeyName::irk, std::nullopt, Tier::ministry, CipherKind::des3, false};
    EXPECT_EQ(to_text(irk), "sscard IRK 3DES ministry");
    KeyLabel const stk{KeyName::stk_ssse, 2, Tier::city, CipherKind::des, true};
    EXPECT_EQ(to_text(stk), "sscard STKSSSE DES city v2 test");
    for (KeyLabel const& label : {irk, stk}) {
        EXPECT_EQ(key_label_from_text(to_text(label)), label);
    }
}

TEST(KeyLabel, OfAnotherObjectIsNone) {
    for (char const* const text :
         {"", "IRK", "sscard", "sscard IRK", "sscard IRK 3DES", "sscard irk 3DES ministry",
          "sscard IRK AES ministry", "sscard IRK 3DES nation", "sscard IRK 3DES ministry v0",
          "sscard IRK 3DES ministry v4", "sscard IRK 3DES ministry v", "other IRK 3DES ministry",
          "sscard IRK 3DES ministry tests", "sscard IRK 3DES ministry test v1",
          "sscard IRK 3DES ministry ", " sscard IRK 3DES ministry", "sscard  IRK 3DES ministry",
          "sscard IRK 3DES ministry v1 test test"}) {
        EXPECT_FALSE(key_label_from_text(text)) << text;
    }
    EXPECT_FALSE(key_label_from_text(std::string(label_size_max + 1, 's')));
}

} // namespace
} // namespace keys::pkcs11
