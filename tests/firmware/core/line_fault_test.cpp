// A card's line that breaks at each of its characters in turn, in each way: the host gets one right
// answer to each command, in time, and the next card works.
#include "tests/firmware/core/host_session.hpp"
#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>

namespace terminal {
namespace {

using virtual_card::ContactConvention;
using virtual_card::ContactProtocol;
using Line = HostSession::Line;
using Parts = std::vector<HostSession::Part>;

/// Both protocols with all that a line of theirs can have. Their pieces are small: everything that
/// can be chained is, both ways, and so is the PIN's command.
CardKind const card_kinds[] = {
    {"T0", false, {.ta1 = 0x18}},
    {"T0_inverse_one_by_one_with_NULLs",
     false,
     {.convention = ContactConvention::inverse, .is_byte_by_byte = true, .signs_before_answer = 2}},
    {"T1", true, {.protocol = ContactProtocol::t1, .ta1 = 0x18, .t1 = {.ifsc = 6}}},
    {"T1_inverse_with_WTX",
     true,
     {.protocol = ContactProtocol::t1,
      .convention = ContactConvention::inverse,
      .t1 = {.ifsc = 6},
      .signs_before_answer = 1}},
    {"T0_at_its_pace", false, {.ta1 = 0x18, .is_paced = true}},
    {"T1_at_its_pace",
     true,
     {.protocol = ContactProtocol::t1, .ta1 = 0x18, .t1 = {.ifsc = 6}, .is_paced = true}},
};

/// How a session must end where that happened.
enum class End : std::uint8_t {
    open,         ///< well or not
    lost,         ///< nothing more goes well
    mended_by_t1, ///< as if nothing had happened: the protocol has it sent once more
    mended_by_both,
};

/// What happens at a character.
struct LineFault {
    char const* name;
    char const* text; ///< of the fault, without its number
    Line line = Line::exact;
    ComesBack comes_back{};
    End end = End::open;
};

constexpr std::uint64_t later_us = 50'000;

LineFault const line_faults[] = {
    {"parity", "parity", Line::exact, {}, End::mended_by_both},
    {"parity_from_there", "parity-always", Line::exact, {}, End::lost},
    {"mute", "mute-at", Line::exact, {}, End::lost},
    {"pulled", "pull-at", Line::exact, {}, End::lost},
    {"pulled_and_back_at_once", "pull-at", Line::exact, 0, End::lost},
    {"pulled_and_back_later", "pull-at", Line::exact, later_us, End::lost},
    {"babble_A5", "babble", Line::open},
    {"babble_60", "babble:60", Line::open},
    {"babble_FF", "babble:FF", Line::open},
    {"babble_3B", "babble:3B", Line::open},
    {"extra_60", "extra:60", Line::open},
    {"extra_A5", "extra:A5", Line::open, {}, End::mended_by_t1},
    {"bit_0", "flip:0", Line::coded, {}, End::mended_by_t1},
    {"bit_1", "flip:1", Line::coded, {}, End::mended_by_t1},
    {"bit_2", "flip:2", Line::coded, {}, End::mended_by_t1},
    {"bit_3", "flip:3", Line::coded, {}, End::mended_by_t1},
    {"bit_4", "flip:4", Line::coded, {}, End::mended_by_t1},
    {"bit_5", "flip:5", Line::coded, {}, End::mended_by_t1},
    {"bit_6", "flip:6", Line::coded, {}, End::mended_by_t1},
    {"bit_7", "flip:7", Line::coded, {}, End::mended_by_t1},
};

std::ostream& operator<<(std::ostream& out, LineFault const& fault) { return out << fault.name; }

/// A kiosk that cards visit one after the other, watched by its host.
class Visits {
public:
    explicit Visits(CardKind const& kind) : kind_{kind}, kiosk_{kind} {}

