#include "tests/host/virtual/contact_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using Type = ContactEventType;

std::string atr_of(ContactSettings const& settings) {
    Bench card{plan_2(), blank(plan_2())};
    return hex_of(contact_atr(card.connection().atr(), settings));
}

Fault fault(std::string_view text) { return parse_fault(text).value(); }

TEST(ContactCard, AnswersAResetThatIsHighAfterPowerAndClock) {
    ContactBench card;
    EXPECT_EQ(card.power_up(), atr_of({}));
    EXPECT_TRUE(card.contacts().violations().empty());
    card.event(Type::contacts, 0x19);
    card.now_us += 200;
    card.event(Type::contacts, 0x1D);
    EXPECT_EQ(card.come(), atr_of({})) << "a warm reset";
    card.power_down();
    EXPECT_EQ(card.send("0084000008"), "") << "no power";
    EXPECT_TRUE(card.contacts().violations().empty());
}

TEST(ContactCard, RemembersWhatWasWrongWithTheContacts) {
    ContactBench card;
    card.event(Type::contacts, 0x1D);
    EXPECT_EQ(card.contacts().violations().size(), 4U);
    card.event(Type::contacts, 0x00);
    EXPECT_EQ(card.contacts().violations().back(), "VCC is off before the other contacts are down");
}

TEST(ContactCard, BeginsItsAnswerToResetAfter400ClocksAtThePaceOfTheLine) {
    ContactBench card{{.is_paced = true}};
    for (std::uint8_t const state : std::to_array<std::uint8_t>({0x01, 0x11, 0x19})) {
        card.event(Type::contacts, state);
    }
    card.event(Type::contacts, 0x1D);
    EXPECT_EQ(card.contacts().violations().back(), "RST is high within 400 clocks");
    EXPECT_EQ(card.contacts().due_us(), card.now_us + 100 + 1116) << "12 etu of 93 µs";
    EXPECT_EQ(card.come(100 + 1116), "3B");
    EXPECT_EQ(card.come(2UL * 1116), "6D00");
}

TEST(ContactCard, SpeaksTheInverseConvention) {
    ContactBench card{{.convention = ContactConvention::inverse}};
    auto const atr = card.power_up();
    EXPECT_EQ(atr.substr(0, 9), "03!49!FF!");
    // 00 84 00 00 02: each byte inverted and mirrored, of the other parity.
    for (std::uint8_t const character :
         std::to_array<std::uint8_t>({0xFF, 0xDE, 0xFF, 0xFF, 0xBF})) {
        card.event(Type::wrong_character, character);
    }
    EXPECT_EQ(card.come(), "C9!EF!") << "6C08";
}

TEST(ContactCard, TakesAFasterRateByPpsDirectlyAfterTheReset) {
    ContactBench card{{.ta1 = 0x18}};
    EXPECT_EQ(card.power_up(), atr_of({.ta1 = 0x18}));
    EXPECT_EQ(card.send("FF1018F7"), "FF1018F7");
    EXPECT_EQ(card.send("00"), "E") << "still at the old rate";
    card.event(Type::rate, 0x18);
    EXPECT_EQ(card.send("0084000008").size(), 2 * 11U);
    EXPECT_EQ(card.send("FF1018F700").substr(0, 4), "6D00") << "too late for PPS";
}

TEST(ContactCard, KeepsItsRateUntilTheTerminalHasItsAnswerToPps) {
    ContactBench card{{.ta1 = 0x18}, {fault("parity@26")}}; // 18 of the reset, 4 and 4 of the PPS
    card.power_up();
    for (std::uint8_t const character : std::to_array<std::uint8_t>({0xFF, 0x10, 0x18, 0xF7})) {
        card.event(Type::character, character);
    }
    EXPECT_EQ(card.come(1), "FF1018F7!");
    card.event(Type::error_signal);
    EXPECT_EQ(card.come(), "F7");
    card.event(Type::rate, 0x18);
    EXPECT_EQ(card.send("0084000008").size(), 2 * 11U);
}

TEST(ContactCard, AnswersPpsWithoutARateThatItDoesNotTakeAndNotAtAllWithAWrongOne) {
    ContactBench card{{.ta1 = 0x18}};
    card.power_up();
    EXPECT_EQ(card.send("FF109679"), "FF00FF");
    ContactBench other;
    other.power_up();
    EXPECT_EQ(other.send("FF01FE"), "") << "another protocol";
    ContactBench third;
    third.power_up();
    EXPECT_EQ(third.send("FF00FE"), "") << "a wrong PCK";
}

TEST(ContactCard, AsksAgainForACharacterThreeTimes) {
    ContactBench card;
    card.power_up();
    for (int i = 0; i < 3; ++i) {
        card.event(Type::wrong_character, 0x00);
        EXPECT_EQ(card.come(), "E");
    }
    EXPECT_EQ(card.send("0084000008").size(), 2 * 11U);
    for (int i = 0; i < 4; ++i) {
        card.event(Type::wrong_character, 0x00);
        EXPECT_EQ(card.come(), "E");
    }
    EXPECT_EQ(card.send("0084000008"), "") << "dead until the next reset";
}

