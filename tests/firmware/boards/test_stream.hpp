#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/hal/clock.hpp"

#include <deque>
#include <limits>
#include <vector>

/// A stream whose other end is the test.
class TestStream final : public streams::ByteStream {
public:
    std::optional<std::uint8_t> receive() override {
        if (incoming.empty()) {
            return std::nullopt;
        }
        std::uint8_t const byte = incoming.front();
        incoming.pop_front();
        return byte;
    }
    bool send(std::uint8_t byte) override {
        if (room == 0) {
            return false;
        }
        --room;
        sent.push_back(byte);
        return true;
    }
    unsigned peers() const override { return peer; }

    unsigned peer = 1;
    std::deque<std::uint8_t> incoming;
    std::vector<std::uint8_t> sent;
    std::size_t room = std::numeric_limits<std::size_t>::max();
};

/// A clock that the test sets.
class TestClock final : public hal::Clock {
public:
    std::uint64_t now_us() override { return us; }
    std::uint64_t us = 1'000'000;
};
