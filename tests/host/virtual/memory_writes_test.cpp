#include "host/virtual/memory_writes.hpp"

#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

namespace virtual_card {
namespace {

/// A card with one directory that has one of everything.
CardMemory small_memory() {
    CardMemory memory{.algorithm = keys::Algorithm::des3, .historical = {}, .transport_key = {}};
    StoredDirectory directory{
        .kind = DirectoryKind::mf, .fid = 0x3F00, .name = {}, .parent = {}, .lock_level = 0};
    directory.keys.push_back({.type = KeyType::external_authentication,
                              .id = 4,
                              .version = 1,
                              .tries = {3, 3},
                              .algorithm = 0,
                              .level = 0x33,
                              .value = Bytes(16, 0x0A)});
    directory.keys.push_back({.type = KeyType::pin,
                              .id = 0,
                              .version = 1,
                              .tries = {6, 5},
                              .algorithm = 0x55,
                              .level = 0x77,
                              .value = {0x12, 0x34, 0x56}});
    for (auto const kind : {FileKind::transparent, FileKind::variable_records, FileKind::cyclic}) {
        directory.files.push_back({.fid = static_cast<std::uint16_t>(kind),
                                   .sfi = 0,
                                   .kind = kind,
                                   .size = 160,
                                   .scw = 0,
                                   .record_length = 4,
                                   .read_control = {},
                                   .write_control = {}});
    }
    directory.files[0].content.assign(160, 0x00);
    directory.files[1].records = {{0x41, 0x02, 0xAA, 0xBB}, {0x42, 0x01, 0xCC}};
    directory.files[2].records = {{1, 1, 1, 1}, {2, 2, 2, 2}, {3, 3, 3, 3}};
    memory.directories.push_back(directory);
    return memory;
}

/// A change of small_memory(), written with the power cut, or not.
class Change {
public:
    explicit Change(std::function<void(StoredDirectory&)> const& alter) {
        alter(after.directories.front());
    }
    [[nodiscard]] std::size_t writes() const {
        WriteGate gate;
        CardMemory now = before;
        write_changes(now, after, gate);
        EXPECT_EQ(now, after);
        return gate.writes();
    }
    [[nodiscard]] StoredDirectory cut(std::size_t write, bool is_torn = false) const {
        WriteGate gate;
        gate.add({write, is_torn});
        CardMemory now = before;
        write_changes(now, after, gate);
        EXPECT_FALSE(gate.has_power());
        return now.directories.front();
    }
    [[nodiscard]] StoredDirectory torn(std::size_t write) const { return cut(write, true); }

