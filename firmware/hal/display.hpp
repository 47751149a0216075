#pragma once

#include "apdu/bytes.hpp"

namespace hal {

/// The PIN pad's display: two lines.
class Display {
public:
    /// Bytes of a line: a Chinese character takes two columns and two bytes.
    static constexpr std::size_t columns = 16;

    Display() = default;
    Display(Display const&) = delete;
    Display& operator=(Display const&) = delete;
    virtual ~Display() = default;

    /// Shows both lines, in GB 2312, in the place of what was shown. require: columns bytes at most
    /// each. May take its time to draw; it copies the text.
    virtual void show(apdu::ByteView first, apdu::ByteView second) = 0;
};

} // namespace hal
