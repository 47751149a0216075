#include "apdu/result.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace apdu {
namespace {

Result<int> seven() { return 7; }
Result<int> no_card() { return Error::card_absent; }

TEST(Result, AValueIsOk) {
    EXPECT_TRUE(seven().ok());
    EXPECT_EQ(seven().value(), 7);
}

TEST(Result, AReasonIsNot) {
    EXPECT_FALSE(no_card().ok());
    EXPECT_EQ(no_card().error(), Error::card_absent);
}

TEST(Result, DoneSaysNothingButThatItWentWell) { EXPECT_TRUE(Result<Done>{Done{}}.ok()); }

TEST(Result, AValueCanBeChangedInPlace) {
    Result<int> result = 1;
    result.value() = 2;
    EXPECT_EQ(result.value(), 2);
}

TEST(Result, AMoveOnlyValueMovesOut) {
    Result<std::unique_ptr<int>> result{std::make_unique<int>(3)};
    std::unique_ptr<int> const taken = std::move(result).value();
    EXPECT_EQ(*taken, 3);
}

TEST(Result, ALayerMayHaveReasonsOfItsOwn) {
    Result<int, std::string> const result{std::string{"the door is shut"}};
    EXPECT_EQ(result.error(), "the door is shut");
}

TEST(ResultDeathTest, TheValueOfAReasonIsABug) {
    EXPECT_DEATH((void)no_card().value(), "broken requirement");
}

TEST(ResultDeathTest, TheReasonOfAValueIsABug) {
    EXPECT_DEATH((void)seven().error(), "broken requirement");
}

constexpr Result<int> known_value = 7;
static_assert(known_value.value() == 7);
constexpr Result<int> known_reason = Error::parity;
static_assert(known_reason.error() == Error::parity);

} // namespace
} // namespace apdu
