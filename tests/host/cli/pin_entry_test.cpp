#include "host/cli/pin_entry.hpp"

#include "tests/host/cli/counter.hpp"
#include "tests/host/cli/pseudo_terminal.hpp"

#include <gtest/gtest.h>

namespace {

using cli::PseudoTerminal;
using cli::TextDescriptor;

std::string typed(api::Outcome<api::PinText> const& pin) {
    return pin.ok() ? std::string{pin.value().typed()} : pin.error().code;
}

TEST(PinEntry, ADescriptorGivesItsFirstLine) {
    EXPECT_EQ(typed(cli::pin_from_descriptor(TextDescriptor{"123456\nmore"}.number())), "123456");
    EXPECT_EQ(typed(cli::pin_from_descriptor(TextDescriptor{"123456\r\n"}.number())), "123456");
    EXPECT_EQ(typed(cli::pin_from_descriptor(TextDescriptor{"123456"}.number())), "123456");
}

TEST(PinEntry, TheNextLineGivesTheNextPin) {
    TextDescriptor const lines{"123456\n654321\n"};
    EXPECT_EQ(typed(cli::pin_from_descriptor(lines.number())), "123456");
    EXPECT_EQ(typed(cli::pin_from_descriptor(lines.number())), "654321");
    EXPECT_EQ(typed(cli::pin_from_descriptor(lines.number())), "pin_not_given");
}

TEST(PinEntry, ALineThatIsTooLongStaysTooLong) {
    auto const pin = cli::pin_from_descriptor(TextDescriptor{std::string(500, '1')}.number());
    ASSERT_TRUE(pin.ok());
    EXPECT_EQ(pin.value().typed().size(), api::PinText::size_max);
}

TEST(PinEntry, ADescriptorThatIsNotOpenIsTold) {
    auto const pin = cli::pin_from_descriptor(987);
    ASSERT_FALSE(pin.ok());
    EXPECT_EQ(pin.error().code, "pin_not_given");
    EXPECT_TRUE(cli::contains(pin.error().detail, "987"));
}

TEST(PinEntry, APromptShowsNothingOfWhatIsTyped) {
    PseudoTerminal terminal{{"123456"}};
    EXPECT_EQ(typed(cli::ask_pin(terminal.path(), "PIN: ")), "123456");
    EXPECT_EQ(terminal.seen(), "PIN: |\r\n");
}

TEST(PinEntry, ANewPinIsAskedForTwice) {
    PseudoTerminal same{{"123456", "123456"}};
    EXPECT_EQ(typed(cli::ask_new_pin(same.path(), "new: ", "again: ")), "123456");
    PseudoTerminal different{{"123456", "123457"}};
    EXPECT_EQ(typed(cli::ask_new_pin(different.path(), "new: ", "again: ")), "pins_differ");
}

TEST(PinEntry, NothingTypedIsNoPin) {
    PseudoTerminal const terminal{{""}};
    EXPECT_EQ(typed(cli::ask_pin(terminal.path(), "PIN: ")), "pin_not_given");
}

TEST(PinEntry, WithoutATerminalNobodyIsAsked) {
    EXPECT_EQ(typed(cli::ask_pin("/nonexistent/tty", "PIN: ")), "pin_not_given");
    EXPECT_EQ(typed(cli::ask_pin("/dev/null", "PIN: ")), "pin_not_given");
}

} // namespace
