#pragma once

#include "apdu/card_connection.hpp"
#include "apdu/require.hpp"
#include "host/session/card_channel.hpp"
#include "host/session/fault.hpp"
#include "host/session/record_extent.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

namespace hostile {

using Bytes = std::vector<std::uint8_t>;

/// Exchanges that one command of a host can come to: it and its repetition, and as often GET
/// RESPONSE as a channel bears, each repeated too.
inline constexpr std::size_t exchanges_per_command =
    2 + 2 * std::size_t{session::exchange_rounds_max};

/// Commands of an operation that reads no record file: the selections, authentications and the PIN
/// on the way, and the pieces of the largest transparent file.
inline constexpr std::size_t short_operation_max = 40 * exchanges_per_command;

/// Commands of an operation that reads a record file: in the three ways of addressing it, each with
/// its selection and as many records as can be numbered.
inline constexpr std::size_t reading_operation_max =
    short_operation_max + 3 * (session::record_number_max + 1) * exchanges_per_command;

/// The fuzzer's bytes, again and again from the start when they are at an end, so that a card may
/// go on for ever; 00 where there are none.
class Input {
public:
    Input(std::uint8_t const* data, std::size_t size) : all_{data, size} {}
    std::uint8_t next() {
        if (all_.empty()) {
            return 0;
        }
        at_ = at_ < all_.size() ? at_ : 0;
        return all_[at_++];
    }
    Bytes take(std::size_t count) {
        Bytes taken(count);
        std::generate(taken.begin(), taken.end(), [this] { return next(); });
        return taken;
    }
    [[nodiscard]] bool contains(std::string_view text) const {
        return std::search(all_.begin(), all_.end(), text.begin(), text.end()) != all_.end();
    }

private:
    apdu::ByteView all_;
    std::size_t at_ = 0;
};

/// Counts the commands that go to a card, up to a limit that nothing may reach.
class CountedConnection : public apdu::CardConnection {
public:
    /// From now on so many may come.
    void allow(std::size_t commands) { left_ = commands; }

protected:
    void count(apdu::ByteView command) {
        apdu::require(command.size() >= 4 && left_ > 0);
        --left_;
    }

private:
    std::size_t left_ = reading_operation_max;
};

/// What the input makes of one answer: short, long or none, any status word.
inline apdu::Result<std::size_t> answer_of(Input& input, apdu::ByteSpan response) {
    std::uint8_t const control = input.next();
    if (control >= 0xF8) {
        return static_cast<apdu::Error>(control & 0x07U);
    }
    Bytes answer = input.take(control < 0xF0 ? control & 0x3FU : 200U + 20U * (control & 0x07U));
    if (control < 0x80) {
        answer.insert(answer.end(), {0x90, 0x00});
    } else if (control < 0xA0) {
        answer.insert(answer.end(), {0x61, input.next()});
    } else if (control < 0xB0) {
        answer = {0x6C, input.next()};
    } else if (control < 0xC0) {
        answer = {static_cast<std::uint8_t>(0x60U | (control & 0x0FU)), input.next()};
    }
    if (answer.size() > response.size()) {
        return apdu::Error::too_long;
    }
    apdu::copy_bytes(answer, response);
    return answer.size();
}

/// A card that is nothing but the input.
class PlayedCard final : public CountedConnection {
public:
    explicit PlayedCard(Input& input)
        : input_{input}, protocol_{(input.next() & 1U) != 0 ? apdu::Protocol::t1
                                                            : apdu::Protocol::t0} {
        play_atr();
    }
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        count(command);
        return answer_of(input_, response);
    }
    apdu::Result<apdu::Done> reset() override {
        if (input_.next() >= 0xF8) {
            return apdu::Error::card_mute;
        }
        play_atr();
        return apdu::Done{};
    }
    [[nodiscard]] apdu::ByteView atr() const override { return atr_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

private:
    /// Mostly the ATR of a card of this kind.
    void play_atr() {
        std::uint8_t const control = input_.next();
        if (control >= 0xC0) {
            atr_ = input_.take(control & 0x1FU);
            return;
        }
        atr_ = {0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x4E, 0x43, 0x23,
                0x86, 0x97, 0x15, 0x99, 0x00, 0xBF, 0x7C, 0x7A};
        if (control >= 0x80) {
            std::size_t const changed = 4U + (control & 0x07U);
            atr_[changed] = input_.next();
        }
    }

    Input& input_;
    apdu::Protocol protocol_;
    Bytes atr_{};
};

/// An honest card whose answers the input corrupts here and there: the first bytes say after how
/// many honest answers the next corrupt one comes.
class CorruptedCard final : public CountedConnection {
public:
    CorruptedCard(apdu::CardConnection& card, Input& input)
        : card_{card}, input_{input}, honest_{next_distance()} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        count(command);
        auto const size = card_.transmit(command, response);
        if (honest_ > 0 || !size.ok()) {
            honest_ -= honest_ > 0 ? 1U : 0U;
            return size;
        }
        honest_ = next_distance();
        std::uint8_t const control = input_.next();
        if (control < 0x60 && size.value() >= 2) { // one byte is another
            response[control % size.value()] = input_.next();
            return size;
        }
        if (control < 0x80) { // cut short
            return std::min<std::size_t>(size.value(), control & 0x1FU);
        }
        return answer_of(input_, response);
    }
    apdu::Result<apdu::Done> reset() override { return card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return card_.protocol(); }

private:
    /// Short ones are the most likely, and up to a whole personalization.
    std::size_t next_distance() {
        std::uint8_t const control = input_.next();
        return control < 0xC0 ? control : (control & 0x3FU) * std::size_t{16};
    }

    apdu::CardConnection& card_;
    Input& input_;
    std::size_t honest_;
};

/// No text of a fault tells the PIN. What the card itself says is in the input, and no secret.
inline void expect_no_secret(session::Fault const& fault, Input const& input,
                             std::string_view pin) {
    if (input.contains(pin)) {
        return;
    }
    apdu::require(fault.detail.find(pin) == std::string::npos);
    for (session::Problem const& problem : fault.problems) {
        apdu::require(problem.detail.find(pin) == std::string::npos);
    }
}

} // namespace hostile
