#include "tests/firmware/core/test_desk.hpp"
#include "tests/fuzz/require_so.hpp"

#include <algorithm>

namespace {

using namespace terminal;

constexpr std::size_t answer_header_size = apdu::ccid::header_size;

/// Whole answers, by type, in what the terminal sent: 03 06 and a message each; slot changes (50)
/// are none.
std::vector<Bytes> answers_in(Bytes const& sent) {
    std::vector<Bytes> answers;
    FrameReceiver receiver;
    for (std::size_t i = 0; i < sent.size(); ++i) {
        if (!receiver.is_receiving() && sent[i] == 0x50) { // and one byte of states
            ++i;
            continue;
        }
        if (receiver.receive(sent[i], false, 0) == FrameReceiver::Came::message) {
            auto const message = receiver.message();
            answers.emplace_back(message.begin(), message.end());
        }
    }
    return answers;
}

/// A time extension is no answer yet.
bool is_final(Bytes const& answer) { return (answer[7] >> 6U) != 2U; }

std::size_t final_in(Bytes const& sent) {
    std::size_t count = 0;
    for (Bytes const& answer : answers_in(sent)) {
        count += is_final(answer) ? 1 : 0;
    }
    return count;
}

/// Whatever was before: a card that comes now is reset, and answers a command.
void expect_next_card_works(TestDesk& desk) {
    desk.line.is_in = false;
    desk.run(5);
    desk.line.is_in = true;
    desk.run(5);
    desk.host.from_terminal.clear();
    auto const atr = desk.answer("62 00000000 00 A8 010000", 200);
    require_so(atr == frame("80 02000000 00 A8 00 00 00 3B00"));
    desk.line.sent.clear();
    desk.line.script = {{apdu::bytes("0084000008"), good(apdu::bytes("6D00"))}};
    auto const answer = desk.answer("6F 05000000 00 A9 000000 0084000008", 50);
    require_so(answer == frame("80 02000000 00 A9 00 00 00 6D00"));
}

/// What happens before the next; the second byte of a pair.
enum class Step : std::uint8_t { host, damaged, framed, card, wrong_card, time, key, socket };

} // namespace

/// Pairs of bytes: who says something, and what. `framed` sends as many of the following bytes as
/// the second says, as one message. Never more than one answer for a frame, a GetSlotStatus
/// afterwards gets a right answer, and the next card works.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    TestDesk desk{Echo::none};
    desk.line.atrs = {good(apdu::bytes("3B 00"))};
    desk.run(1);
    std::size_t begun = 0; // each frame begins with 03 06
    std::uint8_t before = 0;
    auto const write = [&](std::uint8_t byte, bool is_damaged) {
        desk.host.to_terminal.push_back({byte, is_damaged});
        begun += before == 0x03 && byte == 0x06 ? 1 : 0;
        before = byte;
    };
    for (std::size_t i = 0; i + 1 < size; i += 2) {
        std::uint8_t const value = data[i + 1];
        switch (static_cast<Step>(data[i] % 8U)) {
        case Step::host:
        case Step::damaged:
            write(value, data[i] % 8U == static_cast<unsigned>(Step::damaged));
            break;
        case Step::framed: {
            std::size_t const length = std::min<std::size_t>(value % 64U, size - i - 2);
            Bytes message(answer_header_size);
            std::copy_n(data + i + 2, std::min(length, answer_header_size), message.begin());
            std::size_t const rest = length > answer_header_size ? length - answer_header_size : 0;
            message.insert(message.end(), data + i + 2 + (length - rest), data + i + 2 + length);
            message[1] = static_cast<std::uint8_t>(rest);
            message[2] = message[3] = message[4] = 0;
            for (std::uint8_t const byte : TestDesk::framed(message)) {
                write(byte, false);
            }
            i += length - length % 2;
            break;
        }
        case Step::card:
        case Step::wrong_card:
            desk.line.coming.push_back(
                {value, data[i] % 8U == static_cast<unsigned>(Step::wrong_card)});
            break;
        case Step::time:
            desk.run(value);
            break;
        case Step::key:
            desk.pad.keys.push_back({static_cast<hal::PadKey::Kind>(value % 4U),
                                     static_cast<std::uint8_t>(value / 4U % 10U)});
            break;
        case Step::socket:
            desk.line.is_in = value % 2 != 0;
            break;
        }
        desk.device.step();
    }
    desk.run(100); // a frame that stopped is one no more
    require_so(desk.host.to_terminal.empty());
    require_so(final_in(desk.host.from_terminal) <= begun);
    Bytes const sent = desk.answer("65 00000000 00 A7 000000", 50);
    bool has_status = false;
    for (Bytes const& answer : answers_in(sent)) {
        bool const is_it = answer[0] == 0x81 && answer[6] == 0xA7 && is_final(answer);
        require_so(!is_it || !has_status);
        has_status = has_status || is_it;
    }
    require_so(has_status);
    expect_next_card_works(desk);
    return 0;
}
