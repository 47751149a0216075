// The configuration of keys in an HSM.
#include "host/daemon/configuration.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

using keys::pkcs11::CardKeyExport;

constexpr std::string_view one_token = R"(
[[keys.token]]
module = "/usr/lib/vendor.so"
label = "office"
)";
constexpr std::string_view sm4_numbers = R"(
sm4_key_type = 0x80000101
sm4_blocks = 0x80000102
sm4_chain = 0x80000103
sm4_derive = 0x80000104
)";

ConfigurationResult parsed(std::string const& keys, std::string_view tokens) {
    return parse_configuration("[keys]\n" + keys + "\n" + std::string{tokens});
}

std::string fault_with(std::string const& keys, std::string_view tokens = one_token) {
    auto const result = parsed(keys, tokens);
    auto const* const faults = std::get_if<std::vector<ConfigurationFault>>(&result);
    EXPECT_NE(faults, nullptr) << keys << tokens;
    return faults == nullptr ? "" : faults->front().what;
}

std::string fault_of_token(std::string_view lines) {
    return fault_with("", "[[keys.token]]\n" + std::string{lines});
}

TEST(AnHsmsConfiguration, NamesItsTokens) {
    auto const result =
        parsed("token_pin_credential = \"hsm-pin\"\ncard_keys_may_leave = true",
               std::string{one_token} + std::string{sm4_numbers} + "sm4_generate = 0x80000105\n" +
                   "[[keys.token]]\nmodule = \"/usr/lib/vendor.so\"\nlabel = \"spare\"\n");
    auto const* const taken = std::get_if<Configuration>(&result);
    ASSERT_NE(taken, nullptr);
    ASSERT_EQ(taken->keys.hsm.tokens.size(), 2U);
    auto const& first = taken->keys.hsm.tokens[0];
    EXPECT_EQ(first.module, "/usr/lib/vendor.so");
    EXPECT_EQ(first.label, "office");
    ASSERT_TRUE(first.mechanisms.sm4);
    EXPECT_EQ(first.mechanisms.sm4->key_type, 0x80000101U);
    EXPECT_EQ(first.mechanisms.sm4->blocks, 0x80000102U);
    EXPECT_EQ(first.mechanisms.sm4->chain, 0x80000103U);
    EXPECT_EQ(first.mechanisms.sm4->derive, 0x80000104U);
    EXPECT_EQ(first.mechanisms.sm4->generate, 0x80000105U);
    EXPECT_FALSE(taken->keys.hsm.tokens[1].mechanisms.sm4);
    EXPECT_EQ(taken->keys.token_pin_credential, "hsm-pin");
    EXPECT_EQ(taken->keys.hsm.card_keys, CardKeyExport::allowed);
}

TEST(AnHsmsConfiguration, KeepsCardsKeysInsideUnlessTold) {
    auto const result = parsed("", one_token);
    auto const* const taken = std::get_if<Configuration>(&result);
    ASSERT_NE(taken, nullptr);
    EXPECT_TRUE(taken->keys.is_hsm());
    EXPECT_EQ(taken->keys.hsm.card_keys, CardKeyExport::refused);
}

TEST(AnHsmsConfiguration, IsRefusedWhereSomethingIsWrong) {
    EXPECT_EQ(fault_of_token("label = \"office\""), "[keys.token] needs module and label");
    EXPECT_EQ(fault_of_token("module = \"vendor.so\"\nlabel = \"office\""),
              "keys.token.module must be an absolute path");
    EXPECT_EQ(fault_of_token("module = \"/v.so\"\nlabel = \"" + std::string(33, 'x') + "\""),
              "keys.token.label must be a token's label, of 1 to 32 bytes");
    EXPECT_EQ(fault_with("", std::string{one_token} + std::string{one_token}),
              "[keys.token] is there twice");
    EXPECT_EQ(fault_with("", std::string{one_token} + "sm4_chain = 1\n"),
              "[keys.token] needs all of sm4_key_type, sm4_blocks, sm4_chain and sm4_derive, or "
              "none");
    EXPECT_EQ(fault_with("", std::string{one_token} + "sm4_generate = 1\n"),
              "[keys.token] needs all of sm4_key_type, sm4_blocks, sm4_chain and sm4_derive, or "
              "none");
    EXPECT_EQ(fault_with("", std::string{one_token} + "sm4_chain = 0x100000000\n"),
              "keys.token.sm4_chain must be a number of 32 bits, such as 0x80000001");
    EXPECT_EQ(fault_with("token_pin_credential = \"a/b\""),
              "keys.token_pin_credential must be the name of a credential, without a folder");
}

TEST(AnHsmsConfiguration, IsForTheKeysInOnePlaceOnly) {
    constexpr auto* wrong =
        "[keys] has keys in one place only: token, or one of file, store and centre";
    EXPECT_EQ(fault_with("file = \"/k.json\""), wrong);
    EXPECT_EQ(fault_with("store = \"/k\""), wrong);
    EXPECT_EQ(fault_with("token_pin_credential = \"p\"", ""),
              "keys.token_pin_credential is of no use without keys.token");
    EXPECT_EQ(fault_with("card_keys_may_leave = true", ""),
              "[keys] card_keys_may_leave is of no use without keys.token");
}

} // namespace
} // namespace sscardd
