#include "tests/keys/sealed/strongroom.hpp"

namespace {

using namespace keys::sealed;
using namespace keys::sealed::test;
using apdu::KeyName;
using keys::Algorithm;

TEST(SealedStore, GivesBackEveryKeyThatWasPutIn) {
    Strongroom const room;
    room.make_store();
    SealedStore store = room.store();
    EXPECT_EQ(store.keys(), nullptr); // locked at first
    ASSERT_EQ(outcome_of(store.open(words())), "ok");
    EXPECT_EQ(told(store.keys()->masters()), told({three_keys(), true}));
    EXPECT_TRUE(store.keys()->masters().are_test_keys);
}

TEST(SealedStore, IsSealedByACredentialToo) {
    Strongroom const room;
    room.make_store(credential());
    EXPECT_EQ(room.opened(credential()), "ok");
    EXPECT_EQ(room.opened(credential(0x5B)), "secret_wrong");
    EXPECT_EQ(room.opened(words()), "sealed_otherwise");
    room.put(room.bytes(), "copy");
    EXPECT_EQ(read_store_header(room.path("copy")).value().kind, SealKind::credential);
}

TEST(SealedStore, IsNotOpenedByAnotherPassphrase) {
    Strongroom const room;
    room.make_store();
    EXPECT_EQ(room.opened(words(other_words)), "secret_wrong");
    EXPECT_EQ(room.opened(words("seven blue horse")), "secret_wrong");
    EXPECT_EQ(room.opened(credential()), "sealed_otherwise");
}

TEST(SealedStore, HoldsNoKeyInTheClear) {
    Strongroom const room;
    room.make_store();
    auto const file = room.bytes();
    for (keys::MasterKey const& key : three_keys()) {
        auto const secret = key.secret.expose();
        EXPECT_EQ(std::search(file.begin(), file.end(), secret.begin(), secret.begin() + 4),
                  file.end());
    }
    EXPECT_EQ(std::search(file.begin(), file.end(), right_words.begin(), right_words.end()),
              file.end());
}

TEST(SealedStore, TellsTheTestMarkWithoutBeingOpened) {
    Strongroom const room;
    room.make_store(words(), false);
    EXPECT_FALSE(read_store_header(room.path()).value().is_test);
    Strongroom const trial;
    trial.make_store(words(), true);
    EXPECT_TRUE(read_store_header(trial.path()).value().is_test);
}

TEST(SealedStore, TakesKeysInAndOut) {
    Strongroom const room;
    room.make_store();
    {
        SealedStore store = room.store();
        ASSERT_TRUE(store.open(words()).ok());
        EXPECT_EQ(outcome_of(store.add(one_key(), true)), "ok");
        EXPECT_EQ(outcome_of(store.remove(KeyName::irk, Algorithm::des3, 1)), "ok");
        EXPECT_EQ(store.keys()->masters().keys.size(), 3U);
    }
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    auto const masters = store.keys()->masters();
    EXPECT_NE(find_master(masters, Algorithm::sm4, {KeyName::bk, 2}), nullptr);
    EXPECT_EQ(find_master(masters, Algorithm::des3, {KeyName::irk, 1}), nullptr);
}

TEST(SealedStore, RefusesAKeyThatIsThereAndTakesNoneOfTheOthers) {
    Strongroom const room;
    room.make_store();
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    auto more = one_key();
    more.push_back(key_of(KeyName::irk, keys::CipherKind::des3, keys::Tier::city, 1, 0x77));
    auto const refused = store.add(std::move(more), true);
    ASSERT_EQ(outcome_of(refused), "key_known");
    EXPECT_EQ(refused.error().detail, "IRK, 3DES, version 1");
    EXPECT_EQ(store.keys()->masters().keys.size(), 3U);
    EXPECT_EQ(outcome_of(store.remove(KeyName::irk, Algorithm::des3, 2)), "key_unknown");
    EXPECT_EQ(outcome_of(store.remove(KeyName::irk, Algorithm::sm4, 1)), "key_unknown");
}

TEST(SealedStore, KeepsTheKeysOfTerminalsBesideThoseOfCards) {
    using keys::TerminalKeyUse;
    Strongroom const room;
    room.make_store();
    keys::TerminalKeyPlace const bdk{TerminalKeyUse::bdk, {{0x12, 0x34, 0x56, 1, 0, 0, 0, 0}}};
    {
        SealedStore store = room.store();
        ASSERT_TRUE(store.open(words()).ok());
        EXPECT_EQ(outcome_of(store.add(terminal_keys(), true)), "ok");
        auto const refused = store.add(terminal_keys(), true);
        ASSERT_EQ(outcome_of(refused), "key_known");
        EXPECT_EQ(refused.error().detail, "BDK 12345601");
        EXPECT_EQ(outcome_of(store.add(terminal_keys(2), true)), "ok");
        EXPECT_EQ(outcome_of(store.add(one_key(), true)), "ok");
        EXPECT_EQ(outcome_of(store.remove(KeyName::irk, Algorithm::des3, 1)), "ok");
        EXPECT_EQ(outcome_of(store.change_secret(words(other_words), cheap)), "ok");
    }
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words(other_words)).ok());
    EXPECT_EQ(store.keys()->masters().keys.size(), 3U);
    EXPECT_EQ(store.keys()->masters().terminals.bdks.size(), 2U);
    EXPECT_EQ(outcome_of(store.remove(bdk)), "ok");
    EXPECT_EQ(outcome_of(store.remove(bdk)), "key_unknown");
    auto const left = store.keys()->masters();
    EXPECT_EQ(left.keys.size(), 3U);
    ASSERT_EQ(left.terminals.bdks.size(), 1U);
    EXPECT_EQ(left.terminals.bdks.front().id[3], 2);
    EXPECT_EQ(left.terminals.transport_keys.size(), 2U);
}

