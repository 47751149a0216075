#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"

#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;
using cli::TextDescriptor;

std::vector<std::string> keys_of(Json const& object) {
    std::vector<std::string> keys;
    for (auto const& [key, value] : object.items()) {
        keys.push_back(key);
    }
    return keys;
}

TEST(ReadersCommand, NumbersReadersAndSaysWhatIsInThem) {
    Counter counter;
    counter.service.on<api::ReadersRequest>() = [](auto&, auto&) {
        return api::ReaderList{{{1, "Reader A", true, false, false, "3B6D"},
                                {2, "Reader B", false, false, false, std::nullopt},
                                {3, "Reader C", true, true, false, std::nullopt},
                                {4, "Reader D", true, false, true, "3B00"}}};
    };
    EXPECT_EQ(counter.run({"readers"}).out, "No.  Reader    Card          Work  ATR\n"
                                            "1    Reader A  card          idle  3B6D\n"
                                            "2    Reader B  no card       idle\n"
                                            "3    Reader C  mute card     idle\n"
                                            "4    Reader D  card, in use  idle  3B00\n");
    Json const json = json_of(counter.run({"readers", "--json"}).out);
    ASSERT_TRUE(json.is_array());
    EXPECT_EQ(keys_of(json[0]),
              (std::vector<std::string>{"number", "name", "card_present", "card_mute", "in_use",
                                        "atr", "lane", "hold"}));
    EXPECT_EQ(json[1]["atr"], nullptr);
}

