#pragma once

#include "host/session/card_session.hpp"

namespace session {

/// APPLICATION BLOCK with STK of `directory`: permanent. card.md §4.1.
[[nodiscard]] Outcome<apdu::Done> block_application(CardSession& card, apdu::Directory directory);

/// CARD BLOCK with BK.
[[nodiscard]] Outcome<apdu::Done> block_card(CardSession& card);

} // namespace session