TEST(SealedStore, NeverMixesTestKeysAndRealOnes) {
    Strongroom const room;
    room.make_store(words(), false);
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    EXPECT_EQ(outcome_of(store.add(one_key(), true)), "marks_differ");
}

TEST(SealedStore, HasANewNonceForEachWritingAndANewSaltForEachPassphrase) {
    Strongroom const room;
    room.make_store();
    auto const first = read_store_header(room.path()).value();
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    ASSERT_TRUE(store.add(one_key(), true).ok());
    auto const second = read_store_header(room.path()).value();
    EXPECT_NE(first.nonce, second.nonce);
    EXPECT_EQ(first.salt, second.salt);
    ASSERT_TRUE(store.change_secret(words(other_words), cheap).ok());
    auto const third = read_store_header(room.path()).value();
    EXPECT_NE(second.nonce, third.nonce);
    EXPECT_NE(second.salt, third.salt);
}

TEST(SealedStore, GoesOnUnderANewPassphraseAndKeepsWhatStoodThereBefore) {
    Strongroom const room;
    room.make_store();
    {
        SealedStore store = room.store();
        ASSERT_TRUE(store.open(words()).ok());
        EXPECT_EQ(outcome_of(store.change_secret(words("short"), cheap)), "secret_short");
        ASSERT_EQ(outcome_of(store.change_secret(words(other_words), cheap)), "ok");
        ASSERT_EQ(outcome_of(store.remove(KeyName::irk, Algorithm::des3, 1)), "ok");
    }
    EXPECT_EQ(room.opened(words()), "secret_wrong");
    EXPECT_EQ(room.opened(words(other_words)), "ok");
    room.put(room.bytes("keys.previous"));
    SealedStore store = room.store();
    ASSERT_EQ(outcome_of(store.open(words(other_words))), "ok");
    EXPECT_EQ(store.keys()->masters().keys.size(), 3U);
}

TEST(SealedStore, IsNeverMadeOverAnother) {
    Strongroom const room;
    room.make_store();
    auto const before = room.bytes();
    EXPECT_EQ(outcome_of(room.store().create(words(other_words), {}, true, cheap)), "exists");
    EXPECT_EQ(room.bytes(), before);
}

TEST(SealedStore, MayBeginEmpty) {
    Strongroom const room;
    {
        SealedStore store = room.store();
        EXPECT_EQ(outcome_of(store.create(words("short"), {}, false, cheap)), "secret_short");
        ASSERT_EQ(outcome_of(store.create(words(), {}, false, cheap)), "ok");
        EXPECT_TRUE(store.keys()->masters().keys.empty());
    }
    EXPECT_EQ(room.opened(), "ok");
}

TEST(SealedStore, LockedKeysLiveAsLongAsWhoeverWorksWithThem) {
    Strongroom const room;
    room.make_store();
    SealedStore store = room.store();
    ASSERT_TRUE(store.open(words()).ok());
    auto at_work = store.keys();
    std::weak_ptr<HeldKeys const> const watched = at_work;
    store.lock();
    EXPECT_EQ(store.keys(), nullptr);
    EXPECT_EQ(told(at_work->masters()), told({three_keys(), true}));
    at_work.reset();
    EXPECT_TRUE(watched.expired());
}

TEST(SealedStore, TakesNoMoreKeysThanItsFormatHolds) {
    std::vector<keys::MasterKey> many;
    for (std::size_t i = 0; i <= keys_max; ++i) {
        many.push_back(key_of(KeyName::irk, keys::CipherKind::sm4, keys::Tier::city, 1, 0));
    }
    Strongroom const room;
    EXPECT_EQ(outcome_of(room.store().create(words(), std::move(many), true, cheap)), "full");
    EXPECT_FALSE(std::filesystem::exists(room.path()));
}

TEST(SealingSecret, HasASizeThatIsTold) {
    EXPECT_EQ(outcome_of(SealingSecret::passphrase("")), "secret_short");
    EXPECT_EQ(outcome_of(SealingSecret::passphrase(std::string(1025, 'a'))), "secret_short");
    EXPECT_EQ(outcome_of(SealingSecret::passphrase(std::string(1024, 'a'))), "ok");
    EXPECT_EQ(outcome_of(SealingSecret::credential(std::vector<std::uint8_t>(31))), "secret_short");
}

} // namespace
