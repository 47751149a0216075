#include "host/api/decoder.hpp"
#include "host/api/key_messages.hpp"

#include <gtest/gtest.h>

namespace {

using api::SecretText;

TEST(SecretText, IsMovedAndNeverCopied) {
    static_assert(!std::is_copy_constructible_v<SecretText>);
    static_assert(!std::is_copy_assignable_v<SecretText>);
    for (std::string const& text : {std::string{"short"}, std::string(5000, 'x')}) {
        SecretText from{text};
        SecretText to{std::move(from)};
        EXPECT_EQ(to.given(), text);
        EXPECT_EQ(from.given(), ""); // NOLINT(bugprone-use-after-move)
        SecretText third{"before"};
        third = std::move(to);
        EXPECT_EQ(third.given(), text);
        EXPECT_EQ(to.given(), ""); // NOLINT(bugprone-use-after-move)
    }
}

TEST(SecretText, IsWipedInTheMessageThatItCameIn) {
    auto json = api::parse_json(R"({"passphrase": "seven blue horses"})");
    ASSERT_TRUE(json);
    api::KeysUnlockRequest request;
    std::vector<api::Problem> problems;
    api::read_message(*json, api::UnknownMembers::refused, request, problems);
    ASSERT_TRUE(problems.empty());
    EXPECT_EQ(request.passphrase->given(), "seven blue horses");
    EXPECT_EQ((*json)["passphrase"].get<std::string>(), std::string(17, '\0'));
}

TEST(SecretText, IsAStringInAMessage) {
    auto const wrong = api::decode<api::KeysUnlockRequest>(
        R"({"passphrase": 7})", api::UnknownMembers::refused, "request_invalid");
    ASSERT_FALSE(wrong.ok());
    EXPECT_EQ(wrong.error().problems.at(0).code, "wrong_type");
}

} // namespace
