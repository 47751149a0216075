// The boot program and signed updates, on the emulated chip: its flash is a file, and its power
// goes by the end of QEMU.
#include "tests/firmware/qemu_mps2_an386/machine.hpp"

#include "tests/firmware/image_signer.hpp"

#include "apdu/ccid/image_header.hpp"
#include "apdu/ccid/terminal_escape.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace {

using apdu::ccid::TerminalFunction;
using apdu::ccid::TerminalStatus;
using Bytes = Machine::Bytes;

constexpr std::uint8_t escape = 0x6B;
constexpr std::size_t answer_data_at = 10;
constexpr std::size_t part_size = 192;

Bytes bytes_of(std::string const& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// A terminal whose flash outlives its power.
class UpdatedMachine : public testing::Test {
protected:
    UpdatedMachine() {
        std::string folder = testing::TempDir() + "sscard_update_XXXXXX";
        EXPECT_NE(::mkdtemp(folder.data()), nullptr);
        folder_ = folder;
    }
    ~UpdatedMachine() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::vector<std::string> flash() const {
        return Machine::flash_in(folder_ + "/flash");
    }

    /// A terminal's own Escape. @returns its status and data.
    static Bytes call(Machine& machine, TerminalFunction function, apdu::ByteView data = {}) {
        Bytes message{escape,
                      static_cast<std::uint8_t>(data.size() + 2),
                      0,
                      0,
                      0,
                      0,
                      0,
                      0,
                      0,
                      0,
                      apdu::ccid::terminal_escape_mark,
                      static_cast<std::uint8_t>(function)};
        message.insert(message.end(), data.begin(), data.end());
        Bytes const answer = machine.ask(Machine::pad_host, message);
        return answer.size() < answer_data_at
                   ? Bytes{}
                   : Bytes{answer.begin() + answer_data_at, answer.end()};
    }
    static bool is_done(Bytes const& answer) {
        return !answer.empty() && answer[0] == static_cast<std::uint8_t>(TerminalStatus::done);
    }
    /// Has it start anew, and waits until its display says that it is there.
    static void restart(Machine& machine) {
        constexpr std::size_t display_size = 34;
        EXPECT_EQ(machine.receive(Machine::pad, display_size).size(), display_size);
        EXPECT_TRUE(is_done(call(machine, TerminalFunction::restart)));
        EXPECT_EQ(machine.receive(Machine::pad, display_size).size(), display_size);
    }
    /// The slot that its image runs in; nothing where it does not answer.
    static std::optional<unsigned> running_slot(Machine& machine) {
        Bytes const health = call(machine, TerminalFunction::health);
        Bytes const wanted{static_cast<std::uint8_t>(apdu::ccid::HealthTag::image_slot), 1};
        auto const at = std::search(health.begin(), health.end(), wanted.begin(), wanted.end());
        return health.end() - at > 2 ? std::optional<unsigned>{at[2]} : std::nullopt;
    }

    /// Gives it the image for its second slot, from where it is, until so many parts were sent.
    /// True: all of it.
    bool send(Machine& machine, std::size_t parts_max) const {
        apdu::ByteView const image = second_;
        auto const resumed = call(machine, TerminalFunction::update_resume,
                                  image.first(apdu::ccid::image_header_size));
        if (!is_done(resumed) || resumed.size() < 7) {
            return false;
        }
        auto const body = image.subspan(apdu::ccid::image_header_size);
        std::size_t at = 0;
        for (std::size_t i = 3; i < 7; ++i) {
            at = at << 8U | resumed[i];
        }
        for (; at < body.size(); at += part_size) {
            if (parts_max-- == 0) {
                return false;
            }
            Bytes part{0, static_cast<std::uint8_t>(at >> 16U), static_cast<std::uint8_t>(at >> 8U),
                       static_cast<std::uint8_t>(at)};
            auto const bytes = body.subspan(at, std::min(part_size, body.size() - at));
            part.insert(part.end(), bytes.begin(), bytes.end());
            EXPECT_TRUE(is_done(call(machine, TerminalFunction::update_write, part)));
        }
        return true;
    }

    /// The word at that place of the image in the second slot: what its vector table has there.
    [[nodiscard]] std::uint32_t word(std::size_t at) const {
        std::uint32_t word = 0;
        for (std::size_t i = 4; i > 0; --i) {
            word = word << 8U | second_[apdu::ccid::image_header_size + at + i - 1];
        }
        return word;
    }
    /// The image for the second slot with other bytes at a place, signed as the build signs.
    [[nodiscard]] Bytes signed_with(std::size_t at, Bytes const& bytes) const {
        Bytes image{second_.begin() + apdu::ccid::image_header_size, second_.end()};
        std::copy(bytes.begin(), bytes.end(), image.begin() + static_cast<std::ptrdiff_t>(at));
        auto const header =
            *apdu::ccid::read_image_header(second_.first(apdu::ccid::image_header_size));
        terminal::ImageSigner const signer{SSCARD_IMAGE_KEY};
        auto const written = apdu::ccid::write_image_header(
            signer.header(image, header.board, header.version, header.slot));
        image.insert(image.begin(), written.begin(), written.end());
        return image;
    }
    /// That image does not work: the terminal takes it, and runs the one before in the end.
    void expect_fallback_from(Bytes const& broken) {
        constexpr std::size_t display_size = 34;
        constexpr unsigned silences_max = 20;
        second_ = broken;
        Machine machine{SSCARD_QEMU_IMAGE};
        ASSERT_EQ(machine.receive(Machine::pad, display_size).size(), display_size);
        ASSERT_TRUE(send(machine, SIZE_MAX));
        ASSERT_TRUE(is_done(call(machine, TerminalFunction::update_finish)));
        ASSERT_TRUE(is_done(call(machine, TerminalFunction::restart)));
        Bytes shown;
        for (unsigned i = 0; shown.empty() && i < silences_max; ++i) {
            shown = machine.receive(Machine::pad, display_size);
        }
        EXPECT_EQ(shown.size(), display_size);
        EXPECT_EQ(running_slot(machine), 0);
    }

    Bytes const file_ = bytes_of(SSCARD_QEMU_UPDATE);
    apdu::ByteView second_ = apdu::ccid::read_image_file(file_).value()[1];

private:
    std::string folder_;
};

TEST_F(UpdatedMachine, RunsTheNewImageAfterItsRestart) {
    Machine machine{SSCARD_QEMU_IMAGE};
    EXPECT_EQ(running_slot(machine), 0);
    ASSERT_TRUE(send(machine, SIZE_MAX));
    EXPECT_TRUE(is_done(call(machine, TerminalFunction::update_finish)));
    EXPECT_EQ(running_slot(machine), 0) << "until it starts anew";
    restart(machine);
    EXPECT_EQ(running_slot(machine), 1);
}

TEST_F(UpdatedMachine, KeepsItsImageWhereTheFirstBytesOfAnotherAreWrong) {
    Machine machine{SSCARD_QEMU_IMAGE};
    Bytes changed{second_.begin(), second_.end()};
    changed[apdu::ccid::image_header_size] ^= 1;
    second_ = changed;
    ASSERT_TRUE(send(machine, SIZE_MAX));
    EXPECT_FALSE(is_done(call(machine, TerminalFunction::update_finish)));
    restart(machine);
    EXPECT_EQ(running_slot(machine), 0);
}

TEST_F(UpdatedMachine, LosesNothingButAPageWhenItsPowerGoes) {
    std::size_t const parts = second_.size() / part_size;
    for (unsigned cut = 0; cut < 5; ++cut) {
        Machine machine{SSCARD_QEMU_IMAGE, flash()};
        ASSERT_EQ(running_slot(machine), 0) << "after cut " << cut;
        ASSERT_FALSE(send(machine, parts / 6)) << "after cut " << cut;
        machine.cut_power();
    }
    {
        Machine machine{SSCARD_QEMU_IMAGE, flash()};
        ASSERT_TRUE(send(machine, parts / 3)) << "most of it was kept";
        ASSERT_TRUE(is_done(call(machine, TerminalFunction::update_finish)));
    }
    Machine machine{SSCARD_QEMU_IMAGE, flash()};
    EXPECT_EQ(running_slot(machine), 1);
}

// Places in the vector table: the first instruction, and what a fault leads to.
constexpr std::size_t reset_vector = 4;
constexpr std::size_t fault_vector = 12;

TEST_F(UpdatedMachine, FallsBackFromAnImageThatCrashesAtOnce) {
    Bytes const faults{second_.begin() + apdu::ccid::image_header_size + fault_vector,
                       second_.begin() + apdu::ccid::image_header_size + fault_vector + 4};
    expect_fallback_from(signed_with(reset_vector, faults));
}

TEST_F(UpdatedMachine, FallsBackFromAnImageThatHangsAtOnce) {
    constexpr std::uint32_t image_begins = 0x2102'0200; // memory.ld, of the second slot
    constexpr std::uint32_t thumb = 1;
    Bytes const for_ever{0xFE, 0xE7}; // b .
    expect_fallback_from(signed_with(word(reset_vector) - thumb - image_begins, for_ever));
}

TEST_F(UpdatedMachine, FallsBackFromAnImageThatNeverConfirmsItself) {
    {
        Machine machine{SSCARD_QEMU_IMAGE, flash()};
        ASSERT_TRUE(send(machine, SIZE_MAX));
        ASSERT_TRUE(is_done(call(machine, TerminalFunction::update_finish)));
    }
    for (unsigned start = 0; start < 3; ++start) {
        Machine machine{SSCARD_QEMU_IMAGE, flash()};
        EXPECT_EQ(running_slot(machine), 1) << "trial " << start;
    }
    Machine machine{SSCARD_QEMU_IMAGE, flash()};
    EXPECT_EQ(running_slot(machine), 0);
}

} // namespace
