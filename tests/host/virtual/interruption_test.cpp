#include "tests/host/virtual/structure_stage.hpp"

#include "host/virtual/memory_writes.hpp"
#include "host/virtual/state_file.hpp"

#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

#include <set>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

// A card that loses its power or its reader at any point of its work, and goes on with what it has
// in its memory then.

/// The last memory that was committed.
class LastCommit final : public MemoryStore {
public:
    bool commit(CardMemory const& memory) override {
        last = memory;
        return true;
    }
    std::optional<CardMemory> last{};
};

/// Work that writes everything a card can write. It does not stop at a refusal.
void work_on_bare(Bench& card) {
    card.send(verify_transport_key_command(card));
    card.send(create_mf_command());
    card.send(create_key_file_command());
    (void)write_temporary_mk(card);
    (void)write_key(card, KeyName::mk_mf, {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10}, 0x01);
    card.send(create_fci_file_command());
    card.send(create_file_command({"0090", "EF01", "C4", "01", "00", "00"}));
    card.select_fid("EF01");
    card.send("00D600006E" + std::string(std::size_t{2} * 0x6E, '5'));
    card.send(create_file_command({"0040", "EF02", "C6", "02"}));
    card.select_fid("EF02");
    card.send("00DC01040441020000");
    card.send("00DC01040441021234");
    card.send("80E0020000");
    card.send("80E1000302EF02");
}

void work_on_blank(Bench& card) {
    card.select(Directory::ssse);
    card.verify("000000");
    card.verify("123456");
    card.change_pin("123456", "654321");
    card.authenticate({KeyName::uk_ssse});
    card.select_fid("EF05");
    card.send("00DC03040503" + std::string{"03322E30"});
    card.authenticate({KeyName::puk});
    card.reset_pin("121212");
}

struct Work {
    char const* name;
    CardMemory (*start)(CardPlan const&);
    void (*run)(Bench&);
};

class Interrupted : public testing::TestWithParam<Work> {
public:
    struct Size {
        std::size_t commands;
        std::size_t writes;
    };
    static Size size() {
        Bench card{plan_2(), GetParam().start(plan_2())};
        GetParam().run(card);
        return {card.connection().commands(), card.connection().memory_writes()};
    }
    /// The memory that is left after that interruption.
    static CardMemory left_by(Fault const& fault, AntiTearing anti_tearing = AntiTearing::none) {
        LastCommit store;
        CardMemory const start = GetParam().start(plan_2());
        Bench card{plan_2(), start, {fault}, &store, anti_tearing};
        GetParam().run(card);
        EXPECT_EQ(store.last.value_or(start), card.memory()) << text_of(fault);
        return card.memory();
    }
    /// All memories that uninterrupted work passes through, one for each number of commands.
    static std::vector<CardMemory> memories() {
        std::vector<CardMemory> all;
        for (std::size_t at = 1, count = size().commands; at <= count + 1; ++at) {
            all.push_back(left_by({.kind = FaultKind::power_cut, .at = at}));
        }
        return all;
    }
    /// All memories that its writes pass through, one for each number of writes.
    static std::vector<CardMemory> written() {
        std::vector<CardMemory> all;
        for (std::size_t at = 1, count = size().writes; at <= count + 1; ++at) {
            all.push_back(left_by({.kind = FaultKind::cut_write, .at = at}));
        }
        return all;
    }
};

INSTANTIATE_TEST_SUITE_P(Work, Interrupted,
                         testing::Values(Work{"OnBare", bare, work_on_bare},
                                         Work{"OnBlank", blank, work_on_blank}),
                         [](auto const& each) { return std::string{each.param.name}; });

TEST_P(Interrupted, BeforeOrAfterACommandHasWhatTheCommandsUntilThenWrote) {
    auto const all = memories();
    for (std::size_t at = 1; at < all.size(); ++at) {
        EXPECT_EQ(left_by({.kind = FaultKind::removal, .at = at}), all[at - 1]);
        EXPECT_EQ(left_by({.kind = FaultKind::removal_after, .at = at}), all[at]);
        EXPECT_EQ(left_by({.kind = FaultKind::power_cut_after, .at = at}), all[at]);
    }
}

