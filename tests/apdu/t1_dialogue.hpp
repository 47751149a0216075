#pragma once

#include "apdu/t1/terminal.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::t1 {

/// A block in words: "I0 0102", "I1+ 03" (chained), "R0", "R1e" (EDC), "R1o" (other), "S IFS req
/// FE".
inline std::vector<std::uint8_t> block_of(std::string const& words) {
    std::string kind = words.substr(0, words.find(' '));
    auto inf = words.find(' ') == std::string::npos ? std::vector<std::uint8_t>{}
                                                    : bytes(words.substr(words.find(' ') + 1));
    Block block{.kind = BlockKind::information, .inf = {}};
    if (kind.front() == 'I') {
        block.number = kind[1] == '1' ? 1 : 0;
        block.has_more = kind.back() == '+';
    } else if (kind.front() == 'R') {
        block.kind = kind.back() == 'e'   ? BlockKind::edc_wrong
                     : kind.back() == 'o' ? BlockKind::other_wrong
                                          : BlockKind::acknowledge;
        block.number = kind[1] == '1' ? 1 : 0;
    } else {
        block.is_response = kind.back() == '=';
        block.kind = kind.starts_with("IFS")       ? BlockKind::ifs
                     : kind.starts_with("RESYNCH") ? BlockKind::resynch
                     : kind.starts_with("ABORT")   ? BlockKind::abort
                                                   : BlockKind::wtx;
    }
    block.inf = inf;
    std::array<std::uint8_t, block_size_max> out{};
    return copy_of(ByteView{out}.first(encode_block(block, Edc::lrc, out)));
}

inline std::vector<std::uint8_t> supervisory(BlockKind kind, bool is_response,
                                             std::vector<std::uint8_t> const& inf = {}) {
    std::array<std::uint8_t, block_size_max> out{};
    return copy_of(ByteView{out}.first(
        encode_block({.kind = kind, .is_response = is_response, .inf = inf}, Edc::lrc, out)));
}

/// A terminal on the bench: what is given to it, and what it does.
class T1Terminal : public ::testing::Test {
protected:
    explicit T1Terminal(std::string_view atr = "3B 80 81 31 04 45 71") // IFSC 4
        : parameters_{TransmissionParameters::after_reset(Atr::parse(bytes(atr)).value()).value()},
          terminal_{parameters_} {}

    /// Begins, and has IFSD said and taken.
    void begin(std::string const& command, Repetition repetition = Repetition::never) {
        command_ = bytes(command);
        action_ = terminal_.begin(command_, repetition);
        expect_sent(supervisory(BlockKind::ifs, false, {254}));
        give(supervisory(BlockKind::ifs, true, {254}));
    }
    void give(std::vector<std::uint8_t> const& block) { action_ = terminal_.receive(block); }
    void give(std::string const& words) { give(block_of(words)); }
    void garble() { action_ = terminal_.receive_garbled(); }
    void lose() { action_ = terminal_.time_out(); }

    void expect_sent(std::vector<std::uint8_t> const& block) {
        ASSERT_EQ(action_.kind, Action::Kind::send);
        EXPECT_EQ(copy_of(action_.bytes), block);
    }
    void expect_sent(std::string const& words) { expect_sent(block_of(words)); }
    void expect_done(std::string const& response) {
        ASSERT_EQ(action_.kind, Action::Kind::done);
        EXPECT_EQ(copy_of(action_.bytes), bytes(response));
    }
    void expect_failed(Error error) {
        ASSERT_EQ(action_.kind, Action::Kind::fail);
        EXPECT_EQ(action_.error, error);
    }

    TransmissionParameters parameters_;
    Terminal terminal_;
    std::vector<std::uint8_t> command_{};
    Action action_{Action::Kind::fail};
};

} // namespace apdu::t1
