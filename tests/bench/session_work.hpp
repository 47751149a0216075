#pragma once

#include "apdu/card_connection.hpp"
#include "keys/card_identity.hpp"
#include "keys/key_service.hpp"

namespace bench {

/// What one run of the work card over a session came to.
struct SessionWork {
    double seconds; ///< from the first command to the last answer
    std::size_t exchanges;
    keys::CardIdentity card;
};

/// The work card through host/session: recognize the card, verify the PIN 123456, authenticate,
/// read 24 records, write 24 records. Ends the program when a step fails.
[[nodiscard]] SessionWork run_session_work(apdu::CardConnection& connection,
                                           keys::KeyService& keys);

/// Commands that it takes to read a card's basic data with authentication and its PIN's state.
[[nodiscard]] std::size_t count_basic_data(apdu::CardConnection& connection,
                                           keys::KeyService& keys);

} // namespace bench