TEST(ContactCard, SendsACharacterAgainThreeTimes) {
    // 17 characters of the answer to reset, 5 of the header: 23 is the procedure byte.
    ContactBench card{{}, {fault("parity@23")}};
    card.power_up();
    for (std::uint8_t const character :
         std::to_array<std::uint8_t>({0x00, 0x84, 0x00, 0x00, 0x08})) {
        card.event(Type::character, character);
    }
    EXPECT_EQ(card.come(1), "84!") << "it waits for the signal";
    card.event(Type::error_signal);
    EXPECT_EQ(card.come().substr(0, 2), "84");
    ContactBench always{{}, {fault("parity-always@23")}};
    always.power_up();
    for (std::uint8_t const character :
         std::to_array<std::uint8_t>({0x00, 0x84, 0x00, 0x00, 0x08})) {
        always.event(Type::character, character);
    }
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(always.come(1), "84!");
        always.event(Type::error_signal);
    }
    EXPECT_EQ(always.come(), "");
}

TEST(ContactCard, TellsWhetherItIsIn) {
    ContactBench card;
    card.event(Type::query);
    EXPECT_EQ(card.come(), "+");
    card.contacts().remove();
    EXPECT_EQ(card.come(), "-");
    EXPECT_EQ(card.power_up(), "");
    card.event(Type::contacts, 0x00);
    card.contacts().insert();
    EXPECT_EQ(card.come(), "+");
    EXPECT_EQ(card.power_up(), atr_of({}));
}

TEST(ContactCard, HasItsFaultsAtTheirCharacters) {
    EXPECT_EQ((ContactBench{{}, {fault("mute-at@3")}}.power_up()), "3B6D");
    EXPECT_EQ((ContactBench{{}, {fault("pull-at@3")}}.power_up()), "3B6D-");
    EXPECT_EQ((ContactBench{{}, {fault("babble@2")}}.power_up().substr(0, 10)), "3BA5A5A5A5");
    EXPECT_EQ((ContactBench{{}, {fault("babble:60@2")}}.power_up().substr(0, 8)), "3B606060");
    EXPECT_EQ((ContactBench{{.convention = ContactConvention::inverse}, {fault("babble:60@2")}}
                   .power_up()
                   .substr(0, 9)),
              "03!F9!F9!");
    EXPECT_EQ((ContactBench{{}, {fault("flip:4@2")}}.power_up().substr(0, 6)), "3B7D00");
    EXPECT_EQ((ContactBench{{}, {fault("extra:60@2")}}.power_up().substr(0, 8)), "3B606D00");
    EXPECT_EQ((ContactBench{{}, {fault("bad-ts")}}.power_up().substr(0, 4)), "006D");
    EXPECT_EQ((ContactBench{{}, {fault("parity@2")}}.power_up().substr(0, 7)), "3B6D!00");
    ContactBench nulls{{}, {fault("nulls-forever")}};
    nulls.power_up();
    EXPECT_EQ(nulls.send("0084000008"), "60");
    EXPECT_EQ(nulls.come(1'000'000), "60606060606060606060");
    ContactBench status{{}, {fault("status:6F00@1")}};
    status.power_up();
    EXPECT_EQ(status.send("0084000008"), "6F00") << "faults of commands are there too";
}

// 17 characters of the answer to reset; 22 is P3.
TEST(ContactCard, HearsWhatTheLineMadeOfACharacter) {
    ContactBench flipped{{}, {fault("flip:1@22")}};
    flipped.power_up();
    EXPECT_EQ(flipped.send("0084000008").substr(0, 4), "6C08") << "10 in the place of 8";
    ContactBench extra{{}, {fault("extra:02@22")}};
    extra.power_up();
    EXPECT_EQ(extra.send("00840000").size(), 0U);
    EXPECT_EQ(extra.send("08").substr(0, 4), "6C08") << "2 came before the 8";
}

TEST(ContactCard, WorksForEverFromACommandOn) {
    ContactBench card{{}, {fault("nulls-forever@2")}};
    card.power_up();
    EXPECT_EQ(card.send("0084000008").size(), 2 * 11U);
    EXPECT_EQ(card.send("0084000008"), "60");
    EXPECT_EQ(card.come(300'000), "606060");
}

TEST(ContactCard, IsOffUntilItsPowerIsBack) {
    ContactBench card{{}, {fault("power-cut@1")}};
    card.power_up();
    EXPECT_EQ(card.send("0084000008"), "");
    EXPECT_TRUE(card.contacts().lacks_power());
    card.power_down();
    EXPECT_EQ(card.power_up(), "");
    card.contacts().insert();
    card.power_down();
    EXPECT_EQ(card.power_up(), atr_of({}));
    EXPECT_FALSE(card.contacts().lacks_power());
}

TEST(ContactCard, SaysThatItWorksOnWhileItIsSlow) {
    ContactBench card{{}, {fault("slow:1200ms")}};
    card.power_up();
    EXPECT_EQ(card.send("0084000008"), "");
    EXPECT_EQ(card.come(1'100'000), "6060");
    EXPECT_EQ(card.come(100'000).size(), 2 * 11U);
}

} // namespace
} // namespace virtual_card
