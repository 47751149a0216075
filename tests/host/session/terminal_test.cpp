// What the host asks the kiosk's terminal, byte by byte.
#include "tests/apdu/hex_bytes.hpp"

#include "host/api/terminal_words.hpp"
#include "host/session/terminal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <span>

namespace session {
namespace {

/// A terminal that gives one answer, and what it was sent.
class AnsweringTerminal final : public apdu::ccid::ReaderFunctions {
public:
    explicit AnsweringTerminal(std::string_view answer) : answer_{apdu::bytes(answer)} {}

    apdu::Result<std::size_t> escape(apdu::ByteView command, apdu::ByteSpan answer) override {
        sent = apdu::copy_of(command);
        apdu::copy_bytes(answer_, answer);
        return answer_.size();
    }
    apdu::Result<std::size_t> transmit_at_pad(apdu::ccid::PinOperation const& /*operation*/,
                                              apdu::ByteSpan /*response*/) override {
        return apdu::Error::not_found;
    }
    std::vector<std::uint8_t> sent{};

private:
    std::vector<std::uint8_t> answer_;
};

keys::TerminalTransportKey a_transport_key() {
    return {
        {{0x12, 0x34, 0x56, 0x78, 0x00, 0x00, 0x00, 0x01}},
        keys::KeyBlockKey{keys::AesSize::aes128, apdu::bytes("000102030405060708090A0B0C0D0E0F")}};
}

TEST(ProvisionTerminal, SendsIdAndTransportKey) {
    AnsweringTerminal terminal{"00"};
    EXPECT_TRUE(provision_terminal(terminal, a_transport_key()).ok());
    EXPECT_EQ(terminal.sent,
              apdu::bytes("53 05 1234567800000001 000102030405060708090A0B0C0D0E0F"));
}

TEST(ProvisionTerminal, TellsInItsOwnWordWhyTheTerminalRefused) {
    AnsweringTerminal terminal{"0B"};
    auto const refused = provision_terminal(terminal, a_transport_key());
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::terminal_refused);
    EXPECT_EQ(refused.error().detail, "provisioned");
}

TEST(WipeTerminal, IsOneEscape) {
    AnsweringTerminal terminal{"00"};
    EXPECT_TRUE(wipe_terminal(terminal).ok());
    EXPECT_EQ(terminal.sent, apdu::bytes("53 06"));
}

bool is_among(std::span<api::TerminalWord const> words, std::string_view word) {
    return std::any_of(words.begin(), words.end(),
                       [word](auto const& known) { return known.word == word; });
}

TEST(TerminalRefusal, IsAWordThatPeopleAreToldInTheirLanguage) {
    for (unsigned status = 1; status <= 0xFF; ++status) {
        char const* const digits = "0123456789ABCDEF";
        AnsweringTerminal terminal{std::string{digits[status / 16], digits[status % 16]}};
        auto const refused = load_initial_key(terminal, "block");
        ASSERT_FALSE(refused.ok());
        if (refused.error().code == FaultCode::terminal_refused) {
            EXPECT_TRUE(is_among(api::terminal_refusals, refused.error().detail))
                << refused.error().detail;
        }
    }
}

TEST(TerminalHealth, CountsOfPartsWithANameInPeoplesLanguage) {
    AnsweringTerminal terminal{
        "00 10 18 00000001 00000002 00000003 00000004 00000005 00000006 11 04 00000001"
        "12 04 00000001 20 0C 00000001 00000002 00000003 21 04 00000001"};
    auto const health = ask_health(terminal);
    ASSERT_TRUE(health.ok());
    ASSERT_EQ(health.value().counts.size(), api::terminal_parts.size());
    for (TerminalCounts const& row : health.value().counts) {
        EXPECT_TRUE(is_among(api::terminal_parts, row.of)) << row.of;
    }
    EXPECT_EQ(health.value().counts[0].counts.size(), api::terminal_slot_counts.size());
    EXPECT_EQ(health.value().counts[3].counts.size(), api::terminal_link_counts.size());
}

} // namespace
} // namespace session
