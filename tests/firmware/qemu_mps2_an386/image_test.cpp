#include "tests/firmware/qemu_mps2_an386/machine.hpp"

#include "firmware/boards/streams/contact_event.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace {

using streams::ContactEvent;
using Kind = ContactEvent::Kind;
using Bytes = Machine::Bytes;

constexpr std::uint8_t slot_status = 0x65;
constexpr std::uint8_t power_on = 0x62;

Bytes command(std::uint8_t type, std::uint8_t slot = 0) {
    return {type, 0, 0, 0, 0, slot, 0, 0, 0, 0};
}

class QemuImageTest : public testing::Test {
protected:
    void say(Machine::Wire wire, ContactEvent const& event) {
        auto const bytes = event.encode();
        machine_.send(wire, {bytes.begin(), bytes.end()});
    }
    /// Waits until the terminal has said that.
    bool hears(Machine::Wire wire, ContactEvent const& awaited) {
        constexpr unsigned events_max = 64;
        for (unsigned i = 0; i < events_max;) {
            auto const byte = machine_.receive(wire, 1);
            if (byte.empty()) {
                return false;
            }
            if (auto const event = parser_.receive(byte[0])) {
                ++i;
                if (*event == awaited) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Waits until a card is in that slot.
    bool sees_card(Machine::Wire host, std::uint8_t slot) {
        constexpr std::uint8_t inactive = 0x01;
        constexpr unsigned asked_max = 500;
        for (unsigned i = 0; i < asked_max; ++i) {
            auto const answer = machine_.ask(host, command(slot_status, slot));
            if (answer.size() < 10 || answer[7] == inactive) {
                return answer.size() == 10;
            }
        }
        return false;
    }

    Machine machine_{SSCARD_QEMU_IMAGE};
    streams::ContactEventParser parser_;
};

TEST_F(QemuImageTest, BothLinksAnswer) {
    Bytes const none{0x81, 0, 0, 0, 0, 0, 0, 0x02, 0, 0x01};
    EXPECT_EQ(machine_.ask(Machine::pad_host, command(slot_status)), none);
    EXPECT_EQ(machine_.ask(Machine::sam_host, command(slot_status)), none);
}

TEST_F(QemuImageTest, ACardAnswersItsReset) {
    EXPECT_TRUE(hears(Machine::card, {Kind::hello, 0, 0}));
    say(Machine::card, {Kind::contacts, 0, 1});
    EXPECT_TRUE(sees_card(Machine::pad_host, 0));
    std::thread card{[this] {
        EXPECT_TRUE(hears(Machine::card, {Kind::contacts, 0, 0x1D}));
        say(Machine::card, {Kind::character, 0, 0x3B});
        say(Machine::card, {Kind::character, 0, 0x00});
    }};
    auto const answer = machine_.ask(Machine::pad_host, command(power_on));
    card.join();
    EXPECT_EQ(answer, (Bytes{0x80, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0x3B, 0x00}));
}

TEST_F(QemuImageTest, TheSecondSamHasItsOwnContacts) {
    EXPECT_TRUE(hears(Machine::sams, {Kind::hello, 1, 0}));
    say(Machine::sams, {Kind::contacts, 1, 1});
    EXPECT_TRUE(sees_card(Machine::sam_host, 1));
    EXPECT_EQ(machine_.ask(Machine::sam_host, command(slot_status, 0))[7], 0x02);
}

TEST_F(QemuImageTest, ItHasNoNoiseAndSaysSo) {
    auto const shown = machine_.receive(Machine::pad, 34);
    ASSERT_EQ(shown.size(), 34);
    // The terminal is out of order, in GB 2312.
    EXPECT_EQ((Bytes{shown.begin() + 1, shown.begin() + 9}),
              (Bytes{0xD6, 0xD5, 0xB6, 0xCB, 0xB9, 0xCA, 0xD5, 0xCF}));
}

} // namespace