TEST(ReadersCommand, NoReaderIsNoFault) {
    Counter counter;
    counter.service.on<api::ReadersRequest>() = [](auto&, auto&) { return api::ReaderList{}; };
    auto const ran = counter.run({"readers"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "No card reader is connected.\n");
    EXPECT_EQ(json_of(counter.run({"readers", "--json"}).out), Json::array());
}

api::BasicData basic_data() {
    return {"639900",
            "110101190001010014",
            "A00000011",
            "639900D15600000500BF7C7A48FB4966",
            "张三",
            "00814E43238697159900BF7C7A",
            "2.00",
            "2024-01-01",
            "2034-01-01",
            "3DES",
            {api::PinState::set, 6},
            "personalized",
            true,
            true};
}

TEST(InfoCommand, JsonHasExactlyTheDocumentedKeys) {
    Counter counter;
    std::string reader;
    counter.service.on<api::BasicDataRequest>() = [&](auto& request, auto&) {
        reader = request.reader.value_or("");
        return basic_data();
    };
    Json const json = json_of(counter.run({"card", "info", "--reader", "2", "--json"}).out);
    EXPECT_EQ(keys_of(json),
              (std::vector<std::string>{"region", "social_security_number", "card_number",
                                        "card_id", "name", "reset_info", "version", "issue_date",
                                        "expiry_date", "algorithm", "pin", "state"}));
    EXPECT_EQ(json["pin"], (Json{{"state", "set"}, {"tries_left", 6}}));
    EXPECT_EQ(json["algorithm"], "3DES");
    EXPECT_EQ(json["issue_date"], "2024-01-01");
    EXPECT_EQ(json["name"], "张三");
    EXPECT_EQ(reader, "2");
}

TEST(InfoCommand, LabelsAreInTheUsersLanguage) {
    Counter counter;
    counter.service.on<api::BasicDataRequest>() = [](auto&, auto&) { return basic_data(); };
    auto const english = counter.run({"card", "info"});
    EXPECT_TRUE(contains(english.out, "Name                    张三\n")) << english.out;
    EXPECT_TRUE(contains(english.out, "PIN                     set, 6 tries left\n"));
    auto const chinese = counter.run({"--lang=zh", "card", "info"});
    EXPECT_TRUE(contains(chinese.out, "姓名          张三\n")) << chinese.out;
    EXPECT_TRUE(contains(chinese.out, "PIN           已设置，还可尝试 6 次\n"));
}

TEST(InfoCommand, AHolderThatCouldNotBeReadIsTold) {
    Counter counter;
    counter.service.on<api::BasicDataRequest>() = [](auto&, auto&) {
        api::BasicData data = basic_data();
        data.name.clear();
        data.holder_read = false;
        data.genuine_checked = false;
        data.pin = {api::PinState::blocked, 0};
        return data;
    };
    auto const ran = counter.run({"card", "info"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_TRUE(contains(ran.out, "Name                    -\n"));
    EXPECT_TRUE(contains(ran.out, "PIN                     blocked\n"));
    EXPECT_TRUE(contains(ran.out, "need a read key"));
}

api::FileContent record_file() {
    api::FileContent file{"DF01/EF15", "education", "学历", "variable_records", {}, {}, {}};
    file.entries.push_back({"2A", 1, {"education", "学历", "21", "bachelor", "大学本科"}, {}});
    for (std::uint32_t i = 1; i <= 2; ++i) {
        file.entries.push_back({"40",
                                i,
                                {"degree", "学位信息", "", "", ""},
                                {{"degree_code", "学位代码", i == 1 ? "203" : "", "", ""},
                                 {"school", "学校", "", "", ""}}});
    }
    return file;
}

TEST(ReadCommand, AFileIsAnObjectOfItsValues) {
    Counter counter;
    std::string asked;
    counter.service.on<api::FileReadRequest>() = [&](auto& request, auto&) {
        asked = request.file.value_or("all") + "/" + request.item.value_or("all");
        return api::FileContents{{record_file()}};
    };
    Json const json = json_of(counter.run({"card", "read", "education", "--json"}).out);
    EXPECT_EQ(asked, "education/all");
    EXPECT_EQ(json["path"], "DF01/EF15");
    EXPECT_EQ(json["name"], "education");
    EXPECT_EQ(json["values"]["education"], "21");
    EXPECT_EQ(json["values"]["degree"],
              Json::parse(R"([{"degree_code":"203","school":""},{"degree_code":"","school":""}])"));
    (void)counter.run({"card", "read", "education", "degree"});
    EXPECT_EQ(asked, "education/degree");
}

TEST(ReadCommand, PeopleSeeNamesMeaningsAndParts) {
    Counter counter;
    counter.service.on<api::FileReadRequest>() = [](auto&, auto&) {
        return api::FileContents{{record_file()}};
    };
    EXPECT_EQ(counter.run({"card", "read", "education"}).out, "DF01/EF15  education\n"
                                                              "  education      21 (bachelor)\n"
                                                              "  degree #1\n"
                                                              "    degree_code  203\n"
                                                              "    school       -\n"
                                                              "  degree #2\n"
                                                              "    degree_code  -\n"
                                                              "    school       -\n");
    EXPECT_TRUE(
        contains(counter.run({"card", "read", "education", "--lang", "zh"}).out, "学历 education"));
}

TEST(ReadCommand, AllFilesAreAnArrayWithWhatWasNotRead) {
    Counter counter;
    counter.service.on<api::FileReadRequest>() = [](auto& request, auto&) {
        EXPECT_FALSE(request.file);
        api::FileContent cyclic{"DF02/EF07", "employment_history", "就业记录", "cyclic", {}, {},
                                {}};
        cyclic.entries.push_back(
            {"", 1, {"record", "", "", "", ""}, {{"occupation", "", "2020000", "", ""}}});
        api::FileContent photo{"SSSE/EF08", "photo", "照片", "transparent", {}, "AAEC", {}};
        api::FileContent closed{"DF01/EF05", "household", "户籍",      "variable_records",
                                {},          {},          "pin_needed"};
        return api::FileContents{{cyclic, photo, closed}};
    };
    Json const json = json_of(counter.run({"card", "read", "--all", "--json"}).out);
    ASSERT_EQ(json.size(), 3U);
    EXPECT_EQ(json[0]["records"], Json::parse(R"([{"occupation":"2020000"}])"));
    EXPECT_EQ(json[1]["bytes"], "AAEC");
    EXPECT_EQ(json[2]["unread"], "pin_needed");
    EXPECT_TRUE(contains(counter.run({"card", "read", "--all"}).out,
                         "not read: This needs the holder's PIN.\n"));
    EXPECT_TRUE(contains(counter.run({"card", "read", "--all"}).out,
                         "SSSE/EF08  photo\n  3 bytes; --json has them in base64\n"));
}

TEST(ReadCommand, EitherAFileOrAllMustBeSaid) {
    EXPECT_EQ(Counter{}.run({"card", "read"}).status, 2);
    EXPECT_EQ(Counter{}.run({"card", "read", "residence", "--all"}).status, 2);
}

TEST(ReadCommand, APinComesFromADescriptor) {
    Counter counter;
    std::string pin;
    counter.service.on<api::FileReadRequest>() = [&](auto& request, auto&) {
        pin = request.pin ? request.pin->typed() : "none";
        return api::FileContents{{record_file()}};
    };
    TextDescriptor const descriptor{"123456\n"};
    EXPECT_EQ(counter.run({"card", "read", "education", "--pin-fd", descriptor.text()}).status, 0);
    EXPECT_EQ(pin, "123456");
}

/// What `card write` asks the daemon for, as JSON.
Json asked_to_write(std::vector<std::string> arguments, std::string input = {}) {
    Counter counter;
    counter.input = std::move(input);
    Json asked;
    counter.service.on<api::FileWriteRequest>() = [&](auto& request, auto&) {
        asked = api::to_json(request);
        return api::Written{"DF01/EF06", "residence", request.item.value_or(""), 1, 17, true};
    };
    arguments.insert(arguments.begin(), {"card", "write"});
    EXPECT_EQ(counter.run(arguments).status, 0);
    return asked;
}

TEST(WriteCommand, OneItemOneConstructedItemOneCyclicRecordOrAllBytes) {
    EXPECT_EQ(asked_to_write({"residence", "phone", "a=b"}),
              Json::parse(R"({"file":"residence","item":"phone","occurrence":1,"value":"a=b",
                              "parts":{}})"));
    EXPECT_EQ(asked_to_write({"education", "degree", "--occurrence", "2", "--part",
                              "degree_code=203", "--part", "school=a=b"}),
              Json::parse(R"({"file":"education","item":"degree","occurrence":2,
                              "parts":{"degree_code":"203","school":"a=b"}})"));
    EXPECT_EQ(asked_to_write({"history", "--append", "--part", "occupation=1"}),
              Json::parse(R"({"file":"history","occurrence":1,"parts":{"occupation":"1"}})"));
    EXPECT_EQ(asked_to_write({"photo", "--bytes-from", "-"}, std::string{"\0\1\2", 3}),
              Json::parse(R"({"file":"photo","occurrence":1,"parts":{},"bytes":"AAEC"})"));
    EXPECT_EQ(asked_to_write({"residence", "phone", ""})["value"], "");
}

TEST(WriteCommand, WhatIsUnclearIsRefusedBeforeAnythingIsAsked) {
    for (std::vector<std::string> const& arguments :
         std::vector<std::vector<std::string>>{{"residence"},
                                               {"residence", "phone"},
                                               {"residence", "phone", "1", "--part", "a=b"},
                                               {"residence", "phone", "--part", "ab"},
                                               {"history", "--append"},
                                               {"photo", "x", "--bytes-from", "-"},
                                               {"photo", "--bytes-from", "/nonexistent/file"}}) {
        std::vector<std::string> words{"card", "write"};
        words.insert(words.end(), arguments.begin(), arguments.end());
        EXPECT_EQ(Counter{}.run(words).status, 2) << arguments.back();
    }
}

TEST(WriteCommand, TellsWhetherItCouldBeReadBack) {
    Counter counter;
    bool read_back = true;
    counter.service.on<api::FileWriteRequest>() = [&](auto&, auto&) {
        return api::Written{"DF01/EF06", "residence", "phone", 3, 17, read_back};
    };
    EXPECT_EQ(counter.run({"card", "write", "residence", "phone", "1"}).out,
              "Written and read back: residence phone (DF01/EF06), 17 bytes.\n");
    read_back = false;
    EXPECT_EQ(counter.run({"card", "write", "residence", "phone", "1"}).out,
              "Written: residence phone (DF01/EF06), 17 bytes; it cannot be read back.\n");
}

TEST(CheckCommand, TellsWhatDeservesASecondLook) {
    Counter counter;
    std::string record;
    counter.service.on<api::RecordCheckRequest>() = [&](auto& request, auto&) {
        record = request.record.text;
        return api::RecordCheck{"A00000011", {{"/holder/name", "look_alike_dot", ""}}};
    };
    counter.input = "{ \"as\": \"it is\" }\n";
    auto const ran = counter.run({"check", "-"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(record, counter.input);
    EXPECT_EQ(ran.out, "The record is valid. Card number A00000011.\n"
                       "Worth a second look:\n"
                       "  /holder/name  has a dot that only looks like that of names\n");
    EXPECT_EQ(json_of(counter.run({"check", "-", "--json"}).out)["warnings"].size(), 1U);
}

TEST(CheckCommand, ARecordThatIsTooLargeIsNotEvenSent) {
    Counter counter;
    counter.input = std::string((1U << 20U) + 1, ' ');
    EXPECT_EQ(counter.run({"check", "-"}).status, 2);
    EXPECT_EQ(counter.run({"check", "/nonexistent/record"}).status, 2);
}

} // namespace
