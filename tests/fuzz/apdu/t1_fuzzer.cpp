// A card that answers anything under T=1: blocks that are right, changed, lost or none at all.
#include "apdu/t1/terminal.hpp"

#include <cstdlib>

namespace {

using namespace apdu;

void expect(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_block(ByteView bytes, Edc edc) {
    auto const block = t1::parse_block(bytes, edc);
    if (block.ok()) {
        std::array<std::uint8_t, t1::block_size_max> out{};
        std::size_t const size = t1::encode_block(block.value(), edc, out);
        expect(equal_bytes(ByteView{out}.first(size), bytes));
    }
}

/// The card's next answer, made of the input: mostly sound blocks, as random ones never fit.
t1::Action answer(t1::Terminal& terminal, ByteView& input) {
    std::uint8_t const what = input[0];
    input = input.subspan(1);
    if (what == 0) {
        return terminal.time_out();
    }
    if (what == 1) {
        return terminal.receive_garbled();
    }
    std::array<std::uint8_t, t1::block_size_max> out{};
    if (what < 4) {
        std::size_t const size = input.empty() ? 0 : std::min<std::size_t>(input[0], input.size());
        auto const action = terminal.receive(input.first(size));
        input = input.subspan(size);
        return action;
    }
    constexpr std::array kinds{t1::BlockKind::information, t1::BlockKind::acknowledge,
                               t1::BlockKind::edc_wrong,   t1::BlockKind::other_wrong,
                               t1::BlockKind::resynch,     t1::BlockKind::ifs,
                               t1::BlockKind::abort,       t1::BlockKind::wtx};
    t1::Block block{.kind = kinds[what & 7U],
                    .is_response = (what & 8U) != 0,
                    .number = static_cast<std::uint8_t>(what >> 4U & 1U),
                    .has_more = (what & 0x20U) != 0};
    std::uint8_t const value = (what >> 6U) + std::uint8_t{1};
    if (block.kind == t1::BlockKind::ifs || block.kind == t1::BlockKind::wtx) {
        block.inf = ByteView{&value, 1};
    } else if (block.kind == t1::BlockKind::information) {
        block.inf = input.first(std::min<std::size_t>(input.size(), what >> 6U));
        input = input.subspan(block.inf.size());
    }
    if (!block.is_receive_ready() && block.kind == t1::BlockKind::information) {
        block.is_response = false;
    }
    std::size_t const size = t1::encode_block(block, Edc::lrc, out);
    return terminal.receive(ByteView{out}.first(size));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    ByteView input{data, size};
    check_block(input, Edc::lrc);
    check_block(input, Edc::crc);
    constexpr std::array<std::uint8_t, 5> atr{0x3B, 0x80, 0x81, 0x01, 0x00};
    auto const parameters = TransmissionParameters::after_reset(Atr::parse(atr).value()).value();
    t1::Terminal terminal{parameters};
    std::array<std::uint8_t, 80> const command{0x00, 0xD6};
    while (!input.empty()) {
        auto action = terminal.begin(command, (input[0] & 1U) != 0 ? t1::Repetition::allowed
                                                                   : t1::Repetition::never);
        while (action.kind == t1::Action::Kind::send) {
            auto const sent = t1::parse_block(action.bytes, Edc::lrc);
            expect(sent.ok() && sent.value().inf.size() <= t1::inf_size_max);
            if (input.empty()) {
                return 0;
            }
            action = answer(terminal, input);
        }
        expect(action.kind != t1::Action::Kind::done ||
               action.bytes.size() <= t1::response_size_max);
        if (!input.empty()) {
            input = input.subspan(1);
        }
    }
    return 0;
}
