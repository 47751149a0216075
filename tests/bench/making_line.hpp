#pragma once

#include "keys/file/key_file.hpp"

#include "host/virtual/line_time.hpp"

#include <string>

namespace bench {

/// What making one card is on a T=0 line of 9600 baud.
struct MakingLine {
    virtual_card::LineTotal all;
    /// Of these, commands that carry something which the card keeps: a directory, a file, a key,
    /// an item, the end of a stage. No plan can do with less.
    virtual_card::LineTotal kept;
};

/// Makes a live 2.00 card of a bare virtual chip, in this process, and adds its commands up.
/// `record` is the person's, as JSON.
[[nodiscard]] MakingLine making_line(keys::file::KeyFile const& keys, std::string const& record);

} // namespace bench
