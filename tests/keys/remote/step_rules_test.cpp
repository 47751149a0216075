// What each purpose may ask the key service for.
#include "keys/remote/step_rules.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace keys::remote {
namespace {

using apdu::KeyName;

bool allows(CardPurpose purpose, SeamCall const& call) {
    auto const rules = step_rules(purpose);
    return std::any_of(rules.begin(), rules.end(),
                       [&call](StepRule const& rule) { return is_for(rule, call); });
}

std::vector<CardPurpose> purposes_that_allow(SeamCall const& call) {
    std::vector<CardPurpose> found;
    for (std::size_t i = 0; i < card_purpose_count; ++i) {
        if (allows(static_cast<CardPurpose>(i), call)) {
            found.push_back(static_cast<CardPurpose>(i));
        }
    }
    return found;
}

using Purposes = std::vector<CardPurpose>;
using enum CardPurpose;

MacedCommand maced(KeyName key, std::array<std::uint8_t, 4> header) {
    return {{key}, {}, header, {}};
}

TEST(ThePurpose, AloneLetsAPinBeReset) {
    EXPECT_EQ(purposes_that_allow(PinReset{}),
              (Purposes{pin_reset, personalize_data, personalize_card}));
    EXPECT_EQ(purposes_that_allow(TerminalPinReset{}), Purposes{pin_reset});
}

TEST(ThePurpose, AloneLetsACardBeBlocked) {
    auto const command = maced(KeyName::bk, {0x84, 0x16, 0x00, 0x00});
    EXPECT_EQ(purposes_that_allow(command), (Purposes{card_block, card_void}));
}

TEST(ThePurpose, AloneLetsKeysBeWritten) {
    Purposes const structure{personalize_structure, personalize_card};
    EXPECT_EQ(purposes_that_allow(TemporaryMk{}), structure);
    EXPECT_EQ(purposes_that_allow(TransportProof{}), structure);
    KeyLoading loading{{{KeyName::puk}, {KeyName::temporary_mk}, {}, 0}, {}};
    EXPECT_EQ(purposes_that_allow(loading), structure);
    loading.load.under.name = KeyName::mk_ssse; // a card's own MK loads nothing
    EXPECT_EQ(purposes_that_allow(loading), Purposes{});
    loading.load = {{KeyName::temporary_mk}, {KeyName::temporary_mk}, {}, 0};
    EXPECT_EQ(purposes_that_allow(loading), Purposes{});
}

TEST(ThePurpose, AllowsOneHeaderWhereItAllowsAMac) {
    auto const unblock = maced(KeyName::stk_ssse, {0x84, 0x24, 0x00, 0x00});
    EXPECT_TRUE(allows(pin_unblock, unblock));
    auto other = unblock;
    other.header[3] = 0x01;
    EXPECT_FALSE(allows(pin_unblock, other));
    other = unblock;
    other.data = {0x00};
    EXPECT_FALSE(allows(pin_unblock, other));
    EXPECT_FALSE(allows(pin_unblock, maced(KeyName::stk_df01, unblock.header)));
}

TEST(ThePurpose, ToReadGivesNoRightToWrite) {
    EXPECT_TRUE(allows(card_read, ExternalAuthentication{{KeyName::rk_ssse}, {}, {}}));
    EXPECT_FALSE(allows(card_read, ExternalAuthentication{{KeyName::uk_ssse}, {}, {}}));
    EXPECT_TRUE(allows(card_write, ExternalAuthentication{{KeyName::uk_ssse}, {}, {}}));
    EXPECT_FALSE(allows(card_write, ExternalAuthentication{{KeyName::puk}, {}, {}}));
}

TEST(ThePurpose, ForAWholeCardIsBothStages) {
    auto const whole = step_rules(personalize_card).size();
    EXPECT_EQ(whole,
              step_rules(personalize_data).size() + step_rules(personalize_structure).size());
}

TEST(ThePurpose, HasAName) {
    for (std::size_t i = 0; i < card_purpose_count; ++i) {
        auto const purpose = static_cast<CardPurpose>(i);
        EXPECT_EQ(card_purpose_from_text(to_text(purpose)), purpose);
        EXPECT_FALSE(step_rules(purpose).empty());
    }
    EXPECT_FALSE(card_purpose_from_text("encrypt").has_value());
}

} // namespace
} // namespace keys::remote
