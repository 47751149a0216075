// A card that answers as it should until the input says otherwise: a control byte for each command
// lets the answer through, cuts it, or puts the input's own bytes in its place. Whatever comes,
// every operation ends with a fault or well, and soon.

#include "host/session/basic_data.hpp"
#include "host/session/block.hpp"
#include "host/session/file_access.hpp"
#include "host/session/file_text.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/sample_card.hpp"
#include "tests/host/session/scripted_keys.hpp"

#include <algorithm>
#include <cstdint>
#include <tuple>

namespace {

using namespace session;
using Bytes = std::vector<std::uint8_t>;

constexpr std::size_t commands_max = 5000;

/// The bytes of the input, one after the other; 00 when there are no more.
class Input {
public:
    Input(std::uint8_t const* data, std::size_t size) : rest_{data, size} {}
    std::uint8_t next() {
        if (rest_.empty()) {
            return 0;
        }
        std::uint8_t const byte = rest_.front();
        rest_ = rest_.subspan(1);
        return byte;
    }
    Bytes take(std::size_t count) {
        apdu::ByteView const taken = rest_.first(std::min(count, rest_.size()));
        rest_ = rest_.subspan(taken.size());
        return {taken.begin(), taken.end()};
    }

private:
    apdu::ByteView rest_;
};

/// A made-up 3.00 card under T=0 that lets everything be done.
class FaultyCard final : public apdu::CardConnection {
public:
    explicit FaultyCard(Input& input)
        : input_{input}, protocol_{(input.next() & 1U) != 0 ? apdu::Protocol::t1
                                                            : apdu::Protocol::t0} {}

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        apdu::require(++commands_ < commands_max);
        apdu::require(command.size() >= 4);
        Bytes answer = right_answer(command);
        std::uint8_t const control = input_.next();
        if (control >= 0xF0) {
            return static_cast<apdu::Error>(control & 0x0FU);
        }
        if (control >= 0xA0) {
            answer = input_.take(control & 0x3FU);
        } else if (control >= 0x80) {
            answer.resize(std::min<std::size_t>(answer.size(), control & 0x1FU));
        }
        if (answer.size() > response.size()) {
            return apdu::Error::too_long;
        }
        apdu::copy_bytes(answer, response);
        return answer.size();
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return atr_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

private:
    Bytes right_answer(apdu::ByteView command) {
        switch (static_cast<apdu::Ins>(command[1])) {
        case apdu::Ins::select:
            return waiting(apdu::bytes(sample::fci_sm4));
        case apdu::Ins::internal_authenticate:
            return waiting(
                Bytes{ScriptedKeys::internal_data.begin(), ScriptedKeys::internal_data.end()});
        case apdu::Ins::get_response:
            return with_success(std::exchange(waiting_, {}));
        case apdu::Ins::get_challenge:
            return apdu::bytes("1122334455667788 9000");
        case apdu::Ins::read_record:
            return records(command);
        case apdu::Ins::read_binary:
            return apdu::bytes("ABABABAB 9000");
        case apdu::Ins::verify:
            return apdu::bytes(command.size() > 5 ? "9000" : "63C6");
        default:
            return apdu::bytes("9000");
        }
    }
    static Bytes records(apdu::ByteView command) {
        if (command[3] == 0x2D && command[2] == 1) {
            return apdu::bytes(sample::issuer_data(sample::version_3_00) + "9000");
        }
        if (command[3] == 0x35 && command[2] == 1) {
            return apdu::bytes(sample::holder_data + "9000");
        }
        return apdu::bytes("6A83");
    }
    static Bytes with_success(Bytes data) {
        data.push_back(0x90);
        data.push_back(0x00);
        return data;
    }
    Bytes waiting(Bytes data) {
        if (protocol_ == apdu::Protocol::t1) {
            return with_success(std::move(data));
        }
        waiting_ = std::move(data);
        return {0x61, static_cast<std::uint8_t>(waiting_.size())};
    }

    Input& input_;
    apdu::Protocol protocol_;
    Bytes atr_ = apdu::bytes("3B6D0000 00814E43238697159900BF7C7A");
    Bytes waiting_{};
    std::size_t commands_ = 0;
};

void use_file(CardSession& card, Input& input, keys::Pin const& pin) {
    auto const& directories = card.layout().directories;
    auto const& directory = directories[input.next() % directories.size()];
    apdu::FilePlace const place{&directory,
                                &directory.files[input.next() % directory.files.size()]};
    Rights const rights{.pin = &pin};
    auto const content = read_file(card, place, rights);
    if (content.ok() && place.file->type != apdu::FileType::transparent) {
        apdu::require(file_text(*place.file, content.value()).ok());
    }
    std::vector<std::uint8_t> const bytes(place.file->type == apdu::FileType::transparent ? 200U
                                                                                          : 4U);
    switch (place.file->type) {
    case apdu::FileType::transparent:
        std::ignore = write_binary(card, place, bytes, rights);
        break;
    case apdu::FileType::cyclic:
        std::ignore = append_record(card, place, bytes, rights);
        break;
    default:
        std::ignore = read_record(card, place, 1, rights);
        std::ignore = write_record(card, place, 1, bytes, rights);
        break;
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Input input{data, size};
    bool const has_keys = (input.next() & 1U) == 0;
    FaultyCard connection{input};
    CardChannel channel{connection};
    ScriptedKeys keys;
    auto card = CardSession::open(channel, has_keys ? &keys : nullptr, counted_numbers);
    if (!card.ok()) {
        return 0;
    }
    std::ignore = read_basic_data(card.value());
    auto const pin = keys::Pin::from_digits("123456");
    std::ignore = verify_pin(card.value(), pin.value(), LastTry::refuse);
    use_file(card.value(), input, pin.value());
    use_file(card.value(), input, pin.value());
    std::ignore = change_pin(card.value(), pin.value(), pin.value(), LastTry::refuse);
    std::ignore = reset_pin(card.value(), pin.value());
    std::ignore = unblock_pin(card.value());
    std::ignore = block_application(card.value(), apdu::Directory::df01);
    std::ignore = block_card(card.value());
    return 0;
}