    /// A session with a card that has such faults.
    Parts with(std::vector<virtual_card::Fault> faults, Line line, ComesBack comes_back = {}) {
        kiosk_.insert(std::move(faults), comes_back);
        HostSession session{kiosk_, kind_, line};
        auto parts = session.run();
        for (std::string const& text : session.host().wrong()) {
            ADD_FAILURE() << text;
        }
        longest_us_ = std::max(longest_us_, session.host().longest_us());
        return parts;
    }
    /// A session whose host gives up, at that character, the command that is not answered yet.
    Parts given_up_at(std::size_t n, apdu::ccid::CommandType newer) {
        kiosk_.insert({});
        HostSession session{kiosk_, kind_, Line::exact};
        session.host().interrupt_at(n, newer);
        auto parts = session.run();
        EXPECT_TRUE(session.host().is_interruption_over());
        for (std::string const& text : session.host().wrong()) {
            ADD_FAILURE() << text;
        }
        return parts;
    }
    /// A card without faults, whose session goes well.
    Parts without_fault() {
        auto parts = with({}, Line::exact);
        for (auto const& part : parts) {
            EXPECT_FALSE(part.has_failed) << part.name;
        }
        return parts;
    }
    [[nodiscard]] Kiosk& kiosk() { return kiosk_; }
    [[nodiscard]] std::uint64_t longest_ms() const { return longest_us_ / 1'000; }

private:
    CardKind const& kind_;
    Kiosk kiosk_;
    std::uint64_t longest_us_ = 0;
};

bool is_same(HostSession::Part const& one, HostSession::Part const& other) {
    return one.has_failed == other.has_failed && one.answer == other.answer;
}

/// What went well and wrong where the card was lost in part `lost`: all before, nothing from there
/// on. A part without characters has nothing to lose.
void expect_end_at(std::size_t lost, Parts const& parts, Parts const& clean) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::size_t const begin = i == 0 ? 0 : clean[i - 1].characters;
        bool const is_lost = i >= lost && clean[i].characters > begin;
        EXPECT_TRUE(is_lost ? parts[i].has_failed : is_same(parts[i], clean[i])) << parts[i].name;
    }
}

class ALineFault : public testing::TestWithParam<std::tuple<CardKind, LineFault>> {
protected:
    [[nodiscard]] CardKind const& kind() const { return std::get<0>(GetParam()); }
    [[nodiscard]] LineFault const& fault() const { return std::get<1>(GetParam()); }

    /// What takes long is tried at each character with `ctest -C long`, else at one in seven.
    [[nodiscard]] std::size_t distance() const {
        bool const is_long = kind().settings.is_paced || fault().line == Line::open;
        bool const tries_all = std::getenv("SSCARD_EXHAUSTIVE") != nullptr || !is_long;
        return std::size_t{point_distance} * (tries_all ? 1U : 7U);
    }
    void expect_right_end(std::size_t n, Parts const& parts, Parts const& clean) const {
        bool const is_block = n > clean[1].characters; // of T=1, behind reset and PPS
        bool const is_mended = kind().is_t1() ? fault().end >= End::mended_by_t1 && is_block
                                              : fault().end == End::mended_by_both;
        if (is_mended) {
            EXPECT_TRUE(std::equal(parts.begin(), parts.end(), clean.begin(), is_same));
        }
        if (fault().end == End::lost) {
            auto const part = std::find_if(clean.begin(), clean.end(),
                                           [&](auto const& each) { return each.characters >= n; });
            expect_end_at(static_cast<std::size_t>(part - clean.begin()), parts, clean);
        }
    }

