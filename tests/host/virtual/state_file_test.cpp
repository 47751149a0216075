#include "tests/host/virtual/structure_stage.hpp"

#include "host/virtual/memory_json.hpp"
#include "host/virtual/state_file.hpp"

#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace virtual_card {
namespace {

using nlohmann::json;

/// A few hundred bytes: an MF with a key and two files.
CardMemory small_card() {
    Bench card{plan_2(), bare(plan_2())};
    build_mf(card);
    card.send(create_file_command({"0004", "EF01", "C4", "01", "00", "00"}));
    return card.memory();
}

/// A directory of its own, gone with the test.
class StateFileTest : public testing::Test {
public:
    StateFileTest() {
        std::string name = testing::TempDir() + "/sscard-state-XXXXXX";
        directory = mkdtemp(name.data());
    }
    ~StateFileTest() override { std::filesystem::remove_all(directory); }

    [[nodiscard]] std::string read() const {
        std::ifstream stream{path(), std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    void write(std::string_view text) const {
        std::ofstream stream{path(), std::ios::binary};
        stream << text;
    }
    [[nodiscard]] std::filesystem::path path() const { return directory / "card.state"; }

    std::filesystem::path directory;
};

TEST_F(StateFileTest, GivesBackEveryCard) {
    CardMemory with_account = personalized(plan_2());
    with_account.directories.at(5).account = MedicalAccount{
        .online_counter = 1,
        .balance = 0xFFFFFFFF,
        .proof = TransactionProof{.type = 1, .sequence = 2, .mac = {1, 2, 3, 4}, .tac = {5}}};
    for (CardMemory const& memory : {bare(plan_2()), blank(plan_3()), with_account, small_card()}) {
        StateFile file{path()};
        ASSERT_TRUE(file.commit(memory));
        auto const loaded = file.load();
        ASSERT_TRUE(loaded.ok()) << loaded.error();
        EXPECT_EQ(loaded.value(), memory);
    }
}

TEST_F(StateFileTest, IsWrittenByEveryCommandThatChangesTheCard) {
    StateFile file{path()};
    EXPECT_FALSE(file.exists());
    Bench card{plan_2(), blank(plan_2()), {}, &file};
    card.select(apdu::Directory::ssse);
    EXPECT_FALSE(file.exists()) << "SELECT changes nothing";
    EXPECT_EQ(card.verify("000000"), "63C5");
    ASSERT_TRUE(file.exists());
    EXPECT_EQ(file.load().value(), card.memory());
    EXPECT_EQ(card.verify("123456"), "9000");
    EXPECT_EQ(file.load().value(), card.memory());
}

TEST_F(StateFileTest, LetsTheCardGoOnWhereItWas) {
    StateFile file{path()};
    {
        Bench card{plan_2(), blank(plan_2()), {}, &file};
        card.select(apdu::Directory::ssse);
        ASSERT_EQ(card.verify("000000"), "63C5");
    }
    Bench again{plan_2(), file.load().value(), {}, &file};
    again.select(apdu::Directory::ssse);
    EXPECT_EQ(again.send("00200000"), "63C5");
}

TEST_F(StateFileTest, ThatCannotBeWrittenIsAMemoryFailureAndChangesNothing) {
    StateFile file{directory / "no such directory" / "card.state"};
    Bench card{plan_2(), blank(plan_2()), {}, &file};
    card.select(apdu::Directory::ssse);
    EXPECT_EQ(card.verify("000000"), "6581");
    EXPECT_EQ(card.send("00200000"), "63C6");
}

TEST_F(StateFileTest, IsReadableByItsOwnerOnly) {
    StateFile file{path()};
    ASSERT_TRUE(file.commit(small_card()));
    EXPECT_EQ(std::filesystem::status(path()).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    EXPECT_EQ(std::distance(std::filesystem::directory_iterator{directory}, {}), 1)
        << "nothing is left beside it";
}

TEST(State, CutOffAnywhereIsRefused) {
    std::string const whole = state_text(small_card());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        ASSERT_FALSE(memory_from_state(std::string_view{whole}.substr(0, size)).ok()) << size;
    }
    EXPECT_FALSE(memory_from_state(whole + "\n").ok()) << "longer";
    EXPECT_TRUE(memory_from_state(whole).ok());
}

TEST(State, WithAnyOneBitFlippedIsRefused) {
    std::string text = state_text(small_card());
    for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
        auto const flip = static_cast<char>(1 << (bit % 8));
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ flip);
        ASSERT_FALSE(memory_from_state(text).ok()) << "bit " << bit;
        text[bit / 8] = static_cast<char>(text[bit / 8] ^ flip);
    }
    EXPECT_TRUE(memory_from_state(text).ok());
}

TEST_F(StateFileTest, RefusalsSayWhatIsWrong) {
    StateFile file{path()};
    EXPECT_NE(file.load().error().find("cannot be read"), std::string::npos);
    write("{}");
    EXPECT_NE(file.load().error().find("no state of a virtual card"), std::string::npos);
    ASSERT_TRUE(file.commit(small_card()));
    write(read() + " ");
    EXPECT_NE(file.load().error().find("damaged"), std::string::npos);
}

/// Every member and element of a document.
std::vector<json::json_pointer> all_places(json const& document) {
    std::vector<json::json_pointer> places;
    json const flat = document.flatten();
    for (auto const& [place, value] : flat.items()) {
        for (json::json_pointer at{place}; !at.empty(); at = at.parent_pointer()) {
            places.push_back(at);
        }
    }
    return places;
}

/// Whatever is let in can be worked with.
void try_out(CardMemory const& memory) {
    Bench card{plan_2(), memory};
    for (char const* const command :
         {"00A40000023F00", "00A4000002DDF1", "0084000008", "00B2012C00", "00B0810001",
          "008800001000112233445566770011223344556677", "00200000", "00DC012C03010101"}) {
        card.send(command);
    }
}

/// Everything that a memory can hold, but little of each.
CardMemory varied_card() {
    CardMemory memory = blank(plan_2());
    auto& directories = memory.directories;
    directories[2] = directories[5]; // DF04, which has an account
    directories.resize(3);
    directories[2].account->proof =
        TransactionProof{.type = 1, .sequence = 2, .mac = {1, 2, 3, 4}, .tac = {5}};
    for (StoredDirectory& directory : directories) {
        directory.keys.erase(directory.keys.begin() + 1, directory.keys.end());
        for (StoredFile& file : directory.files) {
            file.records.resize(std::min<std::size_t>(file.records.size(), 1));
        }
    }
    return memory;
}

// As if somebody had put a right checksum over wrong content.
TEST(MemoryJson, WithAnyMemberReplacedIsRefusedOrGivesACardThatWorks) {
    json const document = json_of(varied_card());
    ASSERT_TRUE(memory_from(document).ok());
    std::size_t refused = 0;
    auto const places = all_places(document);
    std::vector<json> const others{nullptr,       true,          -1, 99999999999, "", "0G",
                                   json::array(), json::object()};
    for (std::size_t i = 0; i < places.size(); i += point_distance) {
        for (json const& other : others) {
            json changed = document;
            changed[places[i]] = other;
            auto const memory = memory_from(changed);
            if (!memory.ok()) {
                ++refused;
                EXPECT_EQ(memory.error().front(), '/');
                continue;
            }
            try_out(memory.value());
        }
    }
    EXPECT_GT(refused, places.size() / point_distance);
}

TEST(MemoryJson, TellsThePlaceOfTheFirstFault) {
    json document = json_of(blank(plan_2()));
    document["directories"][3]["files"][1]["size"] = "big";
    EXPECT_EQ(memory_from(document).error(), "/directories/3/files/1/size");
    EXPECT_EQ(memory_from(json{}).error(), "/");
    EXPECT_EQ(memory_from(json::parse("not json", nullptr, false)).error(), "/");
}

TEST(MemoryJson, RefusesWhatIsNoTree) {
    json document = json_of(blank(plan_2()));
    document["directories"][1]["parent"] = 4U;
    EXPECT_EQ(memory_from(document).error(), "/directories");
    document = json_of(blank(plan_2()));
    document["directories"].erase(0);
    EXPECT_FALSE(memory_from(document).ok());
}

} // namespace
} // namespace virtual_card
