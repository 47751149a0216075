#include "host/api/decoder.hpp"
#include "host/api/pin_messages.hpp"
#include "host/api/pin_text.hpp"

#include <gtest/gtest.h>

#include <new>

namespace {

using api::PinText;

static_assert(!std::is_copy_constructible_v<PinText>);
static_assert(!std::is_copy_assignable_v<PinText>);

bool holds(unsigned char const* bytes, std::size_t size, std::string_view text) {
    return std::string_view{reinterpret_cast<char const*>(bytes), size}.find(text) !=
           std::string_view::npos;
}

TEST(PinText, IsWipedWhenDestroyed) {
    alignas(PinText) std::array<unsigned char, sizeof(PinText)> place{};
    auto* const pin = new (place.data()) PinText{"123456"};
    ASSERT_TRUE(holds(place.data(), place.size(), "123456"));
    pin->~PinText();
    EXPECT_FALSE(holds(place.data(), place.size(), "123456"));
}

TEST(PinText, IsWipedWhenMovedFrom) {
    PinText first{"123456"};
    PinText const second{std::move(first)};
    EXPECT_EQ(second.typed(), "123456");
    EXPECT_EQ(first.typed(), ""); // NOLINT(bugprone-use-after-move): that is what is tested
}

TEST(PinText, TooLongTextStaysTooLongForAPin) {
    EXPECT_EQ(PinText{std::string(1000, '1')}.typed().size(), PinText::size_max);
}

TEST(PinText, JsonThatHeldAPinIsWipedOnceItIsRead) {
    auto json = api::parse_json(R"({"pin":"123456"})");
    ASSERT_TRUE(json);
    api::PinVerifyRequest request;
    std::vector<api::Problem> problems;
    api::read_message(*json, api::UnknownMembers::refused, request, problems);
    EXPECT_EQ(request.pin->typed(), "123456");
    EXPECT_EQ((*json)["pin"].get<std::string>(), std::string(6, '\0'));
}

TEST(PinText, EveryStringOfAJsonValueCanBeWiped) {
    auto json = api::parse_json(R"({"a":["123456",{"b":"654321"}]})");
    ASSERT_TRUE(json);
    api::wipe_strings(*json);
    EXPECT_EQ((*json)["a"][0].get<std::string>(), std::string(6, '\0'));
    EXPECT_EQ((*json)["a"][1]["b"].get<std::string>(), std::string(6, '\0'));
}

} // namespace
