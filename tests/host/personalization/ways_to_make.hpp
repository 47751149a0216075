#pragma once

#include "tests/host/personalization/office.hpp"

#include <gtest/gtest.h>

namespace personalization {

/// One way to make a card: where it starts, what is asked for, and what must come of it.
struct Way {
    Stage stage;
    CardKind kind;
    bool has_holder_pin;
};

/// All that differ: each stage of both kinds of card.
inline constexpr auto ways_to_make = std::to_array<Way>({
    {Stage::structure, kind_2_00, false},
    {Stage::structure, kind_3_00, false},
    {Stage::data, kind_2_00, false},
    {Stage::data, kind_2_00, true},
    {Stage::data, kind_3_00, false},
    {Stage::data, kind_3_00, true},
    {Stage::both, kind_2_00, true},
    {Stage::both, kind_3_00, false},
});

/// The name of a test of one way.
[[nodiscard]] std::string name_of(testing::TestParamInfo<Way> const& info);

/// The card before.
[[nodiscard]] virtual_card::CardMemory start_of(Way const& way);

/// What is asked for.
[[nodiscard]] PersonalizationRequest request_of(Way const& way);

/// The mark of a finished card, as any reader sees it.
[[nodiscard]] bool reads_as_made(Office& office);

/// How far apart the points that a test tries are: `by_default`, seven times as far under the
/// sanitizers, each one under `tests/run --long`.
[[nodiscard]] std::size_t points_apart(std::size_t by_default);

} // namespace personalization
