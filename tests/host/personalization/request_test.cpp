#include "tests/host/personalization/office.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

std::vector<std::string> places_of(PersonalizationRequest const& request) {
    std::vector<std::string> places;
    for (session::Problem const& problem : problems_of(request)) {
        places.push_back(problem.where + " " + problem.code);
    }
    return places;
}

using Places = std::vector<std::string>;

TEST(Request, StagesAreSpelledAsOnTheCommandLine) {
    EXPECT_EQ(stage_from_text("structure"), Stage::structure);
    EXPECT_EQ(stage_from_text("data"), Stage::data);
    EXPECT_EQ(stage_from_text("both"), Stage::both);
    EXPECT_EQ(stage_from_text("all"), std::nullopt);
    EXPECT_EQ(to_text(Stage::both), "both");
}

TEST(Request, WhatIsWholeHasNoProblems) {
    EXPECT_EQ(places_of(request_for(Stage::structure, kind_2_00)), Places{});
    EXPECT_EQ(places_of(request_for(Stage::data, kind_2_00)), Places{});
    EXPECT_EQ(places_of(request_for(Stage::both, kind_3_00)), Places{});
}

TEST(Request, AChipSaysNothingOfItselfSoTheRequestMust) {
    PersonalizationRequest const request{.stage = Stage::both, .default_pin = pin_of("123456")};
    EXPECT_EQ(places_of(request), (Places{"/version missing", "/algorithm missing",
                                          "/region missing", "/person missing"}));
}

TEST(Request, EveryMalformedValueIsListed) {
    auto request = request_for(Stage::structure, kind_2_00);
    request.region = "63990";
    request.body = {.region = "x", .sequence = "1"};
    request.reset_info = "00";
    request.tries = {.pin = 0, .authentication_keys = 16, .mks = 3};
    EXPECT_EQ(places_of(request),
              (Places{"/region malformed", "/initialising_body/region malformed",
                      "/initialising_body/sequence malformed", "/reset_info malformed",
                      "/tries/pin out_of_range", "/tries/authentication_keys out_of_range"}));
}

TEST(Request, WhatIsNotMadeIsUnsupported) {
    auto request = request_for(Stage::structure, kind_2_00);
    request.version = apdu::SpecVersion::v1_00;
    request.algorithm = keys::Algorithm::ssf33;
    EXPECT_EQ(places_of(request), (Places{"/version unsupported", "/algorithm unsupported"}));
}

TEST(Profile, T514IsFoundByItsNameAndNothingElse) {
    EXPECT_EQ(find_profile("t514"), &t514());
    EXPECT_EQ(find_profile("fm1208"), nullptr);
}

} // namespace
} // namespace personalization
