#include "firmware/core/terminal_escapes.hpp"

#include "tests/firmware/core/test_desk.hpp"
#include "tests/firmware/core/update_fixture.hpp"

#include "keys/openssl/evp_aes.hpp"

namespace terminal {
namespace {

using apdu::ccid::TerminalFunction;

class ClosedCase final : public hal::System {
public:
    std::array<std::uint8_t, 12> chip_number() const override { return {}; }
    hal::StartReason start_reason() const override { return hal::StartReason::power; }
    bool is_tampered() override { return false; }
    bool clear_tamper() override { return true; }
    void feed_watchdog() override {}
    void idle() override {}
    [[noreturn]] void restart() override { throw std::logic_error{"restarted"}; }
};

/// Neither noise nor random bytes: nothing here needs them.
class NoNoise final : public hal::Noise, public keys::RandomGenerator {
public:
    bool fill(apdu::ByteSpan) override { return false; }
    bool seed(keys::EntropySource&) override { return false; }
};

/// A terminal from a start on, and the Escapes of its host.
class EscapedTerminal {
public:
    EscapedTerminal(SimulatedFlash& image_flash, keys::ImagePublicKey const& key)
        : images_{image_flash, key}, board_{clock_, case_, noise_, host_, host_,      line_,
                                            line_,  line_, pad_,   pad_,  key_flash_, image_flash} {
    }

    /// An answer's status and data.
    Bytes answer(TerminalFunction function, apdu::ByteView data = {}) {
        Bytes command{apdu::ccid::terminal_escape_mark, static_cast<std::uint8_t>(function)};
        command.insert(command.end(), data.begin(), data.end());
        EXPECT_EQ(escapes_.begin(command), EscapeCommands::State::done);
        Bytes bytes = apdu::copy_of(escapes_.answer());
        escapes_.clear();
        return bytes;
    }
    Bytes write(std::size_t offset, apdu::ByteView part) {
        Bytes data;
        for (unsigned shift = 32; shift > 0; shift -= 8) {
            data.push_back(static_cast<std::uint8_t>(offset >> (shift - 8)));
        }
        data.insert(data.end(), part.begin(), part.end());
        return answer(TerminalFunction::update_write, data);
    }

private:
    TestClock clock_{};
    ClosedCase case_{};
    NoNoise noise_{};
    TestHostLine host_{};
    ScriptedLine line_{};
    TestPad pad_{};
    SimulatedFlash key_flash_{2048, 2};
    StartedTerminal images_;
    hal::Board board_;
    keys::openssl::EvpAes aes_{};
    KeyStorage keys_{key_flash_};
    RandomBits random_{noise_, noise_};
    Slot slot_{line_, clock_};
    PinDialog dialog_{pad_, pad_, clock_};
    PinCapture capture_{{slot_, dialog_, keys_, random_, aes_}};
    Update update_{images_.slots, images_.record, ImageSlot::first};
    Identity identity_{};
    TerminalEscapes escapes_{{board_, identity_, keys_, random_, aes_, update_, &capture_, {}, {}}};
};

class UpdateEscapes : public UpdateTest {
protected:
    static constexpr std::size_t part_size = 100;

    static Bytes bytes_of(ImageHeader const& header) {
        auto const bytes = apdu::ccid::write_image_header(header);
        return {bytes.begin(), bytes.end()};
    }
    /// From that byte of the image on; the status of the first part that was not done, or 0.
    std::uint8_t write_from(EscapedTerminal& terminal, std::size_t offset) const {
        std::uint8_t status = 0;
        while (status == 0 && offset < newer.bytes.size()) {
            auto const rest = apdu::ByteView{newer.bytes}.subspan(offset);
            auto const part = rest.first(std::min(part_size, rest.size()));
            status = terminal.write(offset, part).front();
            offset += part.size();
        }
        return status;
    }
};

TEST_F(UpdateEscapes, BringANewImage) {
    EscapedTerminal terminal{flash, signer.public_key()};
    EXPECT_EQ(terminal.answer(TerminalFunction::update_begin, bytes_of(newer.header)), Bytes{0});
    EXPECT_EQ(write_from(terminal, 0), 0);
    EXPECT_EQ(terminal.answer(TerminalFunction::update_finish), Bytes{0});
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), ImageSlot::second);
}

TEST_F(UpdateEscapes, GoOnAfterALossOfPowerFromWhereTheTerminalSays) {
    EscapedTerminal cut{flash, signer.public_key()};
    EXPECT_EQ(cut.answer(TerminalFunction::update_resume, bytes_of(newer.header)),
              apdu::bytes("00 00 04 00000000")); // there is nothing to go on with
    flash.cut_power(70, Tearing::noise, 1);
    EXPECT_NE(write_from(cut, 0), 0);
    flash.start();
    EscapedTerminal terminal{flash, signer.public_key()};
    EXPECT_EQ(terminal.answer(TerminalFunction::update_resume, bytes_of(newer.header)),
              apdu::bytes("00 00 04 00000200"));
    EXPECT_EQ(terminal.answer(TerminalFunction::update_state), apdu::bytes("00 00 04 00000200"));
    EXPECT_NE(terminal.write(0, newer.bytes).front(), 0);
    EXPECT_EQ(write_from(terminal, 0x200), 0);
    EXPECT_EQ(terminal.answer(TerminalFunction::update_finish), Bytes{0});
    StartedTerminal later = started(flash);
    EXPECT_EQ(choose(later), ImageSlot::second);
}

TEST_F(UpdateEscapes, AnswerARefusalByItsStatusAlone) {
    EscapedTerminal terminal{flash, signer.public_key()};
    auto const resume = [&terminal](ImageHeader const& header) {
        return terminal.answer(TerminalFunction::update_resume, bytes_of(header));
    };
    EXPECT_EQ(resume(signer.header(newer.bytes, sample_board + 1, 6, 1)), Bytes{0x0E});
    EXPECT_EQ(resume(ImageSigner{}.header(newer.bytes, sample_board, 6, 1)), Bytes{0x0F});
    EXPECT_EQ(resume(image(4, 100).header), Bytes{0x10});
    EXPECT_EQ(resume(image(6, 100, ImageSlot::first).header), Bytes{0x08});
    EXPECT_EQ(terminal.answer(TerminalFunction::update_resume, Bytes(128)), Bytes{0x07});
    EXPECT_EQ(terminal.answer(TerminalFunction::update_finish), Bytes{0x08});
}

} // namespace
} // namespace terminal