TEST_P(Interrupted, AtAWriteHasTheEarlierWritesAndNoLater) {
    auto const all = written();
    ASSERT_GT(all.size(), 10U);
    EXPECT_EQ(all.front(), GetParam().start(plan_2()));
    for (std::size_t at = 1; at < all.size(); ++at) {
        WriteGate one_write;
        CardMemory memory = all[at - 1];
        write_changes(memory, all[at], one_write);
        EXPECT_EQ(one_write.writes(), 1U) << "write " << at;
    }
}

TEST_P(Interrupted, InTheMiddleOfAWriteHasAPartOfItOrNone) {
    auto const all = written();
    std::size_t parts = 0;
    for (std::size_t at = 1; at < all.size(); ++at) {
        CardMemory const torn = left_by({.kind = FaultKind::torn_write, .at = at});
        EXPECT_NE(torn, all[at]) << "write " << at;
        parts += torn != all[at - 1] ? 1U : 0U;
    }
    EXPECT_GT(parts, 0U);
}

TEST_P(Interrupted, WithAntiTearingHasWholeCommandsOnly) {
    auto const all = memories();
    for (auto const kind : {FaultKind::cut_write, FaultKind::torn_write}) {
        for (std::size_t at = 1, count = size().writes; at <= count; ++at) {
            CardMemory const left = left_by({.kind = kind, .at = at}, AntiTearing::undo);
            EXPECT_NE(std::find(all.begin(), all.end(), left), all.end()) << "write " << at;
        }
    }
}

TEST_P(Interrupted, AnywhereIsACardThatGoesOn) {
    auto const [commands, writes] = size();
    std::optional<CardMemory> last;
    auto const all = every_interruption(commands, writes);
    for (std::size_t i = 0; i < all.size(); i += point_distance) {
        Fault const& fault = all[i];
        CardMemory const left = left_by(fault);
        if (left != last) {
            ASSERT_EQ(memory_from_state(state_text(left)).value(), left) << text_of(fault);
            last = left;
        }
        Bench card{plan_2(), GetParam().start(plan_2()), {fault}};
        GetParam().run(card);
        card.connection().insert();
        EXPECT_EQ(card.memory(), left);
        EXPECT_EQ(card.send("0084000008").size(), 20U) << text_of(fault);
        GetParam().run(card);
    }
}

TEST(InterruptedCard, SaysNothingUntilItsPowerIsBack) {
    Bench card{plan_2(), blank(plan_2()), {{.kind = FaultKind::cut_write, .at = 1}}};
    card.select(Directory::ssse);
    EXPECT_EQ(card.verify("123456"), "mute");
    EXPECT_EQ(card.send("0084000008"), "mute");
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(card.send("00200000"), "6A88") << "its rights and its directory are lost";
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00200000"), "63C6");
}

TEST(InterruptedCard, HasSpentTheTryThatItWasJudging) {
    Bench card{plan_2(), blank(plan_2()), {{.kind = FaultKind::cut_write, .at = 2}}};
    card.select(Directory::ssse);
    EXPECT_EQ(card.verify("123456"), "mute") << "a try is taken first and given back after";
    card.connection().insert();
    card.select(Directory::ssse);
    EXPECT_EQ(card.send("00200000"), "63C5");
    EXPECT_EQ(card.verify("123456"), "9000");
    EXPECT_EQ(card.send("00200000"), "63C6");
}

TEST(EveryInterruption, IsEachKindAtEachPlaceOnce) {
    std::set<std::string> texts;
    for (Fault const& fault : every_interruption(2, 3)) {
        texts.insert(text_of(fault));
    }
    EXPECT_EQ(texts, (std::set<std::string>{"removal@1", "removal@2", "removal-after@1",
                                            "removal-after@2", "power-cut@1", "power-cut@2",
                                            "power-cut-after@1", "power-cut-after@2", "cut-write@1",
                                            "cut-write@2", "cut-write@3", "torn-write@1",
                                            "torn-write@2", "torn-write@3"}));
}

} // namespace
} // namespace virtual_card
