#include "tests/host/virtual/structure_stage.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

// cos-t514.md §2–3.

class Transport : public testing::Test {
public:
    Bench card{plan_2(), bare(plan_2())};
};

TEST_F(Transport, KeyLetsTheChipHaveAnotherAtrBeforeAllElse) {
    std::string const update = "80E0050008"
                               "0000"
                               "112233445566";
    std::string const first_bytes = "001400000B"
                                    "3B6D0000"
                                    "00814E43238697";
    EXPECT_EQ(card.send(update), "6982") << "under the transport key";
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    EXPECT_EQ(card.send(first_bytes), "6985") << "only behind UPDATE ATR";
    EXPECT_EQ(card.send(update), "9000");
    EXPECT_EQ(card.send("001400000B"
                        "3B6E0000"
                        "00814E43238697"),
              "6A80");
    EXPECT_EQ(card.send(update), "9000");
    EXPECT_EQ(card.send(first_bytes), "9000");
    EXPECT_EQ(hex_of(card.connection().atr()), "3B6D000000814E43238697159900BF7C7A");
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(hex_of(card.connection().atr()), "3B6D000000814E43238697112233445566");
    EXPECT_EQ(card.send(verify_transport_key_command(card)), "63C2") << "over the new serial now";
}

TEST_F(Transport, DoesNotChangeTheAtrThatKeysComeFrom) {
    build_mf(card);
    EXPECT_EQ(card.send("80E0050008"
                        "0000"
                        "112233445566"),
              "6985");
}

} // namespace
} // namespace virtual_card
