#pragma once

#include "host/api/field_key_messages.hpp"
#include "host/api/key_messages.hpp"
#include "host/personalization/making.hpp"
#include "host/store/card_register.hpp"

#include "keys/key_versions.hpp"

#include <vector>

namespace sscardd {

/// What the keys of a card that is made now come from, as far as the key store tells.
[[nodiscard]] store::KeySet keys_of_new_card(std::vector<api::KnownKey> const& known,
                                             personalization::Making const& making);

/// Which version of each key the card with that ATR is authenticated with: the one in use, or
/// where its keys are known and that is none of them, the last one before it that it has. Fault:
/// journal_failed.
[[nodiscard]] session::Outcome<keys::KeyVersions> versions_for(store::CardRegister const& cards,
                                                               apdu::ByteView atr);

/// True for a key that cards carry in several versions and are authenticated with.
[[nodiscard]] bool has_versions_in_use(apdu::KeyName name);

/// How many live cards cannot be served without that key: they have it, in the version that they
/// are authenticated with where there are several. Fault: journal_failed.
[[nodiscard]] session::Outcome<std::size_t> cards_in_need_of(store::CardRegister const& cards,
                                                             api::KnownKey const& key);

/// Which keys the blank and live cards of the register have. Fault: journal_failed.
[[nodiscard]] session::Outcome<api::FieldKeys> field_keys(store::CardRegister const& cards,
                                                          std::vector<api::KnownKey> const& known);

} // namespace sscardd
