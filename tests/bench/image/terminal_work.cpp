#include "tests/bench/image/terminal_work.hpp"

#include "tests/bench/expect.hpp"

#include "apdu/ccid/image_header.hpp"
#include "apdu/ccid/terminal_escape.hpp"
#include "keys/initial_key_block.hpp"
#include "keys/openssl/evp_aes.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace bench {
namespace {

using apdu::ccid::CommandType;
using apdu::ccid::TerminalFunction;
using virtual_card::Bytes;

void ask(Kiosk& kiosk, CommandType type, Bytes const& data, std::string_view typed = {}) {
    constexpr std::size_t status_at = 7;
    constexpr std::uint8_t failed = 0x40;
    Bytes const answer = kiosk.ask({type, data}, typed);
    expect((answer[status_at] & failed) == 0, "the terminal does what it is asked");
}

void ask(Kiosk& kiosk, TerminalFunction function, apdu::ByteView data,
         std::string_view typed = {}) {
    Bytes command{apdu::ccid::terminal_escape_mark, static_cast<std::uint8_t>(function)};
    command.insert(command.end(), data.begin(), data.end());
    Bytes const answer = kiosk.ask({CommandType::escape, command}, typed);
    expect(answer.size() > apdu::ccid::header_size && answer[apdu::ccid::header_size] == 0,
           "the terminal does what it is told by an Escape");
}

/// VERIFY and CHANGE PIN of a social security card, as libccid sends them. `pcb`: of the block
/// around them under T=1.
Bytes verification(std::uint8_t pcb) {
    return {0x00, 0x1E, 0x81, 0x00, 0x00, 0x0C, 0x04, 0x02, 0x01, 0x04,
            0x08, 0x00, 0x00, pcb,  0x05, 0x00, 0x20, 0x00, 0x00, 0x00};
}
Bytes change(std::uint8_t pcb) {
    return {0x01, 0x1E, 0x81, 0x00, 0x00, 0x00, 0x01, 0x0C, 0x04, 0x03, 0x02, 0x03, 0x04,
            0x08, 0x00, 0x01, 0x02, 0x00, pcb,  0x06, 0x80, 0x5E, 0x01, 0x00, 0x01, 0xFF};
}

constexpr std::string_view old_pin = "123456\r";
constexpr std::string_view both_pins = "123456\r123456789012\r123456789012\r";
constexpr std::string_view new_pin_twice = "97531086\r97531086\r";

} // namespace

void power_on(Kiosk& kiosk) { ask(kiosk, CommandType::icc_power_on, {}); }

void enter_pins(Kiosk& kiosk) {
    ask(kiosk, CommandType::secure, verification(0x00), old_pin);
    ask(kiosk, CommandType::secure, change(0x40), both_pins);
}

void load_keys(Kiosk& kiosk) {
    keys::InitialKeyId const id{{0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56}};
    Bytes const transport(32, 0x77);
    Bytes provision{id.bytes.begin(), id.bytes.end()};
    provision.insert(provision.end(), transport.begin(), transport.end());
    ask(kiosk, TerminalFunction::provision, provision);
    keys::openssl::EvpAes aes;
    std::array<std::uint8_t, keys::key_block_random_size> const random{};
    auto const block =
        keys::wrap_initial_key(aes, keys::KeyBlockKey{keys::AesSize::aes256, transport}, id,
                               keys::InitialKey{keys::AesSize::aes128, Bytes(16, 0x5A)}, random);
    expect(block.ok(), "an initial key is wrapped");
    auto const text = block.value().view();
    ask(kiosk, TerminalFunction::load_initial_key,
        {reinterpret_cast<std::uint8_t const*>(text.data()), text.size()});
}

void capture_pin(Kiosk& kiosk) {
    std::array<std::uint8_t, apdu::ccid::PinCaptureRequest::size> request{};
    apdu::ccid::PinCaptureRequest{}.encode(request);
    ask(kiosk, TerminalFunction::capture_pin, request, new_pin_twice);
}

NewImage::NewImage(std::string const& update_file) {
    std::ifstream file{update_file, std::ios::binary};
    Bytes const bytes{std::istreambuf_iterator<char>{file}, {}};
    auto const images = apdu::ccid::read_image_file(bytes);
    expect(images.ok() && !images.value()[1].empty(), "an update is built, and signed");
    auto const second = images.value()[1];
    header_.assign(second.begin(), second.begin() + apdu::ccid::image_header_size);
    body_.assign(second.begin() + apdu::ccid::image_header_size, second.end());
}

void NewImage::begin(Kiosk& kiosk) const { ask(kiosk, TerminalFunction::update_begin, header_); }

void NewImage::finish(Kiosk& kiosk) const {
    constexpr std::size_t part_size = 240;
    for (std::size_t at = 0; at < body_.size(); at += part_size) {
        auto const rest = apdu::ByteView{body_}.subspan(at);
        auto const part = rest.first(std::min(part_size, rest.size()));
        Bytes data{0, static_cast<std::uint8_t>(at >> 16U), static_cast<std::uint8_t>(at >> 8U),
                   static_cast<std::uint8_t>(at)};
        data.insert(data.end(), part.begin(), part.end());
        ask(kiosk, TerminalFunction::update_write, data);
    }
    ask(kiosk, TerminalFunction::update_finish, Bytes{});
}

} // namespace bench
