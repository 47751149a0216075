#pragma once

#include "keys/card_identity.hpp"
#include "keys/key_service.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace bench {

/// What a bare loop sends, and what it must know to do so.
struct BareWork {
    std::string reader;
    std::vector<std::vector<std::uint8_t>> commands; ///< as the protocol carries them
    keys::CardIdentity card;
};

/// Sends the commands by SCardTransmit one after the other, with nothing between but the answer to
/// the card's challenges where EXTERNAL AUTHENTICATE needs it. The card is reset before and after.
/// @returns seconds from the first command to the last answer. Ends the program when a call fails
/// or a card answers an error.
[[nodiscard]] double run_bare_loop(BareWork const& work, keys::KeyService& keys);

/// Waits until a card is in that reader, at most half a minute; ends the program then.
void wait_for_card(std::string const& reader);

} // namespace bench
