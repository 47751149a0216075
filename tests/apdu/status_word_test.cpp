#include "apdu/status_word.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

TEST(StatusWord, A9000IsSuccess) { EXPECT_TRUE(StatusWord{0x9000}.is_success()); }
TEST(StatusWord, A9001IsNot) { EXPECT_FALSE(StatusWord{0x9001}.is_success()); }
TEST(StatusWord, A63C2LeavesTwoTries) { EXPECT_EQ(StatusWord{0x63C2}.tries_left(), 2); }
TEST(StatusWord, A63C0LeavesNone) { EXPECT_EQ(StatusWord{0x63C0}.tries_left(), 0); }
TEST(StatusWord, A6300SaysNothingOfTries) { EXPECT_FALSE(StatusWord{0x6300}.tries_left()); }
TEST(StatusWord, A6983SaysNothingOfTries) { EXPECT_FALSE(StatusWord{0x6983}.tries_left()); }
TEST(StatusWord, A6112HasEighteenBytesWaiting) {
    EXPECT_EQ(StatusWord{0x6112}.bytes_waiting(), 18);
}
TEST(StatusWord, A6100Has256BytesWaiting) { EXPECT_EQ(StatusWord{0x6100}.bytes_waiting(), 256); }
TEST(StatusWord, A6C0EWantsFourteen) { EXPECT_EQ(StatusWord{0x6C0E}.exact_ne(), 14); }
TEST(StatusWord, A6C00Wants256) { EXPECT_EQ(StatusWord{0x6C00}.exact_ne(), 256); }

TEST(StatusWord, ItsTwoBytesAreTheWord) {
    StatusWord const status{0x6A, 0x82};
    EXPECT_EQ(status, StatusWord{0x6A82});
    EXPECT_EQ(status.sw1(), 0x6A);
    EXPECT_EQ(status.sw2(), 0x82);
}

TEST(StatusWord, AllValuesKeepTheirBytes) {
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        StatusWord const status{static_cast<std::uint16_t>(value)};
        ASSERT_EQ(status.value(), value);
        ASSERT_EQ(status.sw1() * 256U + status.sw2(), value);
        ASSERT_EQ((StatusWord{status.sw1(), status.sw2()}), status);
    }
}

TEST(StatusWord, AllValuesAnswerAtMostOneQuestion) {
    int successes = 0;
    int with_tries = 0;
    int with_waiting = 0;
    int with_exact = 0;
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        StatusWord const status{static_cast<std::uint16_t>(value)};
        int const answers = int{status.is_success()} + int{status.tries_left().has_value()} +
                            int{status.bytes_waiting().has_value()} +
                            int{status.exact_ne().has_value()};
        ASSERT_LE(answers, 1) << value;
        successes += int{status.is_success()};
        with_tries += int{status.tries_left().has_value()};
        with_waiting += int{status.bytes_waiting().has_value()};
        with_exact += int{status.exact_ne().has_value()};
    }
    EXPECT_EQ(successes, 1);
    EXPECT_EQ(with_tries, 16);
    EXPECT_EQ(with_waiting, 256);
    EXPECT_EQ(with_exact, 256);
}

TEST(StatusWord, AllValuesAnswerWithinBounds) {
    for (unsigned value = 0; value <= 0xFFFF; ++value) {
        StatusWord const status{static_cast<std::uint16_t>(value)};
        ASSERT_LE(status.tries_left().value_or(0), 15);
        ASSERT_LE(status.bytes_waiting().value_or(1), 256);
        ASSERT_GE(status.bytes_waiting().value_or(1), 1);
        ASSERT_LE(status.exact_ne().value_or(1), 256);
        ASSERT_GE(status.exact_ne().value_or(1), 1);
    }
}

} // namespace
} // namespace apdu
