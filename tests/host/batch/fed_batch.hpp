#pragma once

#include "host/batch/batch_run.hpp"

#include "tests/host/batch/fed_readers.hpp"

#include <gtest/gtest.h>

namespace batch {

/// A batch against a daemon whose readers and cards are the test's.
class ABatch : public testing::Test {
public:
    /// Cards as words, the first one first.
    void put(std::string const& reader, std::vector<std::string_view> cards) {
        for (auto card = cards.rbegin(); card != cards.rend(); ++card) {
            office.readers[reader].stack.push_back(chip(*card));
        }
    }

    /// Runs to its end over people named a, b, c …; records are their names.
    void run(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            std::string const name(1, static_cast<char>('a' + i));
            people.push_back({i + 1, name, name, name});
        }
        policy.name = "2026-07";
        policy.socket = office.socket();
        policy.stage = api::Stage::data;
        policy.poll = std::chrono::milliseconds{1};
        run_.emplace(policy, people,
                     Listeners{[this](Result const& result) { hear(result); },
                               [this](std::string const& reader, api::Fault const& why) {
                                   left_out.push_back(reader + " " + why.code);
                               },
                               [this](api::Fault const& why) {
                                   waited_for.push_back(why.code + " " + why.detail);
                               }});
        auto const found = run_->prepare([](std::size_t) {});
        ASSERT_TRUE(found.ok());
        preparation = found.value();
        run_->run();
    }

    void hear(Result const& result) {
        results.push_back(std::string{result.outcome} + " " + result.person->name +
                          (result.fault.code.empty() ? "" : " " + result.fault.code));
        if (result.outcome == "spoiled") {
            voids.push_back(result.is_void ? "void" : "not void " + result.void_fault.code);
        }
    }

    FedReaders office{};
    Policy policy{};
    std::vector<Person> people{};
    std::vector<std::string> results{};
    std::vector<std::string> voids{}; ///< of each spoiled card
    std::vector<std::string> left_out{};
    std::vector<std::string> waited_for{};
    Preparation preparation{};
    std::optional<BatchRun> run_{};
};

using Lines = std::vector<std::string>;

} // namespace batch
