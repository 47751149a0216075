// The main job: cards are made from bare chips and office's blanks, and tell what was put on them.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using integration::Office;
using integration::person;

struct Kind {
    std::string version;
    std::string algorithm;
    bool bare;
};

void PrintTo(Kind const& kind, std::ostream* stream) { // NOLINT(readability-identifier-naming)
    *stream << kind.version << (kind.bare ? " bare" : " blank");
}

class MakingACard : public testing::TestWithParam<Kind> {
protected:
    /// Puts the chip or blank in and makes it 张三's card.
    nlohmann::json make_card() {
        office_.insert(0,
                       {"--version", GetParam().version, GetParam().bare ? "--bare" : "--blank"});
        office_.start_daemon();
        integration::Arguments arguments{"card",     "personalize",
                                         "--record", person("zhang_san"),
                                         "--stage",  GetParam().bare ? "both" : "data"};
        if (GetParam().bare) {
            arguments.insert(arguments.end(), {"--version", GetParam().version, "--algorithm",
                                               GetParam().algorithm, "--region", "639900"});
        }
        return office_.answer(arguments);
    }

    Office office_{};
};

TEST_P(MakingACard, TellsWhatWasMade) {
    auto const made = make_card();
    EXPECT_EQ(made["card_number"], "A00000011");
    EXPECT_EQ(made["version"], GetParam().version);
    EXPECT_EQ(made["algorithm"], GetParam().algorithm);
    EXPECT_EQ(made["region"], "639900");
    EXPECT_EQ(made["test_keys"], true);
    EXPECT_GT(made["steps"], 0);
}

TEST_P(MakingACard, CardInfoHasEveryKeyAndNoOther) {
    make_card();
    auto info = office_.answer({"card", "info"});
    nlohmann::json expected{
        {"region", "639900"},
        {"social_security_number", "110101190001010014"},
        {"card_number", "A00000011"},
        {"card_id", info["card_id"]},
        {"name", "张三"},
        {"reset_info", "00814E43238697159900BF7C7A"},
        {"version", GetParam().version},
        {"issue_date", "2026-11-20"},
        {"expiry_date", "2036-11-20"},
        {"algorithm", GetParam().algorithm},
        {"pin", {{"state", "set"}, {"tries_left", 6}}},
        {"state", "personalized"},
    };
    EXPECT_EQ(info, expected);
    // city ‖ identifier ‖ the chip's serial number ‖ authentication code
    EXPECT_EQ(info["card_id"].get<std::string>().substr(0, 24), "639900D15600000500BF7C7A");
    EXPECT_EQ(info["card_id"].get<std::string>().size(), 32U);
}

TEST_P(MakingACard, EveryItemOfTheRecordIsReadBack) {
    make_card();
    std::ifstream stream{person("zhang_san")};
    auto const record = nlohmann::json::parse(stream);
    for (auto const& [file, items] : record.items()) {
        auto contents = office_.answer({"card", "read", file});
        for (auto const& [item, value] : items.items()) {
            EXPECT_EQ(contents["values"][item], value) << file << " " << item;
        }
    }
}

TEST_P(MakingACard, ASecondTimeIsRefused) {
    make_card();
    auto refused =
        office_.refusal({"card", "personalize", "--record", person("li_si"), "--stage", "data"});
    EXPECT_EQ(refused.code, "already_personalized");
    EXPECT_EQ(office_.answer({"card", "info"})["name"], "张三");
}

TEST_P(MakingACard, ThePinGoesItsWholeWay) {
    make_card();
    auto const verify = [&](std::string const& pin) {
        return office_.sscard({"pin", "verify", "--pin-fd", "0"}, integration::typed({pin})).status;
    };
    EXPECT_EQ(verify("123456"), 0);
    EXPECT_EQ(office_
                  .sscard({"pin", "change", "--pin-fd", "0", "--new-pin-fd", "0"},
                          integration::typed({"123456", "246810"}))
                  .status,
              0);
    EXPECT_EQ(verify("246810"), 0);
    for (int wrong = 0; wrong < 5; ++wrong) {
        EXPECT_EQ(verify("000000"), 7);
    }
    EXPECT_EQ(verify("246811"), 9); // the last try is not spent by a program
    EXPECT_EQ(office_
                  .sscard({"pin", "verify", "--pin-fd", "0", "--spend-last-try"},
                          integration::typed({"000000"}))
                  .status,
              7);
    EXPECT_EQ(office_.answer({"pin", "status"})["state"], "blocked");
    EXPECT_EQ(verify("246810"), 8);
    EXPECT_EQ(office_.sscard({"pin", "reset", "--new-pin-fd", "0"}, integration::typed({"135790"}))
                  .status,
              0);
    EXPECT_EQ(verify("135790"), 0);
    EXPECT_EQ(office_.answer({"pin", "status"})["tries_left"], 6);
}

INSTANTIATE_TEST_SUITE_P(Kinds, MakingACard,
                         testing::Values(Kind{"2.00", "3DES", true}, Kind{"2.00", "3DES", false},
                                         Kind{"3.00", "SM4", true}, Kind{"3.00", "SM4", false}),
                         [](auto const& kind) {
                             return std::string{kind.param.version[0]} +
                                    (kind.param.bare ? "Bare" : "Blank");
                         });

TEST(OneStage, TheStructureAloneMakesABlank) {
    Office office;
    office.insert(0, {"--version", "3.00", "--bare"});
    office.start_daemon();
    auto made = office.answer({"card", "personalize", "--stage", "structure", "--version", "3.00",
                               "--algorithm", "SM4", "--region", "639900"});
    EXPECT_EQ(made["card_number"], "");
    auto info = office.answer({"card", "info"});
    EXPECT_EQ(info["name"], "");
    EXPECT_EQ(info["version"], "3.00");
    EXPECT_EQ(info["pin"]["state"], "set");
}

TEST(OneStage, TheHoldersOwnPinIsSetWhenTheCardIsMade) {
    Office office;
    office.insert(0, {"--version", "2.00", "--blank"});
    office.start_daemon();
    office.answer(
        {"card", "personalize", "--stage", "data", "--record", person("li_si"), "--pin-fd", "0"},
        integration::typed({"975310"}));
    EXPECT_EQ(
        office.sscard({"pin", "verify", "--pin-fd", "0"}, integration::typed({"975310"})).status,
        0);
}

} // namespace
