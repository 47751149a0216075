// The main job and a batch with each place that keys may be in.
#include "tests/integration/back_end_office.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using integration::BackEnd;
using integration::BackEndOffice;
using integration::Office;
using integration::person;
using integration::typed;

constexpr auto* new_pin = "7531864";

/// A card's kind that the back end has keys for, and how a window works with it.
struct Row {
    BackEnd back_end;
    std::string version;
    std::string algorithm;
};

class WithKeysIn : public testing::TestWithParam<Row> {};

std::vector<Row> rows() {
    std::vector<Row> rows{{BackEnd::file, "3.00", "SM4"},
                          {BackEnd::store, "3.00", "SM4"},
                          {BackEnd::centre, "3.00", "SM4"}};
#ifdef SSCARD_SOFTHSM2
    rows.push_back({BackEnd::hsm, "2.00", "3DES"});
#endif
    return rows;
}

INSTANTIATE_TEST_SUITE_P(EachPlace, WithKeysIn, testing::ValuesIn(rows()), [](auto const& test) {
    return integration::to_text(test.param.back_end);
});

/// The holder's name is read, the PIN is reset, and the new one is the card's.
void expect_served(Office const& office, std::string const& reader, std::string const& name) {
    EXPECT_EQ(office.answer({"card", "info", "--reader", reader})["name"], name);
    (void)office.answer({"pin", "reset", "--new-pin-fd", "0", "--reader", reader},
                        typed({new_pin}));
    EXPECT_EQ(office.answer({"pin", "verify", "--pin-fd", "0", "--reader", reader},
                            typed({new_pin}))["state"],
              "set");
}

TEST_P(WithKeysIn, ACardIsMadeReadAndItsPinResetAndABatchIsMade) {
    BackEndOffice there{GetParam().back_end};
    Office& office = there.window();
    office.configure("[cards]\nversion = \"" + GetParam().version + "\"\n");
    for (std::size_t reader = 0; reader < 3; ++reader) {
        office.insert(reader, {"--version", GetParam().version, "--blank", "--reset-info",
                               "00814E4323869763990000000" + std::to_string(reader)});
    }
    there.open();
    auto const made = office.answer({"card", "personalize", "--stage", "data", "--record",
                                     person("zhang_san"), "--reader", Office::reader_name(0)});
    EXPECT_EQ(made["algorithm"], GetParam().algorithm);
    EXPECT_EQ(made["test_keys"], true);
    expect_served(office, Office::reader_name(0), "张三");
    office.remove(0);

    std::string const people = office.folder() + "/people.jsonl";
    {
        std::ofstream file{people};
        for (char const* const name : {"li_si", "wang_wu"}) {
            std::ifstream record{person(name)};
            file << nlohmann::json::parse(record).dump() << '\n';
        }
    }
    auto const batch = office.sscard({"batch", "run", people, "--stage", "data", "--json"});
    EXPECT_EQ(batch.status, 0) << batch.err << batch.out;
    auto const cards = office.answer({"card", "list"});
    ASSERT_EQ(cards.size(), 3U) << cards;
    for (auto const& card : cards) {
        EXPECT_EQ(card["state"], "live");
    }
    auto const read = office.answer({"card", "info", "--reader", Office::reader_name(1)});
    EXPECT_TRUE(read["name"] == "李四" || read["name"] == "王五") << read;
}

TEST(WithKeysInAPsam, ACardIsReadAndItsPinReset) {
    BackEndOffice there{BackEnd::psam};
    there.window().insert(0, {"--version", "3.00", "--person", person("zhang_san")});
    there.open();
    expect_served(there.window(), Office::reader_name(0), "张三");
    there.window().insert(1, {"--version", "3.00", "--blank"});
    auto const refused =
        there.window().refusal({"card", "personalize", "--stage", "data", "--record",
                                person("zhang_san"), "--reader", Office::reader_name(1)});
    EXPECT_EQ(refused.code, "psam_level_too_low") << "a PSAM makes no cards";
}

} // namespace
