// What goes wrong with readers, cards and requests is told by its name, and nothing is lost.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <fstream>

namespace {

using integration::Office;
using integration::person;

TEST(Readers, AreListedWithTheirNamesAndCards) {
    Office office;
    office.insert(1, {"--version", "2.00", "--person", person("zhang_san")});
    office.start_daemon();
    auto readers = office.answer({"readers"});
    ASSERT_EQ(readers.size(), integration::readers_max);
    EXPECT_EQ(readers[1]["name"], Office::reader_name(1));
    EXPECT_EQ(readers[1]["card_present"], true);
    EXPECT_EQ(readers[1]["atr"].get<std::string>().substr(0, 8), "3B6D0000");
    EXPECT_EQ(readers[0]["card_present"], false);
}

TEST(Readers, AWrongNameIsRefused) {
    Office office;
    office.start_daemon();
    auto refused = office.refusal({"card", "info", "--reader", "Reader of Nobody"});
    EXPECT_EQ(refused.code, "unknown_reader");
    EXPECT_EQ(refused.status, 4);
}

TEST(Readers, OneOfSeveralCardsMustBeNamed) {
    Office office;
    office.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
    office.insert(2, {"--version", "3.00", "--person", person("wang_wu")});
    office.start_daemon();
    EXPECT_EQ(office.refusal({"card", "info"}).code, "several_readers");
    EXPECT_EQ(office.answer({"card", "info", "--reader", "1"})["name"], "张三");
    EXPECT_EQ(office.answer({"card", "info", "--reader", "Virtual Reader 2 00 00"})["name"],
              "王五");
}

TEST(Cards, NoCardIsToldByItsName) {
    Office office;
    office.start_daemon();
    auto refused = office.refusal({"card", "info", "--reader", "1"});
    EXPECT_EQ(refused.code, "no_card");
    EXPECT_EQ(refused.status, 5);
}

class ForeignCards : public testing::TestWithParam<std::string> {};

TEST_P(ForeignCards, AreRecognizedAndRefused) {
    Office office;
    office.insert(0, {"--foreign", GetParam()});
    office.start_daemon();
    auto refused = office.refusal({"card", "info"});
    EXPECT_EQ(refused.code, "foreign_card");
    EXPECT_EQ(refused.status, 6);
    EXPECT_EQ(office
                  .refusal({"card", "personalize", "--stage", "both", "--record",
                            person("zhang_san"), "--version", "2.00", "--algorithm", "3DES"})
                  .code,
              "foreign_card");
}

INSTANTIATE_TEST_SUITE_P(Kinds, ForeignCards, testing::Values("bank", "sim"),
                         [](auto const& kind) { return kind.param; });

TEST(Cards, ABareChipHasNothingToRead) {
    Office office;
    office.insert(0, {"--version", "2.00", "--bare"});
    office.start_daemon();
    EXPECT_EQ(office.refusal({"card", "info"}).code, "bare_chip");
}

TEST(Cards, AMuteCardIsToldByItsName) {
    Office office;
    office.insert(0, {"--version", "2.00", "--person", person("zhang_san"), "--fault", "mute"});
    office.start_daemon();
    auto refused = office.refusal({"card", "info"});
    EXPECT_EQ(refused.code, "card_mute");
    EXPECT_EQ(refused.status, 6);
}

TEST(Cards, ACardThatIsNotGenuineIsRefused) {
    Office office;
    office.insert(0, {"--version", "2.00", "--person", person("zhang_san"), "--fault",
                      "wrong-authentication"});
    office.start_daemon();
    EXPECT_EQ(office.refusal({"card", "info"}).code, "card_not_genuine");
}

TEST(Cards, PulledOutWhileItIsMadeACardIsMadeWhenItIsBack) {
    Office office;
    std::string const state = office.folder() + "/card.state";
    office.insert(0, {"--version", "3.00", "--blank", "--state", state, "--fault", "removal@30",
                      "--back-after", "never"});
    office.start_daemon();
    integration::Arguments const making{"card",     "personalize",     "--stage",  "data",
                                        "--record", person("wang_wu"), "--reader", "1"};
    auto refused = office.refusal(making);
    EXPECT_EQ(refused.code, "card_removed");
    EXPECT_EQ(refused.status, 5);
    office.remove(0);

    office.insert(0, {"--state", state});
    // Half a person stands there: it is written over, and the PIN that it has is said.
    integration::Arguments again = making;
    again.insert(again.end(), {"--rewrite-person", "--pin-fd", "0"});
    EXPECT_EQ(office.answer(again, integration::typed({"123456"}))["card_number"], "T0000001X");
    EXPECT_EQ(office.answer({"card", "info", "--reader", "1"})["name"], "王五");
}

TEST(TransportKey, AWrongOneIsTriedOnceAndNotAgainByItself) {
    Office office;
    std::string const other_keys = office.folder() + "/other_keys.json";
    std::ofstream{other_keys} << R"({"test": true, "keys": [{"name": "TK", "algorithm": "3DES",)"
                              << R"( "value": "00112233445566778899AABBCCDDEEFF"}]})";
    office.insert(0, {"--version", "2.00", "--bare", "--keys", other_keys, "--trace"});
    office.start_daemon();
    integration::Arguments const making{"card", "personalize", "--stage", "structure", "--version",
                                        "2.00", "--algorithm", "3DES",    "--region",  "639900"};
    auto wrong = office.refusal(making);
    EXPECT_EQ(wrong.code, "transport_key_wrong");
    EXPECT_EQ(wrong.fault["tries_left"], 2);
    auto again = office.refusal(making);
    EXPECT_EQ(again.code, "transport_key_refused_before");
    EXPECT_EQ(again.status, 9);
    integration::Arguments insisting = making;
    insisting.emplace_back("--try-transport-key-again");
    EXPECT_EQ(office.refusal(insisting).fault["tries_left"], 1); // the second try, not the third
}

TEST(Records, EveryFaultIsListedBeforeTheCardIsTouched) {
    Office office;
    std::string const path = office.folder() + "/record.json";
    std::ifstream stream{person("zhang_san")};
    auto record = nlohmann::json::parse(stream);
    record["holder_basic_data"]["social_security_number"] = "110101190001010015";
    record["holder_basic_data"]["birth_date"] = "1900-02-30";
    record["residence"]["shoe_size"] = "44";
    std::ofstream{path} << record;
    office.insert(0, {"--version", "2.00", "--blank", "--trace"});
    office.start_daemon();
    auto refused = office.refusal({"card", "personalize", "--stage", "data", "--record", path});
    EXPECT_EQ(refused.code, "record_invalid");
    EXPECT_EQ(refused.status, 11);
    EXPECT_EQ(refused.fault["problems"].size(), 3U) << refused.fault;
    // UPDATE RECORD 00 DC, under secure messaging 04 DC
    std::string const trace = integration::text_of_file(office.folder() + "/card0.log");
    EXPECT_EQ(trace.find("DC"), std::string::npos) << trace;
}

} // namespace
