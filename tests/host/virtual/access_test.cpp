#include "tests/host/virtual/card_bench.hpp"

#include "apdu/card_layout.hpp"
#include "keys/key_table.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

namespace virtual_card {
namespace {

using apdu::AccessRule;
using apdu::Directory;
using apdu::KeyName;

/// What a terminal does in a file's directory before it reads or writes.
struct Preparation {
    std::string name;
    bool has_pin = false;
    std::set<KeyName> keys{};
    std::optional<KeyName> elsewhere{}; ///< proved in its own directory before
};

/// The table's word, card.md §1.5–1.10, in plain logic.
bool is_allowed(apdu::Access access, Preparation const& preparation) {
    bool const has_key = preparation.keys.contains(access.key);
    switch (access.rule) {
    case AccessRule::free:
        return true;
    case AccessRule::key:
        return has_key;
    case AccessRule::pin:
        return preparation.has_pin;
    case AccessRule::pin_or_key:
        return preparation.has_pin || has_key;
    case AccessRule::pin_and_key:
        return preparation.has_pin && has_key;
    case AccessRule::never:
        return false;
    }
    return false;
}

/// All external-authentication keys that a terminal can prove in that directory.
std::vector<KeyName> keys_in(Directory directory) {
    std::vector<KeyName> found;
    for (keys::KeyRow const& row : keys::key_table()) {
        if (row.t514_type == KeyType::external_authentication && row.card_id &&
            apdu::directory_of(row.name) == directory) {
            found.push_back(row.name);
        }
    }
    return found;
}

std::vector<Preparation> preparations_for(Directory directory) {
    std::vector<Preparation> all{{"nothing"}, {"PIN", true}};
    for (KeyName const key : keys_in(directory)) {
        std::string const name{apdu::to_text(key)};
        all.push_back({name, false, {key}});
        all.push_back({"PIN and " + name, true, {key}});
    }
    Directory const other = directory == Directory::df01 ? Directory::df03 : Directory::df01;
    for (KeyName const key : keys_in(other)) {
        all.push_back({std::string{apdu::to_text(key)} + " elsewhere", false, {}, key});
    }
    return all;
}

void prepare(Bench& card, Directory directory, Preparation const& preparation) {
    if (preparation.elsewhere) {
        card.select(apdu::directory_of(*preparation.elsewhere));
        ASSERT_EQ(card.authenticate({*preparation.elsewhere}), "9000");
    }
    card.select(directory);
    if (preparation.has_pin) {
        ASSERT_EQ(card.verify("123456"), "9000");
    }
    for (KeyName const key : preparation.keys) {
        ASSERT_EQ(card.authenticate({key}), "9000") << apdu::to_text(key);
    }
}

std::string fid_of(apdu::ElementaryFile const& file) {
    return hex_of(
        std::array{static_cast<std::uint8_t>(file.fid >> 8U), static_cast<std::uint8_t>(file.fid)});
}

bool is_transparent(apdu::ElementaryFile const& file) {
    return file.type == apdu::FileType::transparent;
}

/// READ BINARY or READ RECORD of the current file; true unless 6982.
bool can_read(Bench& card, apdu::ElementaryFile const& file) {
    std::string const answer =
        is_transparent(file) ? card.send("00B0000001") : card.ask("00B2010400");
    EXPECT_TRUE(answer == "6982" || answer == "6A83" || answer.ends_with("9000")) << answer;
    return answer != "6982";
}

/// Writes what is there already; true unless 6982.
bool can_write(Bench& card, Bytes const& record, apdu::ElementaryFile const& file) {
    std::string const length = hex_of(std::array{static_cast<std::uint8_t>(record.size())});
    std::string const answer = is_transparent(file)
                                   ? card.send("00D600000100")
                                   : card.send("00DC0104" + length + hex_of(record));
    EXPECT_TRUE(answer == "6982" || answer == "9000") << answer;
    return answer != "6982";
}

Bytes first_record(CardMemory const& memory, apdu::DedicatedFile const& directory,
                   apdu::ElementaryFile const& file) {
    for (StoredDirectory const& stored : memory.directories) {
        auto const index = find_file_by_fid(stored, file.fid);
        if (stored.fid == directory.fid && index && !stored.files[*index].records.empty()) {
            return stored.files[*index].records.front();
        }
    }
    return Bytes(file.size, 0x00);
}

void check_every_file(CardPlan const& plan) {
    CardMemory const memory = blank(plan);
    for (apdu::DedicatedFile const& directory : apdu::layout_of(plan.version).directories) {
        for (Preparation const& preparation : preparations_for(directory.directory)) {
            Bench card{plan, memory};
            prepare(card, directory.directory, preparation);
            for (apdu::ElementaryFile const& file : directory.files) {
                if (file.is_internal) {
                    continue;
                }
                SCOPED_TRACE(std::string{file.name} + " after " + preparation.name);
                ASSERT_EQ(card.select_fid(fid_of(file)), "9000");
                EXPECT_EQ(can_read(card, file), is_allowed(file.read, preparation));
                EXPECT_EQ(can_write(card, first_record(memory, directory, file), file),
                          is_allowed(file.write, preparation));
            }
        }
    }
}

// Every file × nothing, PIN, each key of the directory, PIN and each key, each key of another
// directory; reading and writing.
TEST(Access, IsAsTheTablesSayOnA2Card) { check_every_file(plan_2()); }
TEST(Access, IsAsTheTablesSayOnA3Card) { check_every_file(plan_3()); }
TEST(Access, IsAsTheTablesSayOnA2CardWithSm4) {
    check_every_file(plan_of(apdu::SpecVersion::v2_00, keys::Algorithm::sm4));
}
TEST(Access, IsAsTheTablesSayOnA1Card) {
    check_every_file(plan_of(apdu::SpecVersion::v1_00, keys::Algorithm::des3));
}

TEST(Access, ByPinIsFreeWhileThePinIsEmpty) {
    CardPlan plan = plan_2();
    plan.pin = "";
    Bench card{plan, blank(plan)};
    card.select(Directory::df01);
    EXPECT_EQ(card.ask("00B2013400").substr(0, 2), "23") << "PIN or key";
    card.select(Directory::df04);
    EXPECT_EQ(card.ask("00B2013400"), "6982") << "PIN and key";
}

TEST(Access, ByPinEndsWithAWrongPin) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df01);
    ASSERT_EQ(card.verify("123456"), "9000");
    ASSERT_EQ(card.verify("123457"), "63C5");
    EXPECT_EQ(card.ask("00B2013400"), "6982");
}

} // namespace
} // namespace virtual_card
