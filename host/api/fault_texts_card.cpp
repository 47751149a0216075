#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto card_texts = std::to_array<FaultText>({
    {"foreign_card", 422, "This is not a social security card.",
     "The card does not know the social security environment.", "Put a social security card in."},
    {"bare_chip", 422, "The card carries no files yet.",
     "It is a bare chip or a blank without what the command needs.",
     "Make its structure first: \"sscard card personalize --stage structure\"."},
    {"unknown_version", 422, "The card is of an unknown version.",
     "Its specification version is none of 1.0, 2.0 and 3.0.",
     "Have the card checked by its issuer; nothing was written to it."},
    {"algorithm_refused", 422, "The card uses SSF33, which is not supported.",
     "SSF33 exists only inside approved hardware.",
     "Serve this card where such hardware is installed."},
    {"card_id_malformed", 422, "The card's identification code is wrong.",
     "Its form is broken, or its serial number is not that of the chip.",
     "Do not use the card; have it checked by its issuer."},
    {"card_not_genuine", 422, "The card did not prove that it is genuine.",
     "Its answer to the internal authentication is not the one that its key gives.",
     "Check that the right keys are installed; if they are, keep the card and report it."},
    {"application_blocked", 422, "This application of the card is blocked for good.",
     "It was blocked on purpose and cannot be opened again.", "Issue a replacement card."},
    {"card_blocked", 422, "The card is blocked for good.",
     "It was blocked on purpose and answers nothing any more.", "Issue a replacement card."},
    {"unexpected_status", 422, "The card refused the command.", "Its status word says why.",
     "Follow the advice for the status word."},
    {"verification_failed", 502, "What was read back is not what was written.",
     "The card reported success but holds something else.",
     "Repeat the command; if it stays, take another card."},
    {"access_never", 403, "The card lets nobody do that.",
     "The file's access conditions say: never.", "Nothing can be done about it."},
});

} // namespace

std::span<FaultText const> card_fault_texts() { return card_texts; }

} // namespace api
