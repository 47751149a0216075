#include "tests/host/personalization/ways_to_make.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

using session::FaultCode;
using virtual_card::FaultKind;

class Interruption : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Personalize, Interruption, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

std::size_t commands_of(PersonalizationRequest const& request,
                        virtual_card::CardMemory const& memory) {
    Office office{memory};
    auto const report = office.personalize(request);
    return report.ok() ? report.value().commands : 0;
}

PersonalizationRequest data_request(CardKind kind) {
    auto request = request_for(Stage::data, kind);
    request.person = record_of(zhang_san_everywhere());
    return request;
}

TEST_P(Interruption, ACardPulledAtAnyCommandOfTheDataStageIsSaidToBePulled) {
    auto const memory = blank(GetParam());
    auto const request = data_request(GetParam());
    std::size_t const commands = commands_of(request, memory);
    ASSERT_GT(commands, 50U);
    for (std::size_t at = 1; at <= commands; at += points_apart(1)) {
        Office office{memory, {{FaultKind::removal, at}}};
        auto const outcome = office.personalize(request);
        ASSERT_FALSE(outcome.ok()) << at;
        EXPECT_EQ(outcome.error().code, FaultCode::card_removed) << at;
    }
}

TEST_P(Interruption, ACardThatGoesMuteIsSaidToBeMute) {
    auto const memory = blank(GetParam());
    auto const request = data_request(GetParam());
    std::size_t const commands = commands_of(request, memory);
    for (std::size_t at = 1; at <= commands; at += 3) {
        Office office{memory, {{FaultKind::mute, at}}};
        auto const outcome = office.personalize(request);
        ASSERT_FALSE(outcome.ok()) << at;
        EXPECT_EQ(outcome.error().code, FaultCode::card_mute) << at;
    }
}

/// What is asked of a chip before its plan begins: SSSE, and what else it could be.
constexpr std::size_t recognition_commands = 6;

/// Of the structure stage every command of MF and SSSE, where all kinds of step are, and every
/// seventeenth of the rest, which repeats them.
TEST_P(Interruption, AChipPulledInTheStructureStageIsSaidToBePulled) {
    auto const memory = bare_chip(GetParam());
    auto const request = request_for(Stage::structure, GetParam());
    std::size_t const commands = commands_of(request, memory);
    ASSERT_GT(commands, 700U);
    for (std::size_t at = 1; at <= commands; at += points_apart(at < 120 ? 1 : 17)) {
        Office office{memory, {{FaultKind::removal, at}}};
        auto const outcome = office.personalize(request);
        ASSERT_FALSE(outcome.ok()) << at;
        EXPECT_EQ(outcome.error().code, FaultCode::card_removed) << at;
        bool const has_step = outcome.error().detail.find("step ") != std::string::npos;
        EXPECT_TRUE(has_step || at <= recognition_commands) << at;
    }
}

} // namespace
} // namespace personalization
