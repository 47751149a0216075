#include "keys/sealed/store_content.hpp"

#include "tests/keys/sealed/strongroom.hpp"

namespace {

using namespace keys::sealed;
using namespace keys::sealed::test;

keys::MasterKeySet set_of(std::vector<keys::MasterKey> const& cards, bool is_test,
                          keys::sealed::KeyBundle const& terminals) {
    return {cards, is_test, {terminals.bdks, terminals.transport_keys}};
}

std::vector<std::uint8_t> content_of(std::vector<keys::MasterKey> const& keys, bool is_test,
                                     keys::sealed::KeyBundle const& terminals = {}) {
    auto const memory = encode_content(set_of(keys, is_test, terminals));
    auto const bytes = memory.value().bytes();
    return {bytes.begin(), bytes.end()};
}

TEST(StoreContent, StandsInTheDocumentedForm) {
    auto const content = content_of(one_key(), true);
    ASSERT_EQ(content.size(), 30U);
    std::vector<std::uint8_t> expected{1, 0, 1, 'B', 'K', 0, 0, 0, 0, 0, 0, 3, 1, 0};
    expected.insert(expected.end(), {0x44, 0x51, 0x5E, 0x6B, 0x78, 0x85, 0x92, 0x9F, 0xAC, 0xB9,
                                     0xC6, 0xD3, 0xE0, 0xED, 0xFA, 0x07});
    EXPECT_EQ(content, expected);
}

TEST(StoreContent, IsReadBackAsItWas) {
    auto const keys = three_keys();
    auto const held = parse_content(content_of(keys, false));
    ASSERT_TRUE(held.ok());
    EXPECT_EQ(told(held.value()->masters()), told({keys, false}));
    EXPECT_FALSE(held.value()->masters().are_test_keys);
}

TEST(StoreContent, WithKeysOfTerminalsHasThemBehindThoseOfCards) {
    auto const cards = one_key();
    auto const terminals = terminal_keys();
    auto const content = content_of(cards, true, terminals);
    ASSERT_EQ(content.size(), 30U + 2U + 2U * 42U);
    EXPECT_EQ(content[0], 3);
    std::vector<std::uint8_t> const head{0, 2, 1, 0x12, 0x34, 0x56, 1, 0, 0, 0, 0, 16, 0xA5, 1};
    EXPECT_TRUE(std::equal(head.begin(), head.end(), content.begin() + 30));
    std::vector<std::uint8_t> const row{2, 0x12, 0x34, 0x56, 1, 0, 0, 0, 7, 32, 0xA5, 1};
    EXPECT_TRUE(std::equal(row.begin(), row.end(), content.begin() + 30 + 2 + 42));
    auto const held = parse_content(content);
    ASSERT_TRUE(held.ok());
    EXPECT_EQ(told(held.value()->masters()), told(set_of(cards, true, terminals)));
}

TEST(StoreContent, AnythingElseOfTerminalsIsDamaged) {
    auto const whole = content_of(one_key(), true, terminal_keys());
    auto const with = [&whole](std::size_t at, std::uint8_t value) {
        auto changed = whole;
        changed[at] = value;
        return outcome_of(parse_content(changed));
    };
    EXPECT_EQ(with(0, 1), "damaged") << "they are not told of";
    EXPECT_EQ(with(0, 4), "damaged");
    EXPECT_EQ(with(31, 1), "damaged") << "one too few";
    EXPECT_EQ(with(31, 3), "damaged");
    EXPECT_EQ(with(32, 0), "damaged") << "a use";
    EXPECT_EQ(with(32, 3), "damaged");
    EXPECT_EQ(with(37, 1), "damaged") << "behind a BDK's id";
    EXPECT_EQ(with(41, 15), "damaged") << "a size";
    EXPECT_EQ(with(41 + 17, 1), "damaged") << "behind a key of 16 bytes";
    EXPECT_EQ(with(32 + 42, 1), "damaged") << "a BDK with a terminal's id";
    auto none = content_of(one_key(), true);
    none[0] = 3;
    none.insert(none.end(), {0, 0});
    EXPECT_EQ(outcome_of(parse_content(none)), "damaged") << "none of them, but told of";
    auto twice = terminal_keys();
    twice.bdks.push_back(keys::copy_of(twice.bdks.front()));
    EXPECT_EQ(outcome_of(parse_content(content_of(one_key(), true, twice))), "damaged");
}

TEST(StoreContent, AnythingElseIsDamaged) {
    auto const whole = content_of(three_keys(), true);
    auto const with = [&whole](std::size_t at, std::uint8_t value) {
        auto changed = whole;
        changed[at] = value;
        return outcome_of(parse_content(changed));
    };
    EXPECT_EQ(with(0, 2), "damaged");   // the mark
    EXPECT_EQ(with(2, 2), "damaged");   // how many
    EXPECT_EQ(with(3, 'X'), "damaged"); // a name
    EXPECT_EQ(with(10, 'X'), "damaged");
    EXPECT_EQ(with(11, 0), "damaged"); // a kind
    EXPECT_EQ(with(11, 4), "damaged");
    EXPECT_EQ(with(12, 0), "damaged"); // a tier
    EXPECT_EQ(with(12, 4), "damaged");
    EXPECT_EQ(with(13, 4), "damaged");          // a version
    EXPECT_EQ(with(3 + 27 + 26, 1), "damaged"); // behind a DES key
    EXPECT_EQ(outcome_of(parse_content({})), "damaged");
    auto twice = content_of(one_key(), true);
    twice[2] = 2;
    twice.insert(twice.end(), twice.begin() + 3, twice.end());
    EXPECT_EQ(outcome_of(parse_content(twice)), "damaged");
}

} // namespace
