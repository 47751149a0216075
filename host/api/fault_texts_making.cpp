#include "host/api/fault_text_rows.hpp"

#include <array>

namespace api {
namespace {

constexpr auto making_texts = std::to_array<FaultText>({
    {"already_personalized", 409, "The card is already personalized.",
     "It carries a person's data, which this command would write over.",
     "Take a blank card; to write over the person's data, repeat with --rewrite-person."},
    {"person_has_card", 409, "This person has a card already.",
     "A card of theirs is made or in making here, and nobody is given two.",
     "Look it up: \"sscard card list\". If it is lost, worn or wrong, repeat with --replacement."},
    {"not_this_card", 422, "This blank is not what the command asks for.",
     "It was made as a card of another kind than the command or the person's record say.",
     "Take a blank of that kind, or correct the command or the record; nothing was written."},
    {"card_in_making", 409, "Another command began to make this card.",
     "It was interrupted, and what it had to do is not what this command asks for.",
     "Repeat that command, which finishes the card, or void it: \"sscard card void\"."},
    {"other_keys", 409, "This card was begun with other keys than those at hand.",
     "The key file is not the one that was configured then; the card would refuse these keys.",
     "Have the operator set keys.file to the key file of then, restart sscardd, and repeat the "
     "command. Card and journal are as they were."},
    {"half_made", 422, "The card is half made.",
     "It carries a person's data without the mark of a finished card, and no journal tells of it.",
     "Void it: \"sscard card void\". To write a person anew, repeat with --rewrite-person."},
    {"card_voided", 409, "The card was voided.",
     "Its making could not be finished safely; the reason is recorded.",
     "Put it to the spoiled cards and take another blank."},
    {"journal_failed", 503, "The journal of cards in making cannot be written.",
     "The disk is full, or the state directory cannot be written.",
     "Make room, then repeat the command: the card is finished from where it stands."},
    {"journal_damaged", 500, "The journal of this card is damaged.",
     "What it says of the card cannot be trusted.",
     "Void the card: \"sscard card void\". Have the disk checked."},
});

} // namespace

std::span<FaultText const> making_fault_texts() { return making_texts; }

} // namespace api
