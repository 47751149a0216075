#include "host/virtual/pad_display.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

std::optional<std::string> shown(PadDisplay& display, std::string_view bytes) {
    std::optional<std::string> last;
    for (char const byte : bytes) {
        last = display.take(static_cast<std::uint8_t>(byte));
    }
    return last;
}

// docs/terminal.md, "PIN pad and display".

TEST(PadDisplay, ShowsTwoLinesWithoutTheirPadding) {
    PadDisplay display;
    EXPECT_EQ(shown(display, "\x02"
                             "Enter PIN:      ****            \x03"),
              "[Enter PIN:|****]");
    EXPECT_EQ(shown(display, "\x02"
                             "\xC7\xEB\xCA\xE4\xC8\xEB\xC3\xDC\xC2\xEB                      \x03"),
              "[请输入密码|]");
}

TEST(PadDisplay, DropsWhatIsTooShortOrTooLongAndFindsItsPlaceAgain) {
    PadDisplay display;
    EXPECT_EQ(shown(display, "\x02 short \x03"), std::nullopt);
    EXPECT_EQ(shown(display, "\x02 much longer than the two lines are \x03"), std::nullopt);
    EXPECT_EQ(shown(display, "\x02lost\x02"
                             "a               b               \x03"),
              "[a|b]");
}

TEST(PadKeys, AreThoseOfThePad) {
    EXPECT_EQ(key_of('7'), 0x37);
    EXPECT_EQ(key_of('\n'), 0x0D);
    EXPECT_EQ(key_of('c'), 0x08);
    EXPECT_EQ(key_of('x'), 0x1B);
    EXPECT_EQ(key_of(','), std::nullopt);
}

} // namespace
} // namespace virtual_card
