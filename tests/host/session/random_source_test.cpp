#include "host/session/random_source.hpp"

#include <array>
#include <gtest/gtest.h>

namespace session {
namespace {

TEST(SystemRandom, GivesOtherNumbersEachTime) {
    std::array<std::uint8_t, 32> first{};
    std::array<std::uint8_t, 32> second{};
    ASSERT_TRUE(system_random(first));
    ASSERT_TRUE(system_random(second));
    EXPECT_NE(first, second);
    EXPECT_NE(first, (std::array<std::uint8_t, 32>{}));
}

} // namespace
} // namespace session
