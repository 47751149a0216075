#include "tests/host/personalization/office.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

class Describe : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Plan, Describe, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

PersonalizationRequest whole_request(CardKind kind) {
    auto request = request_for(Stage::both, kind);
    request.person = record_of(zhang_san_everywhere());
    request.holder_pin = pin_of("654321");
    return request;
}

/// CLA INS P1 P2 of a line, or of an exchange.
std::string header_of(session::ExchangeTrace const& trace) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string text;
    for (std::uint8_t const byte :
         {trace.cla.value(), static_cast<std::uint8_t>(trace.ins), trace.p1, trace.p2}) {
        text += digits[byte >> 4U];
        text += digits[byte & 0x0FU];
        text += ' ';
    }
    return text.substr(0, 11);
}

TEST_P(Describe, TellsEveryCommandThatIsSentInItsOrder) {
    Office office{bare_chip(GetParam())};
    auto const request = whole_request(GetParam());
    auto const plan = make_structure_plan(request, card_plan(GetParam()).historical, office.keys());
    ASSERT_TRUE(plan.ok());
    std::vector<std::string> told;
    for (PlanLine const& line : describe(plan.value())) {
        if (line.command != "<reset>") {
            told.push_back(line.command.substr(0, 11));
        }
    }
    std::vector<std::string> sent;
    office.channel().on_exchange([&sent](session::ExchangeTrace const& trace) {
        if (trace.ins != apdu::Ins::get_response) {
            sent.push_back(header_of(trace));
        }
    });
    Pins const pins{request.default_pin, &*request.holder_pin};
    ASSERT_TRUE(carry_out(plan.value(), office.channel(), office.keys(), pins, {}).ok());
    EXPECT_EQ(sent, told);
}

TEST_P(Describe, MasksKeysAndPins) {
    Office office{bare_chip(GetParam())};
    auto const plan = make_structure_plan(whole_request(GetParam()),
                                          card_plan(GetParam()).historical, office.keys());
    ASSERT_TRUE(plan.ok());
    std::size_t masked = 0;
    for (PlanLine const& line : describe(plan.value())) {
        EXPECT_EQ(line.command.find("12 34 56"), std::string::npos); // default PIN
        EXPECT_EQ(line.command.find("65 43 21"), std::string::npos); // holder's PIN
        masked += line.command.find('<') != std::string::npos ? 1 : 0;
    }
    EXPECT_GT(masked, 100U);
}

TEST(DescribedAuthentication, HasTheKeysVersionWhereItIsNotTheFirst) {
    auto request = request_for(Stage::data, kind_2_00);
    Office office{blank(kind_2_00)};
    auto const first = plan_for_card(office.channel(), office.keys(), request);
    request.versions.use(keys::Algorithm::des3, {apdu::KeyName::uk_ssse, 2});
    request.versions.use(keys::Algorithm::des3, {apdu::KeyName::irk, 3});
    auto const rotated = plan_for_card(office.channel(), office.keys(), request);
    ASSERT_TRUE(first.ok() && rotated.ok());
    auto const commands_of = [](Plan const& plan) {
        std::vector<std::string> commands;
        for (PlanLine const& line : describe(plan)) {
            commands.push_back(line.command);
        }
        return commands;
    };
    auto const has = [](std::vector<std::string> const& lines, std::string const& line) {
        return std::find(lines.begin(), lines.end(), line) != lines.end();
    };
    EXPECT_TRUE(has(commands_of(first.value()), "00 88 00 00 10 <random numbers> 08"));
    EXPECT_TRUE(
        has(commands_of(first.value()), "00 82 00 04 10 <authentication by UKSSSE 1> <original>"));
    EXPECT_TRUE(has(commands_of(rotated.value()), "00 88 00 00 11 <random numbers> 03 08"));
    EXPECT_TRUE(has(commands_of(rotated.value()),
                    "00 82 00 04 11 <authentication by UKSSSE 2> <original> 02"));
}

TEST(StepLabel, IsToldInBothLanguagesAndInTheFieldsTerms) {
    auto const place =
        apdu::find_file(apdu::layout_of(apdu::SpecVersion::v2_00), "SSSE/EF06").value();
    apdu::Item const& name = place.file->items[1];
    Step const step{{apdu::Directory::ssse, place, &name}, WriteRecord{2, {}}};
    EXPECT_EQ(label_of(step).en, "write name (SSSE/EF06)");
    EXPECT_EQ(label_of(step).zh, "写入姓名(SSSE/EF06)");
    Step const key{{apdu::Directory::ssse}, Authenticate{{apdu::KeyName::uk_ssse, 2}}};
    EXPECT_EQ(label_of(key).en, "authenticate UKSSSE version 2");
}

} // namespace
} // namespace personalization
