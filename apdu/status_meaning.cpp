#include "apdu/status_meaning.hpp"

#include "apdu/status_meaning_rows.hpp"

namespace apdu {
namespace {

constexpr StatusMeaning unknown{
    "The card's answer is no status word that the standard knows.",
    "Take the card out, wipe its contacts and try again. If it happens again, try another reader "
    "to see whether card or reader is at fault.",
    "卡片返回的状态码不符合标准。",
    "请取出卡片，擦净触点后重试；若再次出现，请换一台读卡器，以判断是卡片还是读卡器的问题。",
};

std::optional<StatusMeaning> find(std::span<StatusRow const> rows, StatusWord status,
                                  Subject subject) {
    for (StatusRow const& row : rows) {
        if (row.status == status && row.subject == subject) {
            return row.meaning;
        }
    }
    return std::nullopt;
}

StatusMeaning meaning_by_class(StatusWord status) {
    for (StatusClassRow const& row : status_class_rows()) {
        if (row.sw1 == status.sw1()) {
            return row.meaning;
        }
    }
    return unknown;
}

} // namespace

Subject subject_of(Ins ins) {
    switch (ins) {
    case Ins::verify:
    case Ins::change_pin:
        return Subject::pin;
    case Ins::pin_change_unblock:
        return Subject::pin_reset;
    case Ins::external_authenticate:
        return Subject::terminal_proof;
    case Ins::internal_authenticate:
        return Subject::card_proof;
    case Ins::select:
        return Subject::selection;
    case Ins::read_record:
    case Ins::read_binary:
        return Subject::reading;
    case Ins::update_record:
    case Ins::update_binary:
        return Subject::writing;
    case Ins::card_block:
    case Ins::application_block:
        return Subject::block;
    case Ins::t514_write_key:
        return Subject::key_loading;
    case Ins::t514_structure:
    case Ins::t514_delete:
        return Subject::structure_changing;
    default:
        return Subject::any;
    }
}

StatusMeaning meaning_of(StatusWord status, Ins ins) {
    Subject const subject = subject_of(ins);
    if (auto const tries_left = status.tries_left()) {
        return tries_left_meaning(subject, *tries_left);
    }
    if (auto const meaning = find(status_rows_by_subject(), status, subject)) {
        return *meaning;
    }
    if (auto const meaning = find(status_rows(), status, Subject::any)) {
        return *meaning;
    }
    return meaning_by_class(status);
}

} // namespace apdu
