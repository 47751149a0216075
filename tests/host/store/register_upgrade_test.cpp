// A register of an earlier form, as offices have it.
#include "tests/host/store/store_office.hpp"

#include "host/store/card_register.hpp"
#include "host/store/soci_library.hpp"

#include <gtest/gtest.h>

#include <soci/sqlite3/soci-sqlite3.h>

namespace store {
namespace {

/// The first form, with a live card of 张三 in it.
void make_first_form(std::filesystem::path const& file) {
    soci::session sql{soci::sqlite3, file.string()};
    sql << "CREATE TABLE card (id INTEGER NOT NULL PRIMARY KEY, chip TEXT NOT NULL, "
           "reset_info TEXT NOT NULL, card_id TEXT NOT NULL, card_number TEXT NOT NULL, "
           "person TEXT NOT NULL, version TEXT NOT NULL, algorithm TEXT NOT NULL, "
           "region TEXT NOT NULL, stage TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN "
           "('in_making', 'blank', 'live', 'voided')), reason TEXT NOT NULL, "
           "replaced_by TEXT NOT NULL, batch TEXT NOT NULL, test_keys INTEGER NOT NULL CHECK "
           "(test_keys IN (0, 1)), began_at TEXT NOT NULL, made_at TEXT NOT NULL, "
           "voided_at TEXT NOT NULL)";
    sql << "CREATE UNIQUE INDEX card_live_person ON card (person) WHERE state = 'live' AND "
           "person <> ''";
    sql << "CREATE UNIQUE INDEX card_making_chip ON card (chip) WHERE state = 'in_making'";
    for (auto const* const column : {"reset_info", "chip", "person", "card_number", "batch"}) {
        sql << std::string{"CREATE INDEX card_"} + column + " ON card (" + column + ")";
    }
    sql << "INSERT INTO card VALUES (1, '00814E43238697159900BF7C7A', "
           "'00814E43238697159900BF7C7A', '639900D15600000500BF7C7A48FB4966', 'A0000002X', "
           "'110101190001010014', '3.00', 'SM4', '639900', 'both', 'live', '', '', 'July', 1, "
           "'2026-07-01T08:30:00Z', '2026-07-01T08:31:00Z', '')";
    sql << "PRAGMA user_version = 1";
}

TEST(ARegisterOfTheFirstForm, KeepsItsCardsOfWhoseKeysNothingIsKnown) {
    StoreOffice const office;
    auto const file = office.directory() / "old.sqlite";
    make_first_form(file);
    auto const cards = CardRegister::open(file);
    ASSERT_TRUE(cards.ok()) << cards.error().detail;
    auto const all = cards.value()->list({}).value();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().card_number, "A0000002X");
    EXPECT_EQ(all.front().batch, "July");
    EXPECT_EQ(all.front().keys, "");
    EXPECT_TRUE(cards.value()->keys_of(all.front().chip).value().empty());
    auto const counts = cards.value()->count_by_keys().value();
    ASSERT_EQ(counts.size(), 1U);
    EXPECT_TRUE(counts.front().keys.empty());
    EXPECT_EQ(counts.front().cards, 1U);
    EXPECT_TRUE(cards.value()->rotations().value().empty());
    EXPECT_TRUE(cards.value()->list({.not_made_with = "IRK/1/ABCDEF"}).value().empty());
}

TEST(ARegisterOfTheFirstForm, IsBroughtUpToDateOnce) {
    StoreOffice const office;
    auto const file = office.directory() / "old.sqlite";
    make_first_form(file);
    {
        auto const cards = CardRegister::open(file);
        KeyMark const second{apdu::KeyName::irk, 2, "ABCDEF"};
        ASSERT_TRUE(cards.value()->rotate(keys::Algorithm::sm4, second).ok());
    }
    auto const again = CardRegister::open(file);
    ASSERT_TRUE(again.ok()) << again.error().detail;
    EXPECT_EQ(again.value()->rotations().value().size(), 1U);
    EXPECT_EQ(again.value()->list({}).value().size(), 1U);
}

} // namespace
} // namespace store
