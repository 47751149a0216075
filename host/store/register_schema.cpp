#include "host/store/register_schema.hpp"

#include "host/store/soci_library.hpp"

#include <array>
#include <span>
#include <string>
#include <string_view>

namespace store {
namespace {

/// An id is given by us, and whatever is not known is the empty text, so that the same SQL serves
/// SQLite and PostgreSQL.
constexpr auto first_form = std::to_array<char const*>({
    "CREATE TABLE card ("
    " id INTEGER NOT NULL PRIMARY KEY,"
    " chip TEXT NOT NULL,"
    " reset_info TEXT NOT NULL,"
    " card_id TEXT NOT NULL,"
    " card_number TEXT NOT NULL,"
    " person TEXT NOT NULL,"
    " version TEXT NOT NULL,"
    " algorithm TEXT NOT NULL,"
    " region TEXT NOT NULL,"
    " stage TEXT NOT NULL,"
    " state TEXT NOT NULL CHECK (state IN ('in_making', 'blank', 'live', 'voided')),"
    " reason TEXT NOT NULL,"
    " replaced_by TEXT NOT NULL,"
    " batch TEXT NOT NULL,"
    " test_keys INTEGER NOT NULL CHECK (test_keys IN (0, 1)),"
    " began_at TEXT NOT NULL,"
    " made_at TEXT NOT NULL,"
    " voided_at TEXT NOT NULL)",
    // What must never be, whatever the program does: two live cards of a person, two makings of a
    // chip.
    "CREATE UNIQUE INDEX card_live_person ON card (person) WHERE state = 'live' AND person <> ''",
    "CREATE UNIQUE INDEX card_making_chip ON card (chip) WHERE state = 'in_making'",
    "CREATE INDEX card_reset_info ON card (reset_info)",
    "CREATE INDEX card_chip ON card (chip)",
    "CREATE INDEX card_person ON card (person)",
    "CREATE INDEX card_card_number ON card (card_number)",
    "CREATE INDEX card_batch ON card (batch)",
});

/// What the keys of cards come from, which version of a key is in use, and how far terminals are.
constexpr auto second_form = std::to_array<char const*>({
    "CREATE TABLE key_set (id INTEGER NOT NULL PRIMARY KEY, keys TEXT NOT NULL UNIQUE)",
    "INSERT INTO key_set (id, keys) VALUES (0, '')",
    "ALTER TABLE card ADD COLUMN key_set INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX card_key_set ON card (key_set)",
    "CREATE TABLE rotation ("
    " id INTEGER NOT NULL PRIMARY KEY,"
    " algorithm TEXT NOT NULL,"
    " to_key TEXT NOT NULL,"
    " since TEXT NOT NULL)",
    // The last transaction counter of each terminal, 8 hex digits.
    "CREATE TABLE terminal (id TEXT NOT NULL PRIMARY KEY, counter TEXT NOT NULL)",
});

/// Step n leads from form n to form n + 1. A step is never changed once it is out; it is added to.
constexpr auto steps = std::to_array<std::span<char const* const>>({first_form, second_form});

} // namespace

session::Outcome<apdu::Done> bring_up_to_date(soci::session& sql) {
    std::size_t form = 0;
    int found = 0;
    sql << "PRAGMA user_version", soci::into(found);
    form = static_cast<std::size_t>(found);
    if (form > steps.size()) {
        return session::Fault{.code = session::FaultCode::journal_failed,
                              .detail = "the register has form " + std::to_string(form) +
                                        ", of a newer program; this one knows up to " +
                                        std::to_string(steps.size())};
    }
    for (; form < steps.size(); ++form) {
        soci::transaction step{sql};
        for (char const* const statement : steps.at(form)) {
            sql << statement;
        }
        sql << "PRAGMA user_version = " << form + 1;
        step.commit();
    }
    return apdu::Done{};
}

} // namespace store
