#pragma once

#include "host/personalization/plan.hpp"

#include "keys/key_versions.hpp"

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
    /// The stage was begun for this person before and not finished: what may have been done is done
    /// again, so that nothing depends on how far it came.
    bool resumes = false;
    bool sets_holder_pin = false;
    /// The PIN that the card has when the stage begins for the first time is the default one.
    bool pin_is_default = true;
    keys::KeyVersions versions{}; ///< of the keys that it authenticates with
};

/// The steps of the data stage; SSSE is the current directory at the start. In SSSE the card is
/// proved genuine, nobody's data are found there, and the PIN is set; then, directory by directory,
/// files are written and read back, SSSE again last. The card number is the mark of a card that is
/// made: the last thing written, once all else is read back, and the first taken away where the
/// card may have one. Every key authenticates once a directory, its files written together; what a
/// PIN or a key may read is read with the PIN, which is one command, where the PIN is known.
[[nodiscard]] std::vector<Step> data_steps(DataOrder const& order);

/// What is to be written where, the record's files in the card's own tables: with `rewrites`, all
/// files that may be written, filled up with unpersonalized forms; with `resumes`, the cyclic
/// files, so that no record is left there twice.
struct PlacedContent {
    apdu::FilePlace place;
    FileContent content;
};
[[nodiscard]] std::vector<PlacedContent> placed_content(DataOrder const& order);

} // namespace personalization
