#pragma once

#include "host/batch/people.hpp"

#include <chrono>
#include <functional>
#include <string>

namespace batch {

/// What became of one card, or of a person for whom none was made.
struct Result {
    std::string_view outcome{};     ///< "made", "not_made", "unsuitable", "spoiled", "interrupted"
    Person const* person = nullptr; ///< for whom
    std::string reader{};
    std::string reset_info{};  ///< of the card, 26 hex digits; empty where it told none
    std::string card_number{}; ///< of a card that was made
    std::string card_id{};
    api::Fault fault{};      ///< why, of one that was not
    bool is_void = false;    ///< of a spoiled one: it has been made void
    api::Fault void_fault{}; ///< why a spoiled one could not be made void
    unsigned attempts = 1;
    std::chrono::milliseconds time{};
};

/// Hears of results, from several threads, one at a time.
using ResultListener = std::function<void(Result const&)>;

} // namespace batch
