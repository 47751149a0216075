#include "host/store/card_register.hpp"

#include "host/store/key_rows.hpp"
#include "host/store/register_database.hpp"
#include "host/store/register_rows.hpp"
#include "host/store/register_schema.hpp"

#include "host/session/hex_text.hpp"

#include <soci/sqlite3/soci-sqlite3.h>

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <ctime>

namespace store {

using apdu::Done;
using session::Fault;
using session::FaultCode;
using session::Outcome;

namespace {

CardEntry entry_of(Beginning const& beginning, std::string now) {
    personalization::Making const& making = beginning.making;
    return CardEntry{.reset_info = session::hex_text(making.wanted),
                     .chip = session::hex_text(making.chip),
                     .card_id = making.card_id,
                     .card_number = making.record.card_number,
                     .person = making.person,
                     .version = making.version,
                     .algorithm = making.algorithm,
                     .region = making.region,
                     .stage = making.stage,
                     .state = CardState::in_making,
                     .reason = {},
                     .replaced_by = {},
                     .batch = beginning.batch,
                     .test_keys = making.test_keys,
                     .keys = beginning.keys,
                     .began_at = std::move(now),
                     .made_at = {},
                     .voided_at = {}};
}

/// The newest of those that fit.
std::optional<CardEntry> newest(soci::session& sql, CardFilter filter) {
    filter.limit = 1;
    auto cards = select_cards(sql, filter);
    return cards.empty() ? std::nullopt : std::optional{std::move(cards.front())};
}

/// The making of the chip; failing that, one that gives a chip those historical bytes.
std::optional<CardEntry> making_of(soci::session& sql, std::string const& chip) {
    auto const makings = select_cards(sql, {.chip = chip, .state = CardState::in_making});
    auto const own = std::find_if(makings.begin(), makings.end(),
                                  [&chip](CardEntry const& card) { return card.chip == chip; });
    if (own != makings.end()) {
        return *own;
    }
    return makings.empty() ? std::nullopt : std::optional{makings.front()};
}

/// Another card of the person, live or in making. A card that is made anew is no other.
std::optional<CardEntry> other_card(soci::session& sql, CardEntry const& card) {
    if (card.person.empty()) {
        return std::nullopt;
    }
    for (CardState const state : {CardState::live, CardState::in_making}) {
        for (CardEntry const& other : select_cards(sql, {.person = card.person, .state = state})) {
            if ((state == CardState::live ? other.reset_info : other.chip) != card.chip) {
                return other;
            }
        }
    }
    return std::nullopt;
}

/// Makes room for a card that is made now: its person has no other, its chip was nothing else.
void retire_predecessors(soci::session& sql, CardEntry const& card, std::string const& now) {
    std::string const replaced{reason_replaced};
    std::string const rewritten{reason_rewritten};
    using soci::use;
    sql << "DELETE FROM card WHERE state = 'blank' AND reset_info = :chip", use(card.chip, "chip");
    sql << "UPDATE card SET state = 'voided', reason = :reason, replaced_by = :by, "
           "voided_at = :now WHERE state = 'live' AND reset_info = :chip",
        use(rewritten, "reason"), use(card.reset_info, "by"), use(now, "now"),
        use(card.chip, "chip");
    if (!card.person.empty()) {
        sql << "UPDATE card SET state = 'voided', reason = :reason, replaced_by = :by, "
               "voided_at = :now WHERE person = :person AND (state = 'live' OR "
               "(state = 'in_making' AND chip <> :chip))",
            use(replaced, "reason"), use(card.reset_info, "by"), use(now, "now"),
            use(card.person, "person"), use(card.chip, "chip");
    }
}

/// Blanks are void as what they were to become; the rest in its own name.
void void_all(soci::session& sql, std::string const& chip, std::string const& reason,
              std::string const& now) {
    using soci::use;
    if (making_of(sql, chip)) {
        sql << "DELETE FROM card WHERE state = 'blank' AND reset_info = :chip", use(chip, "chip");
    }
    sql << "UPDATE card SET state = 'voided', reason = :reason, voided_at = :now "
           "WHERE state <> 'voided' AND "
        << is_of_chip,
        use(reason, "reason"), use(now, "now"), use(chip, "chip");
}

/// The settings of SQLite alone: what a transaction wrote is on the disk when it is over.
void configure(soci::session& sql) {
    sql << "PRAGMA journal_mode = WAL";
    sql << "PRAGMA synchronous = FULL";
    sql << "PRAGMA cache_size = -512";
}

} // namespace

std::string utc_now() {
    std::time_t const now = std::time(nullptr);
    std::tm parts{};
    std::array<char, 32> text{};
    apdu::require(::gmtime_r(&now, &parts) != nullptr);
    auto const size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

CardRegister::CardRegister(std::unique_ptr<Database> database) : database_{std::move(database)} {}
CardRegister::~CardRegister() = default;

Outcome<std::unique_ptr<CardRegister>> CardRegister::open(std::filesystem::path const& file,
                                                          UtcClock clock) {
    std::filesystem::path lock_path = file;
    auto lock = OwnerLock::take(lock_path += ".lock");
    if (!lock.ok()) {
        return lock.error();
    }
    // SQLite would make it readable for others.
    if (!open_file(file, O_RDWR | O_CREAT).is_open()) {
        return file_fault(file);
    }
    std::unique_ptr<Database> database{
        new Database{file, std::move(lock).value(), std::move(clock)}};
    auto const ready = database->run([&file](soci::session& sql) {
        sql.open(soci::sqlite3, "dbname=\"" + file.string() + "\" timeout=5");
        configure(sql);
        return bring_up_to_date(sql);
    });
    if (!ready.ok()) {
        return ready.error();
    }
    return std::unique_ptr<CardRegister>{new CardRegister{std::move(database)}};
}

Outcome<Done> CardRegister::begin(Beginning const& beginning) {
    CardEntry const card = entry_of(beginning, database_->clock());
    return database_->change([&](soci::session& sql) -> Outcome<Done> {
        if (making_of(sql, card.chip)) {
            return Fault{.code = FaultCode::card_in_making, .detail = card.chip};
        }
        if (auto const other = other_card(sql, card); other && !beginning.replaces) {
            return Fault{.code = FaultCode::person_has_card, .detail = other->card_number};
        }
        insert_card(sql, card);
        return Done{};
    });
}

Outcome<Done> CardRegister::amend(Beginning const& beginning) {
    CardEntry const card = entry_of(beginning, {});
    return database_->change([&card](soci::session& sql) -> Outcome<Done> {
        int const key_set = key_set_number(sql, card.keys);
        sql << "UPDATE card SET card_number = :number, key_set = :key_set "
               "WHERE state = 'in_making' AND chip = :chip",
            soci::use(card.card_number, "number"), soci::use(key_set, "key_set"),
            soci::use(card.chip, "chip");
        return Done{};
    });
}

Outcome<Done> CardRegister::restore(Beginning const& beginning) {
    CardEntry const card = entry_of(beginning, database_->clock());
    return database_->change([&card](soci::session& sql) -> Outcome<Done> {
        insert_card(sql, card);
        return Done{};
    });
}

Outcome<Done> CardRegister::finish(Beginning const& beginning) {
    std::string const now = database_->clock();
    CardEntry card = entry_of(beginning, now);
    card.state = beginning.making.stage == personalization::Stage::structure ? CardState::blank
                                                                             : CardState::live;
    card.made_at = now;
    return database_->change([&](soci::session& sql) -> Outcome<Done> {
        if (auto const begun = making_of(sql, card.chip)) {
            card.began_at = begun->began_at;
        } else if (auto const known = newest(sql, {.chip = card.reset_info});
                   known && known->card_id == card.card_id) {
            if (known->state == CardState::voided) {
                return Fault{.code = FaultCode::card_voided, .detail = known->reason};
            }
            if (known->state == card.state) {
                return Done{};
            }
        }
        if (beginning.making.stage == personalization::Stage::data) {
            card.keys = keys_of_card(sql, card.chip); // as the structure stage left them
        }
        sql << "DELETE FROM card WHERE state = 'in_making' AND chip = :chip", soci::use(card.chip);
        retire_predecessors(sql, card, now);
        insert_card(sql, card);
        return Done{};
    });
}

Outcome<Done> CardRegister::void_card(std::string const& chip, std::string const& reason,
                                      std::string const& card_id) {
    std::string const now = database_->clock();
    return database_->change([&](soci::session& sql) -> Outcome<Done> {
        void_all(sql, chip, reason, now);
        if (!newest(sql, {.chip = chip})) {
            CardEntry card{};
            card.chip = chip;
            card.reset_info = chip;
            card.card_id = card_id;
            card.state = CardState::voided;
            card.reason = reason;
            card.began_at = now;
            card.voided_at = now;
            insert_card(sql, card);
        }
        return Done{};
    });
}

Outcome<std::optional<CardEntry>> CardRegister::find(std::string const& chip) const {
    return database_->run([&chip](soci::session& sql) -> Outcome<std::optional<CardEntry>> {
        return newest(sql, {.chip = chip});
    });
}

Outcome<std::optional<CardEntry>> CardRegister::find_making(std::string const& chip) const {
    return database_->run([&chip](soci::session& sql) -> Outcome<std::optional<CardEntry>> {
        return making_of(sql, chip);
    });
}

Outcome<std::vector<CardEntry>> CardRegister::list(CardFilter const& filter) const {
    return database_->run([&filter](soci::session& sql) -> Outcome<std::vector<CardEntry>> {
        return select_cards(sql, filter);
    });
}

} // namespace store
