#include "host/store/card_makings.hpp"

#include "host/store/card_making.hpp"
#include "host/store/journal_file.hpp"

#include "host/session/hex_text.hpp"

#include <system_error>

namespace store {

using apdu::Done;
using personalization::HistoricalBytes;
using personalization::Making;
using personalization::MakingJournal;
using personalization::OpenMaking;
using session::Fault;
using session::FaultCode;
using session::Outcome;

namespace {

constexpr std::string_view journal_extension = ".journal";
constexpr std::string_view unfinished_extension = ".new";

Fault directory_fault(std::filesystem::path const& directory, std::error_code error) {
    return Fault{.code = FaultCode::journal_failed,
                 .detail = directory.string() + ": " + error.message()};
}

Fault damaged_journal(std::string const& chip) {
    return Fault{.code = FaultCode::journal_damaged, .detail = chip};
}

Fault somebody_elses(std::string const& chip) {
    return Fault{.code = FaultCode::card_in_making, .detail = chip};
}

/// What the card's keys come from, where the job gives it any.
std::string keys_given(Making const& making, MakingJob const& job) {
    bool const has_structure = making.stage != personalization::Stage::data;
    return has_structure && job.keys ? job.keys(making) : std::string{};
}

/// Keeps a journal that is no longer gone on with.
Outcome<Done> set_aside(std::filesystem::path const& path) {
    return rename_file(path, damaged_path(path));
}

} // namespace

Outcome<std::unique_ptr<CardMakings>> CardMakings::open(CardRegister& cards,
                                                        std::filesystem::path const& relative) {
    std::error_code error;
    auto directory = std::filesystem::absolute(relative, error);
    bool const is_new = !error && std::filesystem::create_directory(directory, error);
    if (!error) {
        std::filesystem::permissions(directory, std::filesystem::perms::owner_all, error);
    }
    if (error) {
        return directory_fault(directory, error);
    }
    if (is_new && !sync_directory(directory.parent_path())) {
        return file_fault(directory);
    }
    std::unique_ptr<CardMakings> makings{new CardMakings{cards, std::move(directory)}};
    if (auto const recovered = makings->recover(); !recovered.ok()) {
        return recovered.error();
    }
    return makings;
}

std::filesystem::path CardMakings::path_of(std::string const& chip) const {
    return directory_ / (chip + std::string{journal_extension});
}

/// By what the chip says now, what it said when its making began: the name of its journal.
Outcome<std::string> CardMakings::first_chip_of(std::string const& chip) const {
    std::error_code ignored;
    if (std::filesystem::exists(path_of(chip), ignored)) {
        return chip;
    }
    auto const making = register_.find_making(chip);
    if (!making.ok()) {
        return making.error();
    }
    return making.value() ? making.value()->chip : chip;
}

/// Sets one journal and its entry right; gives the making that is still open. require: claimed.
Outcome<std::optional<JournalText>> CardMakings::settle(std::string const& chip) const {
    auto const text = read_file(path_of(chip));
    if (!text.ok()) {
        return text.error();
    }
    auto journal = text.value() ? parse_journal(*text.value()) : std::nullopt;
    if (journal && journal->has_ended()) {
        auto const concluded = conclude_making(register_, journal->beginning, journal->reached,
                                               journal->reason, path_of(chip));
        if (!concluded.ok() && concluded.error().code != FaultCode::card_voided) {
            return concluded.error();
        }
        return std::optional<JournalText>{};
    }
    auto const making = register_.find_making(chip);
    if (!making.ok()) {
        return making.error();
    }
    if (making.value() && making.value()->chip == chip) {
        if (!journal) {
            return damaged_journal(chip);
        }
        if (making.value()->card_number != journal->beginning.making.record.card_number) {
            auto const amended = register_.amend(journal->beginning);
            if (!amended.ok()) {
                return amended.error();
            }
        }
        return journal;
    }
    return text.value() ? settle_unregistered(chip, std::move(journal))
                        : std::optional<JournalText>{};
}

/// A journal that the register does not tell of, the making being void, or never begun, or the
/// register an old copy.
Outcome<std::optional<JournalText>>
CardMakings::settle_unregistered(std::string const& chip,
                                 std::optional<JournalText> journal) const {
    auto const known = register_.find(chip);
    if (!known.ok()) {
        return known.error();
    }
    bool const is_void = known.value() && known.value()->state == CardState::voided;
    if (is_void || (journal && !journal->has_commands)) {
        auto const gone = is_void ? set_aside(path_of(chip)) : remove_file(path_of(chip));
        return gone.ok() ? Outcome<std::optional<JournalText>>{std::nullopt} : gone.error();
    }
    if (!journal) {
        return damaged_journal(chip);
    }
    auto const restored = register_.restore(journal->beginning);
    return restored.ok() ? Outcome<std::optional<JournalText>>{std::move(journal)}
                         : restored.error();
}

void CardMakings::recover_one(std::string const& chip) {
    auto const settled = settle(chip);
    if (settled.ok()) {
        (settled.value() ? recovery_.open : recovery_.settled).push_back(chip);
    } else if (settled.error().code == FaultCode::journal_damaged) {
        recovery_.damaged.push_back(chip);
    } else {
        recovery_.faults.push_back(settled.error());
    }
}

Outcome<Done> CardMakings::recover() {
    std::set<std::string> chips;
    std::error_code error;
    for (std::filesystem::directory_iterator file{directory_, error}, end; !error && file != end;
         file.increment(error)) {
        if (file->path().extension() == unfinished_extension) {
            std::error_code ignored;
            std::filesystem::remove(file->path(), ignored);
        } else if (file->path().extension() == journal_extension) {
            chips.insert(file->path().stem().string());
        }
    }
    if (error) {
        return directory_fault(directory_, error);
    }
    auto const makings = register_.list({.state = CardState::in_making, .limit = 1000000});
    if (!makings.ok()) {
        return makings.error();
    }
    for (CardEntry const& card : makings.value()) {
        chips.insert(card.chip);
    }
    for (std::string const& chip : chips) {
        recover_one(chip);
    }
    return Done{};
}

/// The chip's making, whether there is one or not, for the caller alone.
Outcome<CardMakings::Claimed> CardMakings::claim(HistoricalBytes const& chip) const {
    auto first = first_chip_of(session::hex_text(chip));
    if (!first.ok()) {
        return first.error();
    }
    Claimed claimed{first.value(), {claims_, first.value()}};
    return claimed.claim.is_held() ? Outcome<Claimed>{std::move(claimed)}
                                   : somebody_elses(first.value());
}

Outcome<std::optional<OpenMaking>> CardMakings::find(HistoricalBytes const& chip) const {
    auto const claimed = claim(chip);
    if (!claimed.ok()) {
        return claimed.error();
    }
    auto const journal = settle(claimed.value().chip);
    if (!journal.ok()) {
        return journal.error();
    }
    if (!journal.value()) {
        return std::optional<OpenMaking>{};
    }
    return std::optional{OpenMaking{.making = journal.value()->beginning.making,
                                    .reached = journal.value()->reached,
                                    .is_damaged = journal.value()->is_damaged}};
}

Outcome<std::unique_ptr<MakingJournal>> CardMakings::begin(Making const& making, bool replaces) {
    return begin_for(making, replaces, {});
}

Outcome<std::unique_ptr<MakingJournal>> CardMakings::begin_for(Making const& making, bool replaces,
                                                               MakingJob const& job) {
    std::string const chip = session::hex_text(making.chip);
    MakingClaims::Claim claim{claims_, chip};
    if (!claim.is_held()) {
        return somebody_elses(chip);
    }
    auto const open = settle(chip);
    if (!open.ok()) {
        return open.error();
    }
    if (open.value()) {
        return somebody_elses(chip);
    }
    Beginning const beginning{.making = making,
                              .replaces = replaces,
                              .batch = job.batch,
                              .keys = keys_given(making, job)};
    auto journal = JournalFile::create(path_of(chip), beginning);
    auto const begun = journal.ok() ? register_.begin(beginning) : journal.error();
    if (!begun.ok()) {
        (void)remove_file(path_of(chip)); // or it is when the chip is next looked at
        return begun.error();
    }
    return std::unique_ptr<MakingJournal>{std::make_unique<CardMaking>(
        register_, std::move(claim), beginning, path_of(chip), std::move(journal).value())};
}

Outcome<std::unique_ptr<MakingJournal>> CardMakings::go_on(HistoricalBytes const& chip) {
    return go_on_for(chip, {});
}

Outcome<std::unique_ptr<MakingJournal>> CardMakings::go_on_for(HistoricalBytes const& chip,
                                                               MakingJob const& job) {
    auto claimed = claim(chip);
    if (!claimed.ok()) {
        return claimed.error();
    }
    auto const path = path_of(claimed.value().chip);
    auto const journal = settle(claimed.value().chip);
    if (!journal.ok()) {
        return journal.error();
    }
    if (!journal.value()) { // it was open when the caller looked; another thread has ended it since
        return somebody_elses(claimed.value().chip);
    }
    auto file = JournalFile::reopen(path);
    if (!file.ok()) {
        return file.error();
    }
    auto making =
        std::make_unique<CardMaking>(register_, std::move(claimed.value().claim),
                                     journal.value()->beginning, path, std::move(file).value());
    std::string const keys = keys_given(journal.value()->beginning.making, job);
    if (!keys.empty() && journal.value()->reached < Milestone::structure_made) {
        if (auto const noted = making->note_keys(keys); !noted.ok()) {
            return noted.error();
        }
    }
    return std::unique_ptr<MakingJournal>{std::move(making)};
}

Outcome<Done> CardMakings::record_void(HistoricalBytes const& chip, std::string const& card_id,
                                       std::string const& reason) {
    auto const claimed = claim(chip);
    if (!claimed.ok()) {
        return claimed.error();
    }
    auto told = register_.void_card(claimed.value().chip, reason, card_id);
    std::error_code ignored;
    auto const path = path_of(claimed.value().chip);
    if (!told.ok() || !std::filesystem::exists(path, ignored)) {
        return told;
    }
    return set_aside(path);
}

} // namespace store
