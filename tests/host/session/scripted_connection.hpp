#pragma once

#include "tests/apdu/hex_bytes.hpp"

#include "apdu/card_connection.hpp"

#include <functional>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace session {

/// A card of which is known what it is sent and what it answers: each exchange is one line.
class ScriptedConnection final : public apdu::CardConnection {
public:
    explicit ScriptedConnection(apdu::Protocol protocol = apdu::Protocol::t0)
        : protocol_{protocol} {}
    ScriptedConnection(ScriptedConnection const&) = delete;
    ScriptedConnection& operator=(ScriptedConnection const&) = delete;
    /// Every line was used.
    ~ScriptedConnection() override { EXPECT_EQ(next_, lines_.size()) << "commands not sent"; }

    /// The next command is to be `command`, and is answered by `answer`; both hex.
    ScriptedConnection& line(std::string_view command, std::string_view answer) {
        lines_.push_back({apdu::bytes(command), apdu::bytes(answer), std::nullopt});
        return *this;
    }
    /// The next command is to be `command`, and gets no answer for that reason.
    ScriptedConnection& failure(std::string_view command, apdu::Error error) {
        lines_.push_back({apdu::bytes(command), {}, error});
        return *this;
    }

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        if (next_ == lines_.size()) {
            ADD_FAILURE() << "a command too many: "
                          << ::testing::PrintToString(apdu::copy_of(command));
            return apdu::Error::card_mute;
        }
        Line const& line = lines_[next_++];
        EXPECT_EQ(apdu::copy_of(command), line.command) << "command " << next_;
        if (line.error.has_value()) {
            return *line.error;
        }
        if (line.answer.size() > response.size()) {
            return apdu::Error::too_long;
        }
        apdu::copy_bytes(line.answer, response);
        return line.answer.size();
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return atr_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

private:
    struct Line {
        std::vector<std::uint8_t> command;
        std::vector<std::uint8_t> answer;
        std::optional<apdu::Error> error;
    };
    apdu::Protocol protocol_;
    std::vector<Line> lines_{};
    std::size_t next_ = 0;
    std::vector<std::uint8_t> atr_ = apdu::bytes("3B6D0000 00814E43238697159900BF7C7A");
};

/// A card that answers every command by a rule: the endless, the garbled.
class RuledConnection final : public apdu::CardConnection {
public:
    using Rule =
        std::function<apdu::Result<std::vector<std::uint8_t>>(std::vector<std::uint8_t> const&)>;
    explicit RuledConnection(Rule rule, apdu::Protocol protocol = apdu::Protocol::t0)
        : rule_{std::move(rule)}, protocol_{protocol} {}

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        ++exchanges;
        auto const answer = rule_(apdu::copy_of(command));
        if (!answer.ok()) {
            return answer.error();
        }
        if (answer.value().size() > response.size()) {
            return apdu::Error::too_long;
        }
        apdu::copy_bytes(answer.value(), response);
        return answer.value().size();
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return atr_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

    std::size_t exchanges = 0;

private:
    Rule rule_;
    apdu::Protocol protocol_;
    std::vector<std::uint8_t> atr_ = apdu::bytes("3B6D0000 00814E43238697159900BF7C7A");
};

} // namespace session
