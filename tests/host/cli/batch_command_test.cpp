#include "tests/host/cli/counter.hpp"

#include "host/api/decoder.hpp"
#include "host/api/record_messages.hpp"
#include "host/api/register_messages.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>

namespace {

using api::Json;
using cli::contains;
using cli::Counter;
using cli::json_of;

constexpr std::string_view two_people =
    "holder_basic_data.social_security_number,holder_basic_data.name\n"
    "110101190001010014,张三\n"
    "110101190001010022,李四\n";

/// A counter whose one reader gets a new card whenever it was looked into without one.
class BatchCounter : public Counter {
public:
    BatchCounter() {
        input = two_people;
        service.on<api::ReadersRequest>() = [this](auto&, auto&) {
            bool const is_empty = is_empty_.exchange(false);
            return api::ReaderList{{{1, "Reader A", !is_empty, false, false,
                                     is_empty ? std::nullopt
                                              : std::optional{"3B6D000000814E432386976399000000" +
                                                              std::to_string(10 + card_)}}}};
        };
        service.on<api::RecordCheckRequest>() = [](auto&, auto&) {
            return api::RecordCheck{"A00000011", {}};
        };
        service.on<api::CardListRequest>() = [](auto&, auto&) { return api::CardList{}; };
        service.on<api::CardVoidRequest>() = [](auto&, auto&) {
            return api::Voided{"card_block", "", ""};
        };
        service.on<api::PersonalizeRequest>() = [this](auto& request, auto&) {
            asked.push_back(api::to_json(request));
            ++card_;
            is_empty_ = true;
            if (!fault.empty()) {
                return api::Outcome<api::Personalized>{api::fault(std::exchange(fault, ""))};
            }
            return api::Outcome<api::Personalized>{api::Personalized{
                "data", "639900D1", "A00000011", "2.00", "3DES", "639900", 1, 1, true, {}}};
        };
    }

    std::string fault{}; ///< of the first card
    std::vector<Json> asked{};

private:
    std::atomic<int> card_{0};
    std::atomic<bool> is_empty_{true};
};

TEST(BatchCommand, TellsALineForEachCardAndTheWhole) {
    BatchCounter counter;
    auto const ran = counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(contains(ran.out, "made             person 1  Reader A  A00000011\n")) << ran.out;
    EXPECT_TRUE(contains(ran.out, "made             person 2  Reader A  A00000011\n"));
    EXPECT_TRUE(contains(ran.out, "2 of 2 cards made, "));
    EXPECT_TRUE(contains(ran.out, "  Reader A  2 made\n"));
    EXPECT_TRUE(contains(ran.err, "2 people: 2 to be made, 0 begun before, 0 passed over."));
}

TEST(BatchCommand, TellsAtOnceOfAReaderThatIsNotThere) {
    BatchCounter counter;
    auto const ran = counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data",
                                  "--readers", "Reader", "--readers", "Typo"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    EXPECT_TRUE(contains(ran.err, "The batch waits")) << ran.err;
    EXPECT_TRUE(contains(ran.err, "[Typo (Reader A)]"));
}

TEST(BatchCommand, AsksForEachPersonsCardAsWasSaid) {
    BatchCounter counter;
    EXPECT_EQ(
        counter
            .run({"batch", "run", "-", "--format", "csv", "--stage", "both", "--version", "3.00",
                  "--algorithm", "SM4", "--region", "639900", "--name", "2026-07", "--replacement"})
            .status,
        0);
    ASSERT_EQ(counter.asked.size(), 2U);
    EXPECT_EQ(counter.asked[1],
              Json::parse(R"({"reader":"Reader A","stage":"both","record":"{\"holder_basic_data\":)"
                          R"({\"social_security_number\":\"110101190001010022\",)"
                          R"(\"name\":\"李四\"}}","version":"3.00","algorithm":"SM4",)"
                          R"("region":"639900","rewrite_person":false,"replacement":true,)"
                          R"("batch":"2026-07","try_transport_key_again":false,)"
                          R"("expected_chip":"00814E43238697639900000011"})"));
}

TEST(BatchCommand, JsonIsALineForEachCardAndTheSummary) {
    BatchCounter counter;
    counter.fault = "unexpected_status";
    auto const ran =
        counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data", "--json"});
    EXPECT_EQ(ran.status, 0) << ran.err;
    std::istringstream lines{ran.out};
    std::vector<Json> all;
    for (std::string line; std::getline(lines, line);) {
        all.push_back(json_of(line));
    }
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0]["outcome"], "spoiled");
    EXPECT_EQ(all[0]["fault"]["code"], "unexpected_status");
    EXPECT_EQ(all[0]["person"], 1);
    EXPECT_EQ(all[0]["voided"], true);
    EXPECT_EQ(all[0]["void_fault"], nullptr);
    EXPECT_EQ(all[1]["voided"], nullptr);
    EXPECT_EQ(all[1]["outcome"], "made");
    EXPECT_EQ(all[1]["card_number"], "A00000011");
    EXPECT_EQ(all[1]["fault"], nullptr);
    EXPECT_EQ(all[3]["summary"]["made"], 2);
    EXPECT_EQ(all[3]["summary"]["readers"]["Reader A"]["failures"]["unexpected_status"], 1);
}

