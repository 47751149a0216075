#pragma once

#include "host/personalization/person_record.hpp"
#include "host/personalization/profile.hpp"

#include "apdu/spec_version.hpp"
#include "keys/key_versions.hpp"
#include "keys/pin.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace personalization {

/// Which part of the way from a bare chip to a live card is gone. cos-t514.md §1.
enum class Stage : std::uint8_t {
    structure, ///< bare chip → an office's blank
    data,      ///< an office's blank → live card
    both,      ///< bare chip → live card
};

/// "structure", "data", "both".
[[nodiscard]] std::string_view to_text(Stage stage);
[[nodiscard]] std::optional<Stage> stage_from_text(std::string_view text);

/// How often a PIN or key of a new card may be wrong, 1…14; 15: without limit. The standard leaves
/// it to the issuer; these are ASSUMED (card.md §9), as are MAC keys (STK, BK, LK) without a limit.
struct TryLimits {
    std::uint8_t pin = 6;
    std::uint8_t authentication_keys = 3;
    std::uint8_t mks = 3;
};

/// The body that initialises cards, item 04 of SSSE/EF05: 9156000002 ‖ region of issue ‖ its own
/// region ‖ sequence. card.md §1.5.
struct InitialisingBody {
    std::string region{};        ///< 6 digits; empty: the region of issue
    std::string sequence = "01"; ///< 2 digits
};

/// What shall be made, and for whom.
struct PersonalizationRequest {
    Stage stage;
    /// Of the card to be made: needed for a bare chip. A blank says them itself; where they are
    /// given for one, it must say the same.
    std::optional<apdu::SpecVersion> version{};
    std::optional<keys::Algorithm> algorithm{};
    std::optional<std::string> region{}; ///< of issue, 6 digits, GB/T 2260

    // Of the structure stage.
    InitialisingBody body{};
    std::optional<std::string> reset_info{}; ///< 26 hex digits: other historical bytes for the chip
    TryLimits tries{};

    // Of the data stage.
    std::optional<PersonRecord> person{};
    std::optional<keys::Pin> holder_pin{}; ///< none: the default PIN stays
    /// The card is personalized already and shall carry this record and nothing else.
    bool rewrite = false;
    /// The person's other card, where there is one, is to be void by this one.
    bool replaces = false;
    std::string record_digest{}; ///< of the person's record, by the caller's hash

    keys::KeyVersions versions{}; ///< of the keys that the card is authenticated with
    keys::Pin default_pin;        ///< of a new card and of an office's blank
    CosProfile const* profile = &t514();
};

/// What is wrong with the request itself, whatever the card: empty when nothing is. Problem codes:
/// missing, malformed, out_of_range, unsupported.
[[nodiscard]] std::vector<session::Problem> problems_of(PersonalizationRequest const& request);

} // namespace personalization