    CardMemory before = small_memory();
    CardMemory after = before;
};

TEST(MemoryWrites, OfTransparentBytesGoPageByPage) {
    Change const change{[](StoredDirectory& directory) {
        Bytes& content = directory.files[0].content;
        std::fill(content.begin() + 60, content.begin() + 130, std::uint8_t{0x99});
    }};
    ASSERT_EQ(change.writes(), 3U) << "bytes 60 to 63, 64 to 127, 128 and 129";
    auto const count_new = [](StoredDirectory const& directory) {
        return std::count(directory.files[0].content.begin(), directory.files[0].content.end(),
                          std::uint8_t{0x99});
    };
    EXPECT_EQ(count_new(change.cut(1)), 0);
    EXPECT_EQ(count_new(change.torn(1)), 2);
    EXPECT_EQ(count_new(change.cut(2)), 4);
    EXPECT_EQ(count_new(change.torn(2)), 4 + 32);
    EXPECT_EQ(count_new(change.cut(3)), 4 + 64);
    EXPECT_EQ(count_new(change.torn(3)), 4 + 64 + 1);
}

TEST(MemoryWrites, OfWhatIsEqualAreNone) {
    EXPECT_EQ(Change{[](StoredDirectory&) {}}.writes(), 0U);
}

TEST(MemoryWrites, OfARecordLeaveAMixWhenTorn) {
    Change const change{[](StoredDirectory& directory) {
        directory.files[1].records[0] = {0x41, 0x02, 0x11, 0x22};
    }};
    ASSERT_EQ(change.writes(), 1U);
    EXPECT_EQ(hex_of(change.cut(1).files[1].records[0]), "4102AABB");
    EXPECT_EQ(hex_of(change.torn(1).files[1].records[0]), "410211BB");
}

TEST(MemoryWrites, OfALongerRecordHaveItsLengthFirst) {
    Change const change{[](StoredDirectory& directory) {
        directory.files[1].records[0] = {0x41, 0x04, 0x11, 0x22, 0x33, 0x44};
    }};
    ASSERT_EQ(change.writes(), 1U);
    EXPECT_EQ(hex_of(change.cut(1).files[1].records[0]), "4102AABB");
    EXPECT_EQ(hex_of(change.torn(1).files[1].records[0]), "410411BBFFFF");
}

TEST(MemoryWrites, OfAShorterRecordHaveItsLengthFirst) {
    Change const change{[](StoredDirectory& directory) {
        directory.files[1].records[0] = {0x41, 0x01, 0x11};
    }};
    ASSERT_EQ(change.writes(), 1U);
    EXPECT_EQ(hex_of(change.torn(1).files[1].records[0]), "4101AA");
}

TEST(MemoryWrites, OfARecordOverTwoPagesAreTwo) {
    Change const change{
        [](StoredDirectory& directory) { directory.files[1].records[0] = Bytes(100, 0x11); }};
    ASSERT_EQ(change.writes(), 2U);
    Bytes half(64, 0x11);
    half.resize(100, 0xFF);
    EXPECT_EQ(change.cut(2).files[1].records[0], half);
}

TEST(MemoryWrites, OfAnAddedRecordAreOneThatIsDoneOrNot) {
    Change const change{[](StoredDirectory& directory) {
        directory.files[1].records.push_back({0x43, 0x00});
    }};
    ASSERT_EQ(change.writes(), 1U);
    EXPECT_EQ(change.torn(1), change.before.directories.front());
}

TEST(MemoryWrites, OfAFullCycleTakeTheOldestRecordsPlace) {
    Change const change{[](StoredDirectory& directory) {
        directory.files[2].records = {{9, 9, 9, 9}, {1, 1, 1, 1}, {2, 2, 2, 2}};
    }};
    ASSERT_EQ(change.writes(), 2U);
    using Records = std::vector<Bytes>;
    EXPECT_EQ(change.torn(1).files[2].records, (Records{{1, 1, 1, 1}, {2, 2, 2, 2}, {9, 9, 3, 3}}));
    EXPECT_EQ(change.cut(2).files[2].records, (Records{{1, 1, 1, 1}, {2, 2, 2, 2}, {9, 9, 9, 9}}));
    EXPECT_EQ(change.torn(2).files[2].records, change.cut(2).files[2].records);
}

TEST(MemoryWrites, OfAKeyInPlaceAreItsValueAndThenItsHead) {
    Change const change{[](StoredDirectory& directory) {
        StoredKey& key = directory.keys[0];
        key.value.assign(16, 0xB0);
        key.version = 2;
        key.level = 0x44;
    }};
    ASSERT_EQ(change.writes(), 2U);
    StoredKey const torn_value = change.torn(1).keys[0];
    EXPECT_EQ(hex_of(torn_value.value), "B0B0B0B0B0B0B0B00A0A0A0A0A0A0A0A") << "nobody's key";
    EXPECT_EQ(torn_value.version, 1);
    StoredKey const torn_head = change.torn(2).keys[0];
    EXPECT_EQ(torn_head.value, Bytes(16, 0xB0));
    EXPECT_EQ(torn_head.version, 2);
    EXPECT_EQ(torn_head.level, 0x33);
}

TEST(MemoryWrites, OfAKeyOfAnotherLengthStayAKeyOfOneOfBoth) {
    Change const change{
        [](StoredDirectory& directory) { directory.keys[0].value.assign(8, 0xB0); }};
    ASSERT_EQ(change.writes(), 2U) << "the value, the length in the head";
    EXPECT_EQ(hex_of(change.cut(2).keys[0].value), "B0B0B0B0B0B0B0B0FFFFFFFFFFFFFFFF");
}

TEST(MemoryWrites, OfAPinLeaveAMixAndItsTriesForLast) {
    Change const change{[](StoredDirectory& directory) {
        directory.keys[1].value = {0x98, 0x76};
        directory.keys[1].tries.left = 6;
    }};
    ASSERT_EQ(change.writes(), 2U);
    EXPECT_EQ(hex_of(change.torn(1).keys[1].value), "983456");
    EXPECT_EQ(hex_of(change.cut(2).keys[1].value), "9876");
    EXPECT_EQ(change.cut(2).keys[1].tries.left, 5);
}

TEST(MemoryWrites, WithAMarkAreDoneOrNot) {
    using Alter = std::function<void(StoredDirectory&)>;
    for (Alter const& alter :
         {Alter{[](auto& directory) { directory.is_open = false; }},
          Alter{[](auto& directory) { directory.is_blocked = true; }},
          Alter{[](auto& directory) { directory.keys[1].tries.left = 4; }},
          Alter{[](auto& directory) { directory.keys.push_back(directory.keys[0]); }},
          Alter{[](auto& directory) { directory.files.push_back(directory.files[1]); }},
          Alter{[](auto& directory) { directory.files.pop_back(); }}, Alter{[](auto& directory) {
              directory.files[2].records.insert(directory.files[2].records.begin(),
                                                Bytes{9, 9, 9, 9});
          }},
          Alter{[](auto& directory) { directory.account = MedicalAccount{.balance = 1}; }}}) {
        Change const change{alter};
        EXPECT_EQ(change.writes(), 1U);
        EXPECT_EQ(change.torn(1), change.before.directories.front());
    }
}

TEST(WriteGate, LosesEveryWriteAfterACutUntilThePowerIsBack) {
    WriteGate gate;
    gate.add({2});
    EXPECT_EQ(gate.next(), WriteFate::done);
    EXPECT_EQ(gate.next(), WriteFate::lost);
    EXPECT_EQ(gate.next(), WriteFate::lost);
    EXPECT_EQ(gate.writes(), 2U) << "the cut one counts, what never began does not";
    gate.power_on();
    EXPECT_EQ(gate.next(), WriteFate::done);
}

} // namespace
} // namespace virtual_card
