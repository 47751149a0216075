#pragma once

#include "host/personalization/making.hpp"

#include <functional>
#include <string>

namespace store {

/// What is kept of a making from its first moment, in the journal and in the register alike.
struct Beginning {
    personalization::Making making;
    bool replaces = false; ///< the person's other card is to be void by this one
    std::string batch{};   ///< the batch that it belongs to; empty: none
    /// to_text(KeySet): what the keys come from that the structure stage gives the card; empty: not
    /// known, or the data stage alone.
    std::string keys{};

    friend bool operator==(Beginning const&, Beginning const&) = default;
};

/// What the register notes of a job that makes cards.
struct MakingJob {
    std::string batch{}; ///< empty: none
    /// to_text(KeySet) of the card as it is made now; null: not known.
    std::function<std::string(personalization::Making const&)> keys{};
};

} // namespace store
