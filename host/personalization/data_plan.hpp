#pragma once

#include "host/personalization/plan.hpp"

namespace personalization {

/// What the data stage writes, all values settled.
struct DataOrder {
    keys::CardIdentity card;
    apdu::SpecVersion version;
    PersonRecord const* person;
    /// Made by the structure stage a moment ago: nothing to be found out first.
    bool is_fresh = false;
    /// Not a blank: whatever the record leaves out is set back to its unpersonalized form.
    bool rewrites = false;
    bool sets_holder_pin = false;
};

/// The steps of the data stage; SSSE is the current directory at the start. In SSSE: the card is
/// proved genuine, holder data, fingerprint, photo and issuer data (the card number last) are
/// written and read back, the PIN is set. Then, directory by directory, the same for the rest.
/// Every key authenticates once a directory, its files written together; what a PIN or a key may
/// read is read with the PIN, which is one command, where the PIN is known.
[[nodiscard]] std::vector<Step> data_steps(DataOrder const& order);

/// What is to be written where, the record's files in the card's own tables: with `rewrites`, all
/// files that may be written, filled up with unpersonalized forms.
struct PlacedContent {
    apdu::FilePlace place;
    FileContent content;
};
[[nodiscard]] std::vector<PlacedContent> placed_content(DataOrder const& order);

} // namespace personalization