    Visits visits_{kind()};
};

TEST_P(ALineFault, AtEachCharacterLeavesOneRightAnswerAndTheNextCardWorks) {
    auto const clean = visits_.without_fault();
    auto const clean_line = visits_.kiosk().line;
    std::size_t tried = 0;
    for (std::size_t n = 1; n <= clean_line.size(); n += distance()) {
        auto const text = std::string{fault().text} + "@" + std::to_string(n);
        SCOPED_TRACE(text);
        auto const parts = visits_.with({virtual_card::parse_fault(text).value()}, fault().line,
                                        fault().comes_back);
        auto const& line = visits_.kiosk().line;
        EXPECT_TRUE(line.size() >= n - 1 &&
                    std::equal(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(n - 1),
                               clean_line.begin()))
            << "the line is as ever up to there";
        expect_right_end(n, parts, clean);
        ++tried;
        EXPECT_TRUE(visits_.without_fault() == clean) << "the next card";
    }
    EXPECT_EQ(tried, (clean.back().characters + distance() - 1) / distance());
    std::cout << tried << " characters; at most " << visits_.longest_ms() << " ms for a command\n";
}

/// A card that asks for more time, with NULL or S(WTX), and never stops.
class AFlood : public testing::TestWithParam<CardKind> {
protected:
    Visits visits_{GetParam()};
};

TEST_P(AFlood, FromEachCommandOnLeavesOneRightAnswerAndTheNextCardWorks) {
    auto const clean = visits_.without_fault();
    std::size_t const commands = visits_.kiosk().exchanges.size();
    EXPECT_GE(commands, 5U);
    for (std::size_t command = 1; command <= commands; ++command) {
        SCOPED_TRACE(command);
        auto const kind = GetParam().is_t1() ? virtual_card::FaultKind::wtx_forever
                                             : virtual_card::FaultKind::nulls_forever;
        auto const parts = visits_.with({{.kind = kind, .at = command}}, Line::exact);
        auto const first = std::find_if(parts.begin(), parts.end(),
                                        [](auto const& part) { return part.has_failed; });
        ASSERT_NE(first, parts.end());
        expect_end_at(static_cast<std::size_t>(first - parts.begin()), parts, clean);
        EXPECT_TRUE(visits_.without_fault() == clean) << "the next card";
    }
    std::cout << commands << " commands; at most " << visits_.longest_ms() << " ms for one\n";
}

/// A host that does not wait for an answer.
class AHastyHost : public testing::TestWithParam<std::tuple<CardKind, apdu::ccid::CommandType>> {
protected:
    Visits visits_{std::get<0>(GetParam())};
};

TEST_P(AHastyHost, AtEachCharacterGetsTheNewerAnswerAndNoneThatIsNotItsOwn) {
    auto const clean = visits_.without_fault();
    std::size_t tried = 0;
    for (std::size_t n = 1; n < clean.back().characters; n += point_distance) {
        SCOPED_TRACE(n);
        visits_.given_up_at(n, std::get<1>(GetParam()));
        ++tried;
        EXPECT_TRUE(visits_.without_fault() == clean) << "the next card";
    }
    EXPECT_EQ(tried, (clean.back().characters - 1 + point_distance - 1) / point_distance);
    std::cout << tried << " characters\n";
}

using apdu::ccid::CommandType;

INSTANTIATE_TEST_SUITE_P(
    Cards, AHastyHost,
    testing::Combine(testing::ValuesIn(card_kinds),
                     testing::Values(CommandType::get_slot_status, CommandType::abort,
                                     CommandType::icc_power_on, CommandType::icc_power_off,
                                     CommandType::get_parameters, CommandType::xfr_block)),
    [](auto const& info) {
        return std::string{std::get<0>(info.param).name} + "_" +
               std::to_string(static_cast<unsigned>(std::get<1>(info.param)));
    });

INSTANTIATE_TEST_SUITE_P(Cards, AFlood, testing::ValuesIn(card_kinds),
                         [](auto const& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(Cards, ALineFault,
                         testing::Combine(testing::ValuesIn(card_kinds),
                                          testing::ValuesIn(line_faults)),
                         [](auto const& info) {
                             return std::string{std::get<0>(info.param).name} + "_" +
                                    std::get<1>(info.param).name;
                         });

} // namespace
} // namespace terminal
