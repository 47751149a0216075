// An update of the kiosk's terminal, as the host sends it.
#include "host/session/terminal.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace session {
namespace {

using apdu::ccid::HealthTag;
using apdu::ccid::TerminalFunction;
using apdu::ccid::TerminalStatus;
using Bytes = std::vector<std::uint8_t>;

/// An image of 500 bytes for a slot, with its header.
Bytes image(std::uint8_t slot) {
    constexpr std::uint32_t size = 500;
    auto const header = apdu::ccid::write_image_header(
        {.board = 3, .version = 9, .size = size, .slot = slot, .digest = {}, .signature = {}});
    Bytes bytes{header.begin(), header.end()};
    bytes.resize(bytes.size() + size, static_cast<std::uint8_t>(0x10 + slot));
    return bytes;
}

Bytes operator+(Bytes bytes, Bytes const& more) {
    bytes.insert(bytes.end(), more.begin(), more.end());
    return bytes;
}

/// A terminal that takes an update: it has `staged` bytes of it already, and refuses where it is
/// told to.
class UpdatedTerminal final : public apdu::ccid::ReaderFunctions {
public:
    apdu::Result<std::size_t> escape(apdu::ByteView command, apdu::ByteSpan answer) override {
        auto const function = static_cast<TerminalFunction>(command[1]);
        asked.push_back(function);
        Bytes reply{static_cast<std::uint8_t>(TerminalStatus::done)};
        if (refuses == function) {
            reply[0] = static_cast<std::uint8_t>(TerminalStatus::memory_failed);
        } else if (function == TerminalFunction::health) {
            reply = reply + Bytes{static_cast<std::uint8_t>(HealthTag::image_slot), 1, slot};
        } else if (function == TerminalFunction::update_resume) {
            image = Bytes{command.begin() + 2, command.end()};
            image.resize(image.size() + staged);
            reply = reply + Bytes{0,
                                  4,
                                  0,
                                  0,
                                  static_cast<std::uint8_t>(staged >> 8U),
                                  static_cast<std::uint8_t>(staged)};
        } else if (function == TerminalFunction::update_write) {
            std::size_t const at = command[4] * 256U + command[5];
            EXPECT_EQ(at, image.size() - apdu::ccid::image_header_size);
            image.insert(image.end(), command.begin() + 6, command.end());
        }
        apdu::copy_bytes(reply, answer);
        return reply.size();
    }
    apdu::Result<std::size_t> transmit_at_pad(apdu::ccid::PinOperation const& /*operation*/,
                                              apdu::ByteSpan /*response*/) override {
        return apdu::Error::not_found;
    }

    std::uint8_t slot = 0; ///< of the image that runs
    std::size_t staged = 0;
    std::optional<TerminalFunction> refuses{};
    std::vector<TerminalFunction> asked{};
    Bytes image{}; ///< with its header
};

void tell_nobody(std::size_t /*sent*/, std::size_t /*size*/) {}

TEST(UpdateTerminal, SendsTheImageForTheSlotThatDoesNotRunAndStartsItAnew) {
    Bytes const file = image(0) + image(1);
    for (unsigned const running : {0U, 1U}) {
        UpdatedTerminal terminal;
        terminal.slot = static_cast<std::uint8_t>(running);
        auto const header = update_terminal(terminal, file, tell_nobody);
        ASSERT_TRUE(header.ok());
        EXPECT_EQ(header.value().version, 9U);
        EXPECT_EQ(terminal.image, image(running == 0 ? 1 : 0));
        ASSERT_GE(terminal.asked.size(), 2U);
        EXPECT_EQ(terminal.asked[terminal.asked.size() - 2], TerminalFunction::update_finish);
        EXPECT_EQ(terminal.asked.back(), TerminalFunction::restart);
    }
}

TEST(UpdateTerminal, GoesOnWhereTheTerminalIsAndTellsHowFar) {
    UpdatedTerminal terminal;
    terminal.staged = 300;
    std::vector<std::size_t> told;
    ASSERT_TRUE(update_terminal(terminal, image(1), [&told](std::size_t sent, std::size_t size) {
                    told.push_back(sent);
                    EXPECT_EQ(size, 500U);
                }).ok());
    EXPECT_EQ(terminal.image.size(), image(1).size());
    EXPECT_EQ(told, (std::vector<std::size_t>{492, 500}));
}

TEST(UpdateTerminal, DoesNotBeginWithAFileThatLacksTheImage) {
    for (Bytes const& file : {Bytes{}, image(0), Bytes(200), image(1) + Bytes{0}}) {
        UpdatedTerminal terminal;
        auto const refused = update_terminal(terminal, file, tell_nobody);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().detail, "malformed");
        EXPECT_EQ(terminal.asked, std::vector<TerminalFunction>{TerminalFunction::health});
    }
}

TEST(UpdateTerminal, EndsWithTheFirstRefusalAndRestartsNothing) {
    for (auto const function :
         {TerminalFunction::health, TerminalFunction::update_resume, TerminalFunction::update_write,
          TerminalFunction::update_finish, TerminalFunction::restart}) {
        UpdatedTerminal terminal;
        terminal.refuses = function;
        auto const refused = update_terminal(terminal, image(1), tell_nobody);
        ASSERT_FALSE(refused.ok());
        EXPECT_EQ(refused.error().detail, "memory_failed");
        EXPECT_EQ(terminal.asked.back(), function) << "nothing more is asked";
    }
}

} // namespace
} // namespace session
