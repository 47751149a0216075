#include "host/store/card_making.hpp"

#include "host/session/hex_text.hpp"

namespace store {

using personalization::Milestone;
using session::Outcome;

Outcome<apdu::Done> CardMaking::ahead(personalization::CommandAhead const& command) {
    return journal_->write(line_content(command));
}

Outcome<apdu::Done> CardMaking::amend(personalization::Making const& making) {
    Beginning amended = beginning_;
    amended.making = making;
    return begin_as(std::move(amended));
}

Outcome<apdu::Done> CardMaking::note_keys(std::string const& keys) {
    if (keys == beginning_.keys) {
        return apdu::Done{};
    }
    Beginning amended = beginning_;
    amended.keys = keys;
    return begin_as(std::move(amended));
}

Outcome<apdu::Done> CardMaking::begin_as(Beginning amended) {
    auto written = journal_->replace_beginning(amended);
    if (!written.ok()) {
        return written;
    }
    beginning_ = std::move(amended);
    return register_.amend(beginning_);
}

Outcome<apdu::Done> CardMaking::reach(Milestone milestone) {
    apdu::require(milestone == Milestone::structure_made || milestone == Milestone::made);
    auto written = journal_->write_durably(line_content(milestone, {}));
    if (!written.ok() || milestone == Milestone::structure_made) {
        return written;
    }
    return conclude_making(register_, beginning_, milestone, {}, path_);
}

Outcome<apdu::Done> conclude_making(CardRegister& cards, Beginning const& beginning, Milestone end,
                                    std::string const& reason, std::filesystem::path const& path) {
    auto told = end == Milestone::made
                    ? cards.finish(beginning)
                    : cards.void_card(session::hex_text(beginning.making.chip), reason);
    if (!told.ok() && told.error().code != session::FaultCode::card_voided) {
        return told;
    }
    // The register knows the end: a file that stays for now is harmless.
    (void)remove_file(path);
    return told;
}

} // namespace store
