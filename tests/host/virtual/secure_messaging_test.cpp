#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

class SecureMessaging : public testing::TestWithParam<keys::Algorithm> {
public:
    CardPlan plan = plan_of(apdu::SpecVersion::v2_00, GetParam());
    CardMemory memory = blank(plan);
};

INSTANTIATE_TEST_SUITE_P(Each, SecureMessaging,
                         testing::Values(keys::Algorithm::des3, keys::Algorithm::sm4));

TEST_P(SecureMessaging, UpdatesWithAMacByTheStkOfTheDirectory) {
    Bench card{plan, memory};
    card.select(Directory::df01);
    ASSERT_EQ(card.authenticate({KeyName::uk2_df01}), "9000");
    ASSERT_EQ(card.verify("123456"), "9000");
    EXPECT_EQ(card.send(card.maced("04DC013C", "290131", {KeyName::stk_df01})), "9000");
    EXPECT_EQ(card.ask("00B2013C00"), "2901319000");
    EXPECT_EQ(card.send(card.maced("04DC013C", "290132", {KeyName::stk_ssse})), "6988")
        << "the STK of another directory";
    EXPECT_EQ(card.ask("00B2013C00"), "2901319000");

    ASSERT_EQ(card.authenticate({KeyName::uk7_df01}), "9000");
    card.select_fid("EF16");
    EXPECT_EQ(card.send(card.maced("04D60010", "ABCD", {KeyName::stk_df01})), "9000");
    EXPECT_EQ(card.send("00B0001002"), "ABCD9000");
}

TEST_P(SecureMessaging, DoesNotReplaceTheWriteRight) {
    Bench card{plan, memory};
    card.select(Directory::df01);
    EXPECT_EQ(card.send(card.maced("04DC013C", "290131", {KeyName::stk_df01})), "6982");
}

TEST_P(SecureMessaging, NeedsAChallengeJustBefore) {
    Bench card{plan, memory};
    card.select(Directory::df01);
    ASSERT_EQ(card.authenticate({KeyName::uk2_df01}), "9000");
    auto const command = card.maced("04DC013C", "290131", {KeyName::stk_df01});
    card.send("00200000");
    EXPECT_EQ(card.send(command), "6985");
    EXPECT_EQ(card.send("04DC013C03000000"), "6700") << "shorter than a MAC";
}

TEST_P(SecureMessaging, TakesAChallengeOfFourBytes) {
    Bench card{plan, memory};
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("0084000004").size(), 2 * (4 + 2));
    EXPECT_EQ(card.send("841E00010400000000"), "6988") << "looked at, and wrong";
}

/// A command with a MAC, sent right after what it needs.
struct Secured {
    std::string name;
    Directory directory;
    std::vector<KeyName> rights;
    std::string file;
    std::string head;
    std::string data;
    KeyName mac_key;
};

std::vector<Secured> secured_commands() {
    return {
        {"UPDATE RECORD",
         Directory::df01,
         {KeyName::uk2_df01},
         "EF07",
         "04DC0104",
         "290131",
         KeyName::stk_df01},
        {"UPDATE BINARY",
         Directory::df01,
         {KeyName::uk7_df01},
         "EF16",
         "04D60010",
         "ABCD",
         KeyName::stk_df01},
        {"PIN UNBLOCK", Directory::ssse, {KeyName::puk}, "EF05", "84240000", "", KeyName::stk_ssse},
        {"APPLICATION BLOCK", Directory::df01, {}, "EF05", "841E0001", "", KeyName::stk_df01},
        {"CARD BLOCK", Directory::ssse, {}, "EF05", "84160000", "", KeyName::bk},
    };
}

std::vector<std::uint8_t> prepared(Bench& card, Secured const& secured) {
    card.select(secured.directory);
    for (KeyName const key : secured.rights) {
        EXPECT_EQ(card.authenticate({key}), "9000");
    }
    card.select_fid(secured.file);
    return card.maced(secured.head, secured.data, {secured.mac_key});
}

// The class byte says whether there is a MAC at all, so it is left alone: CLA 00 is another
// command.
TEST_P(SecureMessaging, RefusesACommandWithAnyOneBitChanged) {
    for (Secured const& secured : secured_commands()) {
        Bench untouched{plan, memory};
        auto const size = prepared(untouched, secured).size();
        for (std::size_t bit = 8; bit < 8 * size; ++bit) {
            Bench card{plan, memory};
            auto command = prepared(card, secured);
            CardMemory const before = card.memory();
            command[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
            EXPECT_NE(card.send(command), "9000") << secured.name << ", bit " << bit;
            EXPECT_EQ(card.memory(), before) << secured.name << ", bit " << bit;
        }
        EXPECT_EQ(untouched.send(prepared(untouched, secured)), "9000") << secured.name;
    }
}

TEST_P(SecureMessaging, RefusesAPinResetWithAnyOneBitChanged) {
    auto const pin = keys::Pin::from_digits("654321");
    std::size_t bits = std::size_t{8} * 9;
    for (std::size_t bit = 8; bit < bits; ++bit) {
        Bench card{plan, memory};
        card.select(Directory::ssse);
        ASSERT_EQ(card.authenticate({KeyName::puk}), "9000");
        auto const secured =
            card.keys().pin_reset_command(card.identity(), card.challenge(), pin.value());
        std::vector<std::uint8_t> command{secured.value().view().begin(),
                                          secured.value().view().end()};
        bits = 8 * command.size();
        command[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        CardMemory const before = card.memory();
        EXPECT_NE(card.send(command), "9000") << "bit " << bit;
        EXPECT_EQ(card.memory(), before) << "bit " << bit;
    }
}

} // namespace
} // namespace virtual_card
