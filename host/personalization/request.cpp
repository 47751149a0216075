#include "host/personalization/request.hpp"

#include "apdu/require.hpp"

#include <algorithm>
#include <array>

namespace personalization {
namespace {

using session::Problem;

struct StageName {
    Stage stage;
    std::string_view text;
};
constexpr auto stage_names = std::to_array<StageName>({
    {Stage::structure, "structure"},
    {Stage::data, "data"},
    {Stage::both, "both"},
});

bool is_digits(std::string_view text, std::size_t size) {
    return text.size() == size &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_hex(std::string_view text, std::size_t size) {
    constexpr std::string_view digits = "0123456789ABCDEFabcdef";
    return text.size() == size && text.find_first_not_of(digits) == std::string_view::npos;
}

void check_chip(PersonalizationRequest const& request, std::vector<Problem>& problems) {
    if (!request.version) {
        problems.push_back({"/version", "missing", "2.00 or 3.00"});
    }
    if (!request.algorithm) {
        problems.push_back({"/algorithm", "missing", "3DES or SM4"});
    }
    if (!request.region) {
        problems.push_back({"/region", "missing", "6 digits, GB/T 2260"});
    }
    if (!request.body.region.empty() && !is_digits(request.body.region, 6)) {
        problems.push_back({"/initialising_body/region", "malformed", "6 digits are wanted"});
    }
    if (!is_digits(request.body.sequence, 2)) {
        problems.push_back({"/initialising_body/sequence", "malformed", "2 digits are wanted"});
    }
    if (request.reset_info && !is_hex(*request.reset_info, 26)) {
        problems.push_back({"/reset_info", "malformed", "26 hex digits are wanted"});
    }
    auto const check_limit = [&problems](std::string_view where, std::uint8_t limit) {
        if (limit < 1 || limit > 15) {
            problems.push_back({std::string{where}, "out_of_range", "1 to 15"});
        }
    };
    check_limit("/tries/pin", request.tries.pin);
    check_limit("/tries/authentication_keys", request.tries.authentication_keys);
    check_limit("/tries/mks", request.tries.mks);
}

} // namespace

std::string_view to_text(Stage stage) {
    auto const* const row = std::find_if(stage_names.begin(), stage_names.end(),
                                         [stage](auto const& name) { return name.stage == stage; });
    apdu::require(row != stage_names.end());
    return row->text;
}

std::optional<Stage> stage_from_text(std::string_view text) {
    auto const* const row = std::find_if(stage_names.begin(), stage_names.end(),
                                         [text](auto const& name) { return name.text == text; });
    return row == stage_names.end() ? std::nullopt : std::optional{row->stage};
}

std::vector<Problem> problems_of(PersonalizationRequest const& request) {
    std::vector<Problem> problems;
    if (request.version == apdu::SpecVersion::v1_00) {
        problems.push_back({"/version", "unsupported", "cards of 1.00 are no longer made"});
    }
    if (request.algorithm && algorithm_codes(*request.profile, *request.algorithm) == nullptr) {
        problems.push_back({"/algorithm", "unsupported",
                            std::string{keys::to_text(*request.algorithm)} + " on a card of " +
                                std::string{request.profile->name}});
    }
    if (request.region && !is_digits(*request.region, 6)) {
        problems.push_back({"/region", "malformed", "6 digits are wanted"});
    }
    if (request.stage != Stage::data) {
        check_chip(request, problems);
    }
    if (request.stage != Stage::structure && !request.person) {
        problems.push_back({"/person", "missing", "the record of the person"});
    }
    return problems;
}

} // namespace personalization
