#pragma once

#include "host/session/card_session.hpp"
#include "host/session/pin.hpp"

namespace session {

/// What `card info` and iReadCardBas tell. Text is UTF-8; dates "YYYY-MM-DD"; empty where
/// unpersonalized.
struct BasicData {
    std::string region; ///< 6 digits
    std::string social_security_number;
    std::string card_number;
    std::string card_id;    ///< 32 hex digits
    std::string name;       ///< items 09 and 4E together
    std::string reset_info; ///< 26 hex digits: the historical bytes
    std::string version;    ///< as on the card: "2.00"
    std::string issue_date;
    std::string expiry_date;
    keys::Algorithm algorithm;
    PinStatus pin;
    bool genuine_checked;                  ///< INTERNAL AUTHENTICATE was done (and was right)
    bool holder_read;                      ///< EF06 could be read (3.00 needs RKSSSE)
    std::vector<std::uint8_t> holder_data; ///< all records of SSSE/EF06 as the card gave them
};

/// Characters of a card number. card.md §2.2. One that is shorter was torn while it was written.
inline constexpr std::size_t card_number_size = 9;

/// Whether a person's data are on the card, and all of them: the card number is written last, and a
/// part of one is none.
enum class Completeness : std::uint8_t { blank, half_made, personalized };

/// "blank", "half_made", "personalized".
[[nodiscard]] std::string_view to_text(Completeness completeness);

/// By what was read; data that could not be read count as blank.
[[nodiscard]] Completeness completeness_of(BasicData const& data);

/// Reads EF05 and EF06 with authentication where keys are at hand, and the PIN's state: at most 7
/// commands on a 2.00 card, 10 on a 3.00 card, under T=0. Without RKSSSE a 3.00 card's holder
/// fields stay empty.
[[nodiscard]] Outcome<BasicData> read_basic_data(CardSession& card);

} // namespace session
