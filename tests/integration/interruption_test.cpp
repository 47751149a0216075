// A daemon that is killed, a card that is pulled, a batch that is broken off: the same command goes
// on, and no card is lost.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <future>
#include <iostream>
#include <set>

namespace {

using integration::Arguments;
using integration::eventually;
using integration::Office;
using integration::person;

/// Commands that a making sends to a 2.00 chip, of both stages.
constexpr std::size_t commands_of_making = 879;

/// Where the tests stop a making: everywhere under tests/run --long, else here and there.
std::vector<std::size_t> stopping_commands() {
    if (std::getenv("SSCARD_EXHAUSTIVE") == nullptr) {
        return {4, 40, 400, 825, 845, 860, 872};
    }
    std::vector<std::size_t> all;
    for (std::size_t command = 1; command <= commands_of_making; ++command) {
        all.push_back(command);
    }
    return all;
}

Arguments make_command() {
    return {"card",     "personalize",       "--reader",  "1",    "--stage",     "both",
            "--record", person("zhang_san"), "--version", "2.00", "--algorithm", "3DES"};
}

/// What is true of an office where one card was made for 张三, and no other.
void expect_one_finished_card(Office& office) {
    auto const data = office.answer({"card", "info", "--reader", "1"});
    EXPECT_EQ(data["name"], "张三");
    EXPECT_EQ(data["state"], "personalized");
    auto const cards = office.answer({"card", "list"});
    ASSERT_EQ(cards.size(), 1U) << cards;
    EXPECT_EQ(cards[0]["state"], "live");
    std::ifstream stream{person("zhang_san")};
    auto const record = nlohmann::json::parse(stream);
    for (auto const& [file, items] : record.items()) {
        auto const contents = office.answer({"card", "read", "--reader", "1", file});
        ASSERT_TRUE(contents.contains("values")) << file << " " << contents;
        for (auto const& [item, value] : items.items()) {
            EXPECT_EQ(contents["values"][item], value) << file << " " << item;
        }
    }
}

/// The same command once more. A card that still answers the killed daemon's last command keeps its
/// reader in use until it has.
integration::Finished make_again(Office& office) {
    integration::Finished again{};
    EXPECT_TRUE(eventually([&] {
        again = office.sscard(make_command());
        return again.status != 4;
    }));
    return again;
}

void kill_daemon(Office& office) {
    kill(office.daemon().pid(), SIGKILL);
    EXPECT_TRUE(eventually([&] { return !office.daemon().is_running(); }));
}

std::size_t lines_of(std::string const& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

TEST(KilledDaemon, FinishesTheCardWhenItRunsAgain) {
    auto const commands = stopping_commands();
    for (std::size_t const command : commands) {
        SCOPED_TRACE("killed at command " + std::to_string(command));
        Office office;
        office.insert(0, {"--version", "2.00", "--bare", "--trace", "--fault",
                          "slow:1500ms@" + std::to_string(command)});
        office.start_daemon();
        std::string const trace = office.folder() + "/card0.log";
        std::size_t const before = lines_of(integration::text_of_file(trace));
        auto making = std::async(std::launch::async, [&] { return office.sscard(make_command()); });
        EXPECT_TRUE(eventually(
            [&] { return lines_of(integration::text_of_file(trace)) - before + 1 >= command; }));
        kill_daemon(office);
        EXPECT_EQ(making.get().status, 3);
        office.start_daemon();
        auto const again = make_again(office);
        EXPECT_EQ(again.status, 0) << again.err;
        expect_one_finished_card(office);
        if (testing::Test::HasFailure()) {
            return;
        }
    }
    std::cout << commands.size() << " points tried, 0 cards lost\n";
}

TEST(PulledCard, IsFinishedWhenItIsPutInAgain) {
    auto const commands = stopping_commands();
    for (std::size_t const command : commands) {
        SCOPED_TRACE("pulled before command " + std::to_string(command));
        Office office;
        office.insert(0, {"--version", "2.00", "--bare", "--back-after", "1s", "--fault",
                          "removal@" + std::to_string(command)});
        office.start_daemon();
        auto const pulled = office.sscard(make_command());
        EXPECT_EQ(pulled.status, 5) << pulled.err;
        office.expect_card(0, true);
        auto const again = office.sscard(make_command());
        EXPECT_EQ(again.status, 0) << again.err;
        expect_one_finished_card(office);
        if (testing::Test::HasFailure()) {
            return;
        }
    }
    std::cout << commands.size() << " points tried, 0 cards lost\n";
}

/// Four people in a file of JSON lines.
std::string file_of_people(Office const& office) {
    std::string path = office.folder() + "/people.jsonl";
    std::ofstream file{path};
    for (char const* const name : {"zhang_san", "li_si", "wang_wu", "zhao_liu"}) {
        std::ifstream record{person(name)};
        file << nlohmann::json::parse(record).dump() << '\n';
    }
    return path;
}

void insert_blanks(Office& office, Arguments const& options) {
    for (std::size_t reader = 0; reader < integration::readers_max; ++reader) {
        Arguments all{"--version", "2.00", "--blank", "--reset-info",
                      "00814E4323869763990000000" + std::to_string(reader)};
        all.insert(all.end(), options.begin(), options.end());
        office.insert(reader, all);
    }
}

/// Everybody of file_of_people() has one card of the batch, and there is no other card.
void expect_a_card_each(Office& office) {
    auto const cards = office.answer({"card", "list"});
    ASSERT_EQ(cards.size(), integration::readers_max) << cards;
    std::set<std::string> people;
    for (auto const& card : cards) {
        EXPECT_EQ(card["state"], "live");
        EXPECT_EQ(card["batch"], "people.jsonl");
        people.insert(card["social_security_number"].get<std::string>());
    }
    EXPECT_EQ(people.size(), integration::readers_max);
}

Arguments batch_command(std::string const& people) {
    return {"batch", "run", people, "--stage", "data", "--json"};
}

TEST(Batch, MakesACardForEveryPersonOverAllReaders) {
    Office office;
    insert_blanks(office, {});
    office.start_daemon();
    auto const ran = office.sscard(batch_command(file_of_people(office)));
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_EQ(lines_of(ran.out), integration::readers_max + 1) << ran.out;
    expect_a_card_each(office);
}

TEST(Batch, GoesOnAfterDaemonAndBatchWereKilledWithEveryCardBegun) {
    Office office;
    insert_blanks(office, {"--fault", "slow:1500ms@40"});
    office.start_daemon();
    std::string const people = file_of_people(office);
    {
        integration::Background batch{Arguments{std::string{std::getenv("SSCARD_BIN")} + "/sscard",
                                                "--socket", office.folder() + "/sscardd.socket",
                                                "batch", "run", people, "--stage", "data"},
                                      office.folder() + "/batch.log"};
        EXPECT_TRUE(eventually([&] {
            return office.answer({"card", "list", "--state", "in_making"}).size() ==
                   integration::readers_max;
        }));
        kill(batch.pid(), SIGKILL);
        kill_daemon(office);
    }
    office.start_daemon();
    auto const ran = office.sscard(batch_command(people));
    EXPECT_EQ(ran.status, 0) << ran.err;
    expect_a_card_each(office);
}

TEST(Batch, FinishesACardThatWasPulledInItsMiddle) {
    Office office;
    insert_blanks(office, {"--back-after", "1s", "--fault", "removal@40"});
    office.start_daemon();
    auto const ran = office.sscard(batch_command(file_of_people(office)));
    EXPECT_EQ(ran.status, 0) << ran.err << ran.out;
    expect_a_card_each(office);
}

} // namespace
