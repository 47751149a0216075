// A PIN that a terminal's PIN pad encrypts, from the ceremonies for its keys to the card, through
// the real programs. The terminal is played here by the sources that it is built from.
#include "tests/integration/office.hpp"
#include "tests/integration/terminal_keys.hpp"

#include "keys/dukpt_terminal.hpp"
#include "keys/hex_text.hpp"
#include "keys/initial_key_block.hpp"
#include "keys/openssl/evp_aes.hpp"
#include "keys/pan.hpp"
#include "keys/pin_block.hpp"

#include <gtest/gtest.h>

namespace {

using integration::Arguments;
using integration::kiosk_id;
using integration::Office;
using integration::terminals_passphrase;
using integration::typed;

template <std::size_t size>
std::array<std::uint8_t, size> bytes_of(std::string_view hex) {
    std::array<std::uint8_t, size> bytes{};
    EXPECT_TRUE(keys::read_hex(hex, bytes)) << hex;
    return bytes;
}

std::string hex_digits_of(apdu::ByteView bytes) {
    std::string text(2 * bytes.size(), '0');
    keys::write_hex(bytes, text);
    return text;
}

class ATerminal : public testing::Test {
protected:
    ATerminal() {
        office_.keep_keys_in_store();
        office_.configure("[log]\nlevel = \"debug\"\n[pin]\ndesk_entry = false\n");
        office_.insert(0, {"--version", "3.00", "--person", integration::person("zhang_san")});
        office_.start_daemon();
        integration::make_keys_with_terminals(office_);
    }

    keys::DukptTerminal handed_out() {
        std::string const file = integration::hand_out_initial_key(office_);
        auto received = keys::unwrap_initial_key(
            aes_, keys::KeyBlockKey{keys::AesSize::aes256, integration::kiosk_transport_key()},
            integration::text_of_file(file));
        EXPECT_TRUE(received.ok());
        keys::InitialKeyId const id = received.value().id;
        return keys::DukptTerminal::load(aes_, std::move(received).value().key, id).value();
    }

    /// The words that hand a typed PIN on to the office.
    Arguments typed_pin(keys::DukptTerminal& terminal, std::string_view digits) {
        std::string const reset_info = office_.answer({"card", "info"})["reset_info"];
        auto const factor = bytes_of<8>(std::string_view{reset_info}.substr(10));
        auto const transaction = terminal.next_key(aes_, keys::AesSize::aes128);
        std::array<std::uint8_t, 8> const random{1, 2, 3, 4, 5, 6, 7, 8};
        auto const block = keys::encrypt_pin_block(aes_, transaction.value().key,
                                                   keys::Pin::from_digits(digits).value(),
                                                   keys::card_pan(factor), random);
        std::uint32_t const counter = transaction.value().counter;
        std::array<std::uint8_t, 4> const counter_bytes{
            static_cast<std::uint8_t>(counter >> 24U), static_cast<std::uint8_t>(counter >> 16U),
            static_cast<std::uint8_t>(counter >> 8U), static_cast<std::uint8_t>(counter)};
        return {"pin",
                "reset",
                "--pin-block",
                kiosk_id,
                hex_digits_of(counter_bytes),
                hex_digits_of(block.value())};
    }

    Office office_{};
    keys::openssl::EvpAes aes_{};
};

TEST_F(ATerminal, GivesOutAPinThatTheCardHasAfterwardsAndNoProgramSaw) {
    auto terminal = handed_out();
    EXPECT_EQ(office_.refusal({"pin", "reset", "--new-pin-fd", "0"}, typed({"975310"})).code,
              "desk_pin_refused");
    Arguments const reset = typed_pin(terminal, "97531086");
    auto const status = office_.answer(reset);
    EXPECT_EQ(status["tries_left"], 6) << status;
    EXPECT_EQ(office_.logs().find("97531086"), std::string::npos);

    EXPECT_EQ(office_.refusal(reset).code, "terminal_pin_refused") << "once";
    EXPECT_EQ(office_.daemon().end(), 0);
    office_.start_daemon();
    ASSERT_EQ(
        office_.sscard({"keys", "unlock", "--passphrase-fd", "0"}, typed({terminals_passphrase}))
            .status,
        0);
    EXPECT_EQ(office_.refusal(reset).code, "terminal_pin_refused") << "also after a restart";
    EXPECT_EQ(office_.answer(typed_pin(terminal, "246813"))["tries_left"], 6);
}

TEST_F(ATerminal, IsRefusedForAnotherCard) {
    auto terminal = handed_out();
    Arguments const reset = typed_pin(terminal, "975310");
    office_.remove(0);
    office_.insert(0, {"--version", "3.00", "--person", integration::person("li_si"),
                       "--reset-info", "00814E43238697159900000009"});
    EXPECT_EQ(office_.refusal(reset).code, "terminal_pin_refused");
}

} // namespace
