// Where a PIN is in the terminal: all RAM of the emulated machine is read while it is typed, where
// it must be found, and after each kind of exchange, where it must be gone.
#include "tests/integration/emulator.hpp"
#include "tests/integration/kiosk_terminal.hpp"
#include "tests/integration/pin_search.hpp"

#include "host/pcsc/pcsc_connection.hpp"

#include <future>

namespace {

using apdu::ccid::PinOperation;
using apdu::ccid::TerminalFunction;
using apdu::ccid::TerminalStatus;
using integration::Arguments;
using integration::Finished;
using integration::Holder;
using integration::person;
using integration::PinSearch;

using Forms = std::vector<std::string>;

/// Has the terminal capture a new PIN for the card, which is held meanwhile.
integration::TerminalAnswer capture() {
    auto const context = pcsc::Context::establish();
    auto const card = pcsc::Connection::open(context.value(), integration::Office::reader_name(0));
    EXPECT_TRUE(card.ok());
    std::array<std::uint8_t, apdu::ccid::PinCaptureRequest::size> request{};
    apdu::ccid::PinCaptureRequest{}.encode(request);
    return integration::ask_terminal(*card.value()->reader_functions(),
                                     TerminalFunction::capture_pin,
                                     {request.begin(), request.end()});
}

TEST(PinSearch, FindsEachFormOfAPartOfThePin) {
    using namespace std::string_literals;
    PinSearch const search{"9173046285"};
    EXPECT_EQ(search.found_in("..\x09\x01\x07\x03\x00\x04\x06.."s), Forms{"as numbers"});
    EXPECT_EQ(search.found_in("..304628.."), Forms{"as ASCII"});
    EXPECT_EQ(search.found_in(".\x00\x20\x00\x00\x05\x91\x73\x04\x62\x85."s), Forms{"as BCD"});
    EXPECT_EQ(search.found_in("..\xF1\x73\x04\x62\x8F.."s), Forms{"as BCD"});
    EXPECT_EQ(search.found_in("..\xF9\x17\x30\x46\x2F.."s), Forms{"as BCD between bytes"});
    EXPECT_EQ(search.found_in(".\x4A\x91\x73\x04\x62\x85\xAA\xAA."s),
              (Forms{"as BCD", "in a PIN field of format 4"}));
    EXPECT_EQ(search.found_in(".\x82\x11\x81\x33\x80\x04\x81\x22."s),
              Forms{"as BCD on the contacts' stream"});
    EXPECT_EQ(search.found_in("91730 46285"), Forms{});
}

/// A terminal in QEMU, and a card with a PIN that stands nowhere by chance.
class EmulatedTerminal : public integration::KioskTerminal {
protected:
    static constexpr auto* pin = "9173046285";
    static constexpr auto* new_pin = "8642097531";

    void SetUp() override {
        office_.insert(0, {"--version", GetParam(), "--person", person("zhang_san"), "--pin", pin});
        EXPECT_EQ(found(pin), Forms{});
        EXPECT_EQ(found(new_pin), Forms{});
    }

    /// The forms of that PIN in all RAM of the machine.
    Forms found(std::string_view digits) {
        return PinSearch{digits}.found_in(emulator_.ram(office_.folder()));
    }

    /// The holder types the PIN once it is asked for, and is yet to press enter; then it is there.
    void type(Holder& holder, std::string const& prompt, std::string const& digits) {
        holder.wait_for(prompt + "|");
        Holder::press(digits);
        holder.wait_for(prompt + "|" + std::string(digits.size(), '*'));
        Forms const forms = found(digits);
        EXPECT_NE(std::find(forms.begin(), forms.end(), "as numbers"), forms.end())
            << "it is looked for where it is";
    }
    void answer(Holder& holder, std::string const& prompt, std::string const& digits) {
        type(holder, prompt, digits);
        Holder::press("\n");
    }

    std::future<Finished> begin(Arguments const& arguments) {
        return std::async(std::launch::async,
                          [this, arguments] { return office_.sscard(arguments); });
    }

