#pragma once

#include <cstdint>
#include <string_view>

namespace batch {

/// What a fault says of a batch's work.
enum class Verdict : std::uint8_t {
    person,     ///< no card of theirs can be made; the card in the reader is as good as before
    unsuitable, ///< the card is none for this batch, and was not touched
    spoiled,    ///< the card failed and must not be handed out
    unproven,   ///< card and keys do not fit: spoiled where it was begun, else not touched
    contact,    ///< worth another try with the same card
    gone,       ///< the card was taken out
    outage,     ///< reader, PC/SC service or daemon are away; they come back
    halt,       ///< nothing can be made before somebody sets it right
};

/// The verdict on a fault's code; spoiled for one that is not known.
[[nodiscard]] Verdict verdict_on(std::string_view fault);

} // namespace batch
