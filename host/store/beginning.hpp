#pragma once

#include "host/personalization/making.hpp"

#include <string>

namespace store {

/// What is kept of a making from its first moment, in the journal and in the register alike.
struct Beginning {
    personalization::Making making;
    bool replaces = false; ///< the person's other card is to be void by this one
    std::string batch{};   ///< the batch that it belongs to; empty: none

    friend bool operator==(Beginning const&, Beginning const&) = default;
};

} // namespace store