    integration::Emulator emulator_{};
};

TEST_P(EmulatedTerminal, ForgetsAPinThatTheCardHasSeen) {
    office_.start_daemon();
    Holder holder;
    auto right = begin({"pin", "verify", "--at-pad"});
    answer(holder, "请输入密码", pin);
    EXPECT_EQ(right.get().status, 0);
    EXPECT_EQ(found(pin), Forms{});
    auto wrong = begin({"pin", "verify", "--at-pad"});
    answer(holder, "请输入密码", new_pin);
    EXPECT_EQ(wrong.get().status, 7);
    EXPECT_EQ(found(new_pin), Forms{}) << "one that the card refused";
}

TEST_P(EmulatedTerminal, ForgetsBothPinsOfAChange) {
    office_.start_daemon();
    Holder holder;
    auto changed = begin({"pin", "change", "--at-pad"});
    answer(holder, "请输入密码", pin);
    answer(holder, "请输入新密码", new_pin);
    answer(holder, "请再次输入新密码", new_pin);
    EXPECT_EQ(changed.get().status, 0);
    EXPECT_EQ(found(pin), Forms{});
    EXPECT_EQ(found(new_pin), Forms{});
}

TEST_P(EmulatedTerminal, ForgetsAPinThatItGaveOutEncrypted) {
    office_.keep_keys_in_store();
    office_.start_daemon();
    integration::make_keys_with_terminals(office_);
    give_terminal_its_keys();
    Holder holder;
    auto captured = std::async(std::launch::async, capture);
    answer(holder, "请输入新密码", new_pin);
    answer(holder, "请再次输入新密码", new_pin);
    auto const given = captured.get();
    EXPECT_EQ(given.status, TerminalStatus::done);
    EXPECT_EQ(given.data.size(), apdu::ccid::CapturedPin::size);
    EXPECT_EQ(found(new_pin), Forms{});
}

TEST_P(EmulatedTerminal, ForgetsThePinOfAReset) {
    office_.keep_keys_in_store();
    office_.start_daemon();
    integration::make_keys_with_terminals(office_);
    give_terminal_its_keys();
    Holder holder;
    auto reset = begin({"pin", "reset", "--at-pad"});
    answer(holder, "请输入新密码", new_pin);
    answer(holder, "请再次输入新密码", new_pin);
    EXPECT_EQ(reset.get().status, 0);
    EXPECT_EQ(found(new_pin), Forms{});
}

TEST_P(EmulatedTerminal, ForgetsWhatWasTypedBeforeCancel) {
    office_.start_daemon();
    Holder holder;
    auto cancelled = begin({"pin", "verify", "--at-pad"});
    type(holder, "请输入密码", pin);
    Holder::press("x");
    EXPECT_EQ(cancelled.get().status, 9);
    EXPECT_EQ(found(pin), Forms{});
}

TEST_P(EmulatedTerminal, ForgetsWhatWasTypedBeforeTheTimeWasOver) {
    auto const context = pcsc::Context::establish();
    auto const card = pcsc::Connection::open(context.value(), office_.reader_name(0));
    ASSERT_TRUE(card.ok());
    constexpr std::array<std::uint8_t, 5> verify{0x00, 0x20, 0x00, 0x00, 0x00};
    constexpr std::uint8_t patience_s = 8; // for each key
    PinOperation const operation{.timeout_s = patience_s,
                                 .digits_min = 4,
                                 .digits_max = 12,
                                 .end = {.is_entered = true},
                                 .messages = 1,
                                 .language = 0x0804,
                                 .command = verify};
    Holder holder;
    std::array<std::uint8_t, 8> response{};
    auto entry = std::async(std::launch::async, [&] {
        return card.value()->reader_functions()->transmit_at_pad(operation, response);
    });
    type(holder, "请输入密码", pin);
    holder.wait_for("操作超时|");
    auto const size = entry.get();
    ASSERT_TRUE(size.ok() && size.value() == 2);
    EXPECT_EQ(response[0], 0x64);
    EXPECT_EQ(response[1], 0x00);
    EXPECT_EQ(found(pin), Forms{});
}

TEST_P(EmulatedTerminal, ForgetsWhatWasTypedBeforeTheCardWasPulled) {
    office_.start_daemon();
    Holder holder;
    auto pulled = begin({"pin", "verify", "--at-pad"});
    type(holder, "请输入密码", pin);
    office_.remove(0);
    EXPECT_NE(pulled.get().status, 0);
    EXPECT_EQ(found(pin), Forms{});
}

INSTANTIATE_TEST_SUITE_P(Cards, EmulatedTerminal, testing::Values("2.00", "3.00"),
                         [](auto const& info) { return info.param == "2.00" ? "T0" : "T1"; });

} // namespace
