#include "firmware/core/terminal_escapes.hpp"

#include "tests/firmware/core/key_storage_fixture.hpp"
#include "tests/firmware/core/test_desk.hpp"
#include "tests/firmware/core/test_system.hpp"
#include "tests/firmware/core/update_fixture.hpp"

#include "keys/terminal_pin.hpp"

#include <gtest/gtest.h>

namespace terminal {
namespace {

using apdu::bytes;
using apdu::ccid::CapturedPin;
using apdu::ccid::TerminalStatus;

/// A kiosk's terminal with a card in its user slot, its PIN pad's link and that of the SAMs.
class ATerminal : public testing::Test {
protected:
    static constexpr std::string_view card_atr =
        "3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7A";
    static constexpr std::string_view six_to_eight_digits = "53 03 1E 06 08 09 04";

    ATerminal() {
        EXPECT_EQ(keys_.load(), KeyState::empty);
        EXPECT_TRUE(random_.start());
    }
    Bytes ask(std::string_view command) { return ask(bytes(command)); }
    Bytes ask(Bytes const& command) {
        auto const state = escapes_.begin(command);
        return state == EscapeCommands::State::done ? apdu::copy_of(escapes_.answer()) : Bytes{};
    }
    static Bytes own(unsigned function, apdu::ByteView data) {
        Bytes command{apdu::ccid::terminal_escape_mark, static_cast<std::uint8_t>(function)};
        command.insert(command.end(), data.begin(), data.end());
        return command;
    }
    /// Its keys, as a centre with this BDK gives them.
    void load_keys() {
        Bytes provision = apdu::copy_of(sample_id.bytes);
        provision.insert(provision.end(), 32, 0x77);
        ASSERT_EQ(ask(own(0x05, provision)), Bytes{0x00});
        std::array<std::uint8_t, keys::key_block_random_size> const random{};
        auto const block = keys::make_initial_key_block(aes_, centre(), sample_id, random);
        ASSERT_TRUE(block.ok());
        auto const text = block.value().view();
        ASSERT_EQ(ask(own(0x04, {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()})),
                  Bytes{0x00});
    }
    void power_on(std::string_view atr = card_atr) {
        desk_.line.atrs = {good(bytes(atr))};
        desk_.slot.power_on(hal::VoltageClass::a);
        run(500);
    }
    void run(std::uint64_t ms) {
        for (std::uint64_t i = 0; i < ms; ++i) {
            desk_.clock.wait_us(1'000);
            (void)desk_.slot.step();
        }
    }
    /// Steps until the escape is over. @returns its answer.
    Bytes finish(unsigned steps = 100'000) {
        for (unsigned i = 0; i < steps; ++i) {
            desk_.clock.wait_us(1'000);
            (void)desk_.slot.step();
            if (escapes_.step() == EscapeCommands::State::done) {
                return apdu::copy_of(escapes_.answer());
            }
        }
        return {};
    }
    Bytes capture(std::string_view typed) {
        auto const state = escapes_.begin(bytes(six_to_eight_digits));
        if (state != EscapeCommands::State::going_on) {
            return apdu::copy_of(escapes_.answer());
        }
        desk_.pad.type(typed);
        return finish();
    }
    keys::TerminalKeySet centre() { return {bdks_, transports_}; }
    static Bytes status(TerminalStatus status) { return {static_cast<std::uint8_t>(status)}; }

    TestDesk desk_{Echo::none};
    TestSystem system_{};
    GoodNoise noise_{};
    PlainGenerator generator_{};
    SimulatedFlash key_flash_{2048, 3};
    SimulatedFlash image_flash_{512, 10};
    keys::openssl::EvpAes aes_{};
    KeyStorage keys_{key_flash_};
    RandomBits random_{noise_, generator_};
    PinCapture capture_{{desk_.slot, desk_.dialog, keys_, random_, aes_}};
    hal::Board board_{desk_.clock, system_,    noise_,    desk_.host, desk_.host, desk_.line,
                      desk_.line,  desk_.line, desk_.pad, desk_.pad,  key_flash_, image_flash_};
    Identity identity_{"KioskTerm", "1.0.0", "test", "KioskTerm-1.0"};
    std::array<Slot const*, 1> slots_{&desk_.slot};
    std::array<HostLink const*, 1> links_{&desk_.link};
    std::vector<keys::TerminalBdk> bdks_ = [] {
        std::vector<keys::TerminalBdk> bdks;
        bdks.push_back(
            {{0x12, 0x34, 0x56, 0x78}, keys::Bdk{keys::AesSize::aes128, Bytes(16, 0xB0)}});
        return bdks;
    }();
    std::vector<keys::TerminalTransportKey> transports_ = [] {
        std::vector<keys::TerminalTransportKey> transports;
        transports.push_back({sample_id, sample_transport_key()});
        return transports;
    }();
    ImageSigner signer_{};
    StartedTerminal started_{image_flash_, signer_.public_key()};
    Update update_{started_.slots, started_.record, ImageSlot::first};
    TerminalEscapes escapes_{
        {board_, identity_, keys_, random_, aes_, update_, &capture_, slots_, links_}};
    TerminalEscapes sam_escapes_{
        {board_, identity_, keys_, random_, aes_, update_, nullptr, slots_, links_}};
};

TEST_F(ATerminal, GivesOutAPinThatItsCentreOpens) {
    load_keys();
    power_on();
    keys::CountersInMemory counters;
    for (std::uint32_t transaction = 1; transaction <= 3; ++transaction) {
        Bytes const answer = capture("123456e123456e");
        ASSERT_EQ(answer.size(), 1 + CapturedPin::size);
        EXPECT_EQ(answer[0], 0x00);
        auto const captured = CapturedPin::parse(apdu::ByteView{answer}.subspan(1)).value();
        EXPECT_EQ(captured.initial_key_id, sample_id.bytes);
        EXPECT_EQ(captured.counter, transaction);
        auto const atr = bytes(card_atr);
        auto const opened = keys::open_terminal_pin(aes_, counters, centre(),
                                                    {sample_id, captured.counter, captured.block},
                                                    keys::card_pan(apdu::ByteView{atr}.last<8>()));
        ASSERT_TRUE(opened.ok());
        EXPECT_EQ(opened.value().size(), 3U);
        escapes_.clear();
    }
}

TEST_F(ATerminal, BindsThePinToTheCardInItsSlot) {
    load_keys();
    power_on();
    Bytes const answer = capture("123456e123456e");
    ASSERT_EQ(answer.size(), 1 + CapturedPin::size);
    auto const captured = CapturedPin::parse(apdu::ByteView{answer}.subspan(1)).value();
    keys::CountersInMemory counters;
    std::array<std::uint8_t, 8> const other{0x23, 0x86, 0x97, 0x15, 0x99, 0x00, 0xBF, 0x7D};
    EXPECT_FALSE(keys::open_terminal_pin(aes_, counters, centre(),
                                         {sample_id, captured.counter, captured.block},
                                         keys::card_pan(other))
                     .ok());
}

TEST_F(ATerminal, CapturesNothingWithoutKeysOrCard) {
    EXPECT_EQ(capture(""), status(TerminalStatus::no_key));
    load_keys();
    EXPECT_EQ(capture(""), status(TerminalStatus::no_card)) << "it has not answered yet";
    power_on("3B 00");
    EXPECT_EQ(capture(""), status(TerminalStatus::no_card)) << "one that does not say who it is";
    power_on();
    desk_.line.is_in = false;
    EXPECT_EQ(capture(""), status(TerminalStatus::no_card));
}

TEST_F(ATerminal, CapturesNothingWhereItIsCancelledOrNobodyTypesOrTheCardLeaves) {
    load_keys();
    power_on();
    EXPECT_EQ(capture("12x"), status(TerminalStatus::cancelled));
    EXPECT_EQ(capture("12"), status(TerminalStatus::timed_out));
    ASSERT_EQ(escapes_.begin(bytes(six_to_eight_digits)), EscapeCommands::State::going_on);
    desk_.line.is_in = false;
    EXPECT_EQ(finish(), status(TerminalStatus::no_card));
}

TEST_F(ATerminal, CapturesNothingForACardThatTookTheOthersPlace) {
    load_keys();
    power_on();
    ASSERT_EQ(escapes_.begin(bytes(six_to_eight_digits)), EscapeCommands::State::going_on);
    desk_.pad.type("123456e123456e");
    desk_.line.is_in = false;
    (void)desk_.slot.step();
    desk_.line.is_in = true;
    power_on("3B 6D 00 00 00 81 4E 43 23 86 97 15 99 00 BF 7C 7B");
    EXPECT_EQ(finish(), status(TerminalStatus::no_card));
}

TEST_F(ATerminal, RefusesARequestThatIsNone) {
    load_keys();
    power_on();
    EXPECT_EQ(ask("53 03"), status(TerminalStatus::malformed));
    EXPECT_EQ(ask("53 03 1E 01 08 09 04"), status(TerminalStatus::malformed));
    EXPECT_EQ(ask("53"), status(TerminalStatus::malformed));
    EXPECT_EQ(ask("53 7F"), status(TerminalStatus::unknown));
    EXPECT_EQ(escapes_.begin({}), EscapeCommands::State::failed);
    EXPECT_EQ(escapes_.begin(bytes("99")), EscapeCommands::State::failed);
}

TEST_F(ATerminal, HasItsTransportKeyOnce) {
    load_keys();
    Bytes provision = apdu::copy_of(sample_id.bytes);
    EXPECT_EQ(ask(own(0x05, provision)), status(TerminalStatus::malformed)) << "no key";
    provision.insert(provision.end(), 32, 0x78);
    EXPECT_EQ(ask(own(0x05, provision)), status(TerminalStatus::provisioned));
    EXPECT_EQ(ask("53 04 41"), status(TerminalStatus::refused)) << "it has its initial key";
}

TEST_F(ATerminal, DoesNothingWithKeysWhileItIsTamperedAndForgetsThemThen) {
    load_keys();
    power_on();
    system_.is_open = true;
    EXPECT_EQ(ask(six_to_eight_digits), status(TerminalStatus::tampered));
    EXPECT_EQ(ask("53 05"), status(TerminalStatus::tampered));
    EXPECT_EQ(ask("53 04"), status(TerminalStatus::tampered));
    EXPECT_EQ(ask("53 06"), status(TerminalStatus::done));
    EXPECT_FALSE(system_.is_open);
    EXPECT_EQ(keys_.state(), KeyState::empty);
}

TEST_F(ATerminal, ChangesNothingOnTheLinkOfTheSams) {
    load_keys();
    power_on();
    for (unsigned function = 0x03; function <= 0x20; ++function) {
        ASSERT_EQ(sam_escapes_.begin(own(function, {})), EscapeCommands::State::done);
        EXPECT_EQ(apdu::copy_of(sam_escapes_.answer()), status(TerminalStatus::unknown));
    }
    EXPECT_FALSE(sam_escapes_.wants_restart());
    EXPECT_EQ(keys_.state(), KeyState::loaded);
}

TEST_F(ATerminal, TellsWhatItIs) {
    Bytes const answer = ask("53 01");
    EXPECT_TRUE(holds(answer, bytes("00 01 09 4B696F736B5465726D 02 05 312E302E30")));
    EXPECT_FALSE(holds(answer, bytes("05 08"))) << "no keys";
    load_keys();
    EXPECT_TRUE(holds(ask("53 01"), bytes("05 08 1234567890123456")));
}

TEST_F(ATerminal, TellsHowItIs) {
    Bytes const answer = ask("53 02");
    EXPECT_EQ(answer.at(0), 0x00);
    EXPECT_TRUE(holds(answer, bytes("02 01 02 03 01 00 04 01 00 05 01 01")));
    EXPECT_TRUE(holds(answer, bytes("06 04 00000000 07 01 00"))) << "no header, the first slot";
    auto const header = apdu::ccid::write_image_header(signer_.header({}, sample_board, 7, 0));
    ASSERT_TRUE(image_flash_.write(0, header));
    EXPECT_TRUE(holds(ask("53 02"), bytes("06 04 00000007 07 01 00")));
}

TEST_F(ATerminal, StartsAnewWhenItIsTold) {
    EXPECT_FALSE(escapes_.wants_restart());
    EXPECT_EQ(ask("53 15"), status(TerminalStatus::done));
    EXPECT_TRUE(escapes_.wants_restart());
}

} // namespace
} // namespace terminal
