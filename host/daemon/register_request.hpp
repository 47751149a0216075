#pragma once

#include "host/api/register_messages.hpp"
#include "host/session/fault.hpp"
#include "host/store/card_register.hpp"

namespace sscardd {

/// The cards of the register that the request asks for. Faults: request_invalid (there is no such
/// state), journal_failed.
[[nodiscard]] session::Outcome<api::CardList> list_cards(store::CardRegister const& cards,
                                                         api::CardListRequest const& request);

} // namespace sscardd