TEST(BatchCommand, ASpoiledCardIsToldToBeVoidOrNot) {
    for (bool const can_be_void : {true, false}) {
        BatchCounter counter;
        counter.fault = "unexpected_status";
        if (!can_be_void) {
            counter.service.on<api::CardVoidRequest>() = [](auto&, auto&) {
                return api::Outcome<api::Voided>{api::fault("card_removed")};
            };
        }
        auto const ran = counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data"});
        EXPECT_TRUE(contains(ran.out, can_be_void ? "The card refused the command. It is void now."
                                                  : "It could not be made void, destroy it: The "
                                                    "card was taken out."))
            << ran.out;
    }
}

TEST(BatchCommand, ListsSpoiledCardsInAFileToo) {
    std::string const path =
        std::filesystem::temp_directory_path() / ("spoiled" + std::to_string(getpid()));
    for (int round = 1; round <= 2; ++round) {
        BatchCounter counter;
        counter.fault = "unexpected_status";
        EXPECT_EQ(
            counter
                .run({"batch", "run", "-", "--format", "csv", "--stage", "data", "--spoiled", path})
                .status,
            0);
    }
    std::ifstream file{path};
    std::string line;
    int lines = 0;
    while (std::getline(file, line)) {
        EXPECT_EQ(json_of(line)["outcome"], "spoiled");
        EXPECT_EQ(json_of(line)["voided"], true);
        ++lines;
    }
    EXPECT_EQ(lines, 2); // each run adds its own
    std::filesystem::remove(path);
}

TEST(BatchCommand, ASpoiledCardThatCannotBeListedIsToldAndHalts) {
    BatchCounter counter;
    counter.fault = "unexpected_status";
    auto const ran = counter.run(
        {"batch", "run", "-", "--format", "csv", "--stage", "data", "--spoiled", "/dev/full"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(contains(ran.err, R"({"outcome":"spoiled","person":1)")) << ran.err;
    EXPECT_TRUE(contains(ran.err, "[/dev/full: No space left on device]"));
    EXPECT_EQ(counter.asked.size(), 1U); // nobody else's card was begun
}

TEST(BatchCommand, ResultsThatCannotBeWrittenAreToldAndHalt) {
    BatchCounter counter;
    std::ofstream full{"/dev/full"};
    auto const ran =
        counter.run_into(full, {"batch", "run", "-", "--format", "csv", "--stage", "data"});
    EXPECT_EQ(ran.status, 1);
    EXPECT_TRUE(contains(ran.err, "made             person 1  Reader A  A00000011\n")) << ran.err;
    EXPECT_TRUE(contains(ran.err, "[the results: No space left on device]"));
    EXPECT_EQ(counter.asked.size(), 1U);
}

TEST(BatchCommand, ALineThatWasTornInTheListSpoilsNoOther) {
    std::string const path =
        std::filesystem::temp_directory_path() / ("torn" + std::to_string(getpid()));
    std::ofstream{path} << R"({"outcome":"spoi)";
    BatchCounter counter;
    counter.fault = "unexpected_status";
    EXPECT_EQ(
        counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data", "--spoiled", path})
            .status,
        0);
    std::ifstream file{path};
    std::string line;
    std::getline(file, line);
    std::getline(file, line);
    EXPECT_EQ(json_of(line)["outcome"], "spoiled");
    std::filesystem::remove(path);
}

TEST(BatchCommand, AFaultyFileIsRefusedWholeBeforeTheFirstCard) {
    BatchCounter counter;
    counter.input = "name\n张三\n";
    auto const ran = counter.run({"batch", "run", "-", "--format", "csv"});
    EXPECT_EQ(ran.status, 11);
    EXPECT_TRUE(contains(ran.err, "name")) << ran.err;
    EXPECT_TRUE(counter.asked.empty());
}

TEST(BatchCommand, PeopleWhoHaveACardAreToldOrPassedOver) {
    BatchCounter counter;
    counter.service.on<api::CardListRequest>() = [](auto& request, auto&) {
        api::CardList list;
        if (request.social_security_number == "110101190001010014") {
            api::RegisteredCard card;
            card.state = "live";
            list.cards.push_back(card);
        }
        return list;
    };
    auto const refused = counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data"});
    EXPECT_EQ(refused.status, 11);
    EXPECT_TRUE(contains(refused.err, "has a card")) << refused.err;
    EXPECT_TRUE(counter.asked.empty());
    auto const ran =
        counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data", "--skip-invalid"});
    EXPECT_EQ(ran.status, 1); // not everybody has a card of this batch
    EXPECT_EQ(counter.asked.size(), 1U);
}

TEST(BatchCommand, AHaltTellsWhyAndEndsAsThatFault) {
    BatchCounter counter;
    counter.fault = "key_service_failed";
    auto const ran = counter.run({"batch", "run", "-", "--format", "csv", "--stage", "data"});
    EXPECT_EQ(ran.status, 10);
    EXPECT_TRUE(contains(ran.out, "0 of 2 cards made"));
}

} // namespace
