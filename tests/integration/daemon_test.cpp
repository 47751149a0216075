// The daemon with everything around it: other requests, languages.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <future>

namespace {

using integration::Finished;
using integration::Office;
using integration::person;

TEST(Daemon, IsSaidToBeMissingWhereItDoesNotRun) {
    Office office;
    auto refused = office.refusal({"readers"});
    EXPECT_EQ(refused.code, "no_daemon");
    EXPECT_EQ(refused.status, 3);
}

TEST(Daemon, EndsInOrderAndTakesItsSocketAway) {
    Office office;
    office.start_daemon();
    EXPECT_EQ(office.daemon().end(), 0);
    EXPECT_FALSE(std::filesystem::exists(office.folder() + "/sscardd.socket"));
}

TEST(Daemon, SeesCardsComeAndGo) {
    Office office;
    office.start_daemon();
    for (int round = 0; round < 3; ++round) {
        office.insert(1, {"--version", "2.00", "--person", person("li_si")});
        EXPECT_EQ(office.answer({"card", "info"})["name"], "李四");
        office.remove(1);
        EXPECT_EQ(office.sscard({"card", "info", "--reader", "2"}).status, 5);
    }
}

TEST(Daemon, ServesSeveralCardsAtOnce) {
    std::array<std::string, integration::readers_max> const people{"zhang_san", "li_si", "wang_wu",
                                                                   "zhao_liu"};
    Office office;
    for (std::size_t reader = 0; reader < integration::readers_max; ++reader) {
        office.insert(reader, {"--version", reader < 2 ? "2.00" : "3.00", "--bare", "--reset-info",
                               "00814E4323869763990000000" + std::to_string(reader)});
    }
    office.start_daemon();
    std::vector<std::future<Finished>> making;
    for (std::size_t reader = 0; reader < integration::readers_max; ++reader) {
        making.push_back(std::async(std::launch::async, [&office, &people, reader] {
            return office.sscard({"card", "personalize", "--reader", std::to_string(reader + 1),
                                  "--stage", "both", "--record", person(people[reader]),
                                  "--version", reader < 2 ? "2.00" : "3.00", "--algorithm",
                                  reader < 2 ? "3DES" : "SM4"});
        }));
    }
    for (auto& made : making) {
        auto const finished = made.get();
        EXPECT_EQ(finished.status, 0) << finished.err;
    }
    for (std::size_t reader = 0; reader < integration::readers_max; ++reader) {
        std::ifstream record{person(people[reader])};
        EXPECT_EQ(office.answer({"card", "info", "--reader", std::to_string(reader + 1)})["name"],
                  nlohmann::json::parse(record)["holder_basic_data"]["name"]);
    }
}

TEST(Language, FaultsAreToldInEnglishAndInChinese) {
    Office office;
    office.start_daemon();
    auto const english = office.sscard({"card", "info", "--reader", "1"});
    auto const chinese =
        office.sscard({"card", "info", "--reader", "1"}, {}, {"LC_ALL=zh_CN.UTF-8"});
    EXPECT_EQ(english.status, chinese.status);
    EXPECT_NE(english.err.find("card"), std::string::npos) << english.err;
    EXPECT_NE(chinese.err.find("卡"), std::string::npos) << chinese.err;
}

} // namespace
