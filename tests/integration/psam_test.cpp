// Work at a holder's card by the keys of a PSAM in a reader of its own, through pcscd.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

namespace {

using integration::Office;
using integration::person;
using integration::typed;

/// How often the PSAM gave way with that code.
unsigned times(Office const& office, std::string const& code) {
    auto const status = office.answer({"keys", "list"});
    for (auto const& way : status["psam"]["gave_way"]) {
        if (way["code"] == code) {
            return way["count"];
        }
    }
    return 0;
}

TEST(Psam, DoesTheWorkAtAHoldersCardAloneButForWhatItCannot) {
    Office office;
    office.keep_keys_elsewhere("");
    office.insert(0, {"--version", "3.00", "--person", person("zhang_san")});
    office.insert_psam(2);
    office.start_daemon();
    auto const keys = office.answer({"keys", "list"});
    EXPECT_EQ(keys["back_end"], "none");
    EXPECT_EQ(keys["state"], "open");
    EXPECT_EQ(keys["psam"]["terminal_number"], "639900000001");
    EXPECT_EQ(keys["psam"]["algorithms"].dump(), R"(["3DES","SM4"])");
    EXPECT_EQ(office.answer({"readers"}).size(), 3U) << "the PSAM's reader is for no card";
    EXPECT_EQ(office.answer({"card", "info"})["name"], "张三");
    EXPECT_EQ(office.refusal({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"})).code,
              "key_missing")
        << "STKSSSE only makes MACs there, by the standard's usage byte";
}

TEST(Psam, GivesWayToTheKeysBehindItAndSaysWhy) {
    Office office;
    office.insert(0, {"--version", "3.00", "--person", person("zhang_san")});
    office.insert_psam(2, {"--without-key", "RKSSSE"});
    office.start_daemon();
    EXPECT_EQ(office.answer({"card", "info"})["name"], "张三");
    EXPECT_GT(times(office, "-2203"), 0U);
    (void)office.answer({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"}));
    auto const shown = office.sscard({"keys", "list"});
    EXPECT_NE(shown.out.find("gave way, -2203"), std::string::npos) << shown.out;
    EXPECT_NE(office.logs().find("the PSAM gives way, -2203: it has no RKSSSE"), std::string::npos);
}

TEST(Psam, ThatIsTakenOutIsMissedAndFoundAgain) {
    Office office;
    office.insert(0, {"--version", "3.00", "--person", person("zhang_san")});
    office.insert_psam(2);
    office.start_daemon();
    (void)office.answer({"card", "info"});
    EXPECT_EQ(times(office, "-2201"), 0U);
    office.remove_psam(2);
    (void)office.answer({"card", "info"});
    EXPECT_GT(times(office, "-2201"), 0U);
    EXPECT_EQ(office.answer({"keys", "list"})["psam"]["fault"]["code"], "psam_absent");
    office.insert_psam(2);
    EXPECT_EQ(office.answer({"keys", "list"})["psam"]["fault"], nullptr);
    (void)office.answer({"card", "info"});
}

} // namespace
