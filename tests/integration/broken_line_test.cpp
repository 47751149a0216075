// The kiosk's terminal behind the stock pcscd, and cards whose line breaks at a character: whatever
// comes of a visit, it ends, no answer is wrong, and the next card is read.
#include "tests/integration/office.hpp"

#include "host/pcsc/pcsc_connection.hpp"
#include "host/pcsc/pcsc_context.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <iostream>

namespace {

using integration::Office;
using Bytes = std::vector<std::uint8_t>;

/// A way in which a line breaks, and whether a protocol without codes lets wrong bytes through
/// then.
struct Breaking {
    char const* fault;
    bool is_corrupt;
};

constexpr Breaking breakings[] = {{"parity", false}, {"parity-always", false}, {"pull-at", false},
                                  {"babble", true},  {"flip:3", true},         {"extra:A5", true}};

/// The answers to a visit's commands, up to the first that did not come.
using Answers = std::vector<Bytes>;

bool begins_with(Answers const& all, Answers const& beginning) {
    return beginning.size() <= all.size() &&
           std::equal(beginning.begin(), beginning.end(), all.begin());
}

class BrokenLine : public testing::TestWithParam<std::string> {
protected:
    /// A card comes, is read and goes; with a fault, or none.
    Answers visit(std::string const& fault = "") {
        integration::Arguments options{"--version", GetParam(), "--person",
                                       integration::person("zhang_san")};
        if (!fault.empty()) {
            options.insert(options.end(), {"--fault", fault});
        }
        office_.insert(0, options);
        Answers answers = read();
        office_.remove(0);
        if (fault.starts_with("pull-at")) {
            let_pcscd_look();
        }
        return answers;
    }

    Office office_{};

private:
    /// pcscd, which could not reset a card that was pulled, says that there is none before it has
    /// looked itself, each 400 ms, and would miss the next one.
    static void let_pcscd_look() {
        constexpr int pauses = 40; // of 20 ms
        for (int i = 0; i < pauses; ++i) {
            integration::pause_shortly();
        }
    }
    static Answers read() {
        auto const context = pcsc::Context::establish();
        EXPECT_TRUE(context.ok());
        auto const card = pcsc::Connection::open(context.value(), Office::reader_name(0));
        Answers answers;
        if (!card.ok()) {
            return answers;
        }
        answers.push_back(apdu::copy_of(card.value()->atr()));
        for (char const* const command :
             {"00 A4 04 00 0F 7378312E73682EC9E7BBE1B1A3D5CF", "00 A4 02 00 02 EF05",
              "00 B2 03 00 06", "00 A4 00 00 02 DF01", "00 A4 00 00 02 3F00"}) {
            std::array<std::uint8_t, 258> response{};
            auto const size = card.value()->transmit(apdu::bytes(command), response);
            if (!size.ok()) {
                break;
            }
            answers.push_back(apdu::copy_of(apdu::ByteView{response}.first(size.value())));
        }
        return answers;
    }
};

// By default at characters ever further apart, with `ctest -C long` at each: a card that falls mute
// there, and one that breaks in another way, these in turn. A card that falls mute at a character
// that never comes has been read to its end: so the number of characters is found.
TEST_P(BrokenLine, EndsEachVisitRightlyAndTheNextCardIsRead) {
    bool const tries_all = std::getenv("SSCARD_EXHAUSTIVE") != nullptr;
    constexpr std::size_t characters_max = 1'000;
    auto const right = visit();
    ASSERT_EQ(right.size(), 6U);
    std::size_t visits = 0;
    bool is_over = false;
    for (std::size_t n = 1; !is_over && n < characters_max; n += tries_all ? 1 : 2 * n) {
        auto const at = "@" + std::to_string(n);
        SCOPED_TRACE(at);
        auto const mute = visit("mute-at" + at);
        is_over = mute == right;
        EXPECT_TRUE(begins_with(right, mute));
        EXPECT_EQ(visit(), right) << "after a mute card";
        Breaking const& breaking = breakings[visits / 2 % std::size(breakings)];
        auto const answers = visit(breaking.fault + at);
        bool const is_open = breaking.is_corrupt && GetParam() == "2.00";
        EXPECT_TRUE(is_open || begins_with(right, answers)) << breaking.fault;
        EXPECT_EQ(visit(), right) << "after " << breaking.fault;
        visits += 2;
    }
    EXPECT_TRUE(is_over);
    std::cout << visits << " broken visits\n";
}

INSTANTIATE_TEST_SUITE_P(Cards, BrokenLine, testing::Values("2.00", "3.00"),
                         [](auto const& info) { return info.param == "2.00" ? "T0" : "T1"; });

} // namespace
