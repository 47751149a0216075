#pragma once

#include "tests/bench/image/image_files.hpp"

#include <vector>

namespace bench {

/// How long a host waits for what the terminal knows by itself, at worst.
struct AnswerTime {
    std::string situation; ///< what the user card is at meanwhile
    double worst_ms;
    unsigned queries; ///< of which it is the worst
};

/// Asks the image for a slot's status, its firmware's version, its features and its identity, on
/// both links, at moments all over what a card may be at. A time is from the query's last byte to
/// the answer's last: a pass of the main loop that has just begun, the longest that there was; the
/// image's own time; and the answer's on a line of 115200 baud. Throws where QEMU or the terminal
/// does not do its part.
[[nodiscard]] std::vector<AnswerTime> time_answers(ImageFiles const& files,
                                                   std::string const& plugin);

} // namespace bench
