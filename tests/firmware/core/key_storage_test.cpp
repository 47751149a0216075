#include "tests/firmware/core/key_storage_fixture.hpp"

#include "firmware/core/record_page.hpp"

#include "tests/keys/failing_aes.hpp"

namespace terminal {
namespace {

TEST_F(KeyStorageTest, IsDamagedUntilItIsLoaded) {
    KeyStorage storage{flash};
    EXPECT_EQ(storage.state(), KeyState::damaged);
    EXPECT_EQ(storage.provision(sample_id, sample_transport_key()).error(),
              KeyStorageFault::wrong_state);
    EXPECT_EQ(storage.load(), KeyState::empty);
    EXPECT_FALSE(storage.id());
}

TEST_F(KeyStorageTest, KeepsIdentityAndKeysOverAStart) {
    make_loaded();
    for (std::uint32_t counter = 1; counter < 9; ++counter) {
        KeyStorage storage{flash};
        ASSERT_EQ(storage.load(), KeyState::loaded);
        EXPECT_EQ(storage.id(), sample_id);
        auto const key = storage.next_pin_key(cipher);
        EXPECT_EQ(key.value().counter, counter);
        EXPECT_EQ(apdu::copy_of(key.value().key.expose()), host_keys(cipher, counter).pin);
    }
}

TEST_F(KeyStorageTest, IsProvisionedOnce) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    EXPECT_EQ(storage.provision(other_id, sample_transport_key()).error(),
              KeyStorageFault::wrong_state);
    EXPECT_EQ(storage.id(), sample_id);
}

TEST_F(KeyStorageTest, TakesAnInitialKeyOnceSoThatNoneOfItsKeysComesTwice) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    EXPECT_EQ(storage.load_initial_key(cipher, initial_key_block(cipher, sample_id)).error(),
              KeyStorageFault::wrong_state);
    EXPECT_EQ(storage.next_pin_key(cipher).value().counter, 1U);
}

TEST_F(KeyStorageTest, RefusesAnInitialKeyOfAnotherTerminalOrTransportKey) {
    KeyStorage storage{flash};
    storage.load();
    provision(storage);
    EXPECT_EQ(storage.next_pin_key(cipher).error(), KeyStorageFault::wrong_state);
    std::string block = initial_key_block(cipher, other_id);
    EXPECT_EQ(storage.load_initial_key(cipher, block).error(), KeyStorageFault::other_terminal);
    block = initial_key_block(cipher, sample_id);
    block.back() = block.back() == '0' ? '1' : '0';
    EXPECT_EQ(storage.load_initial_key(cipher, block).error(), KeyStorageFault::malformed);
    EXPECT_EQ(storage.state(), KeyState::provisioned);
    load(storage);
}

TEST_F(KeyStorageTest, ACipherThatFailsLeavesItProvisioned) {
    KeyStorage storage{flash};
    storage.load();
    provision(storage);
    std::string const block = initial_key_block(cipher, sample_id);
    for (unsigned works = 0; works < 38; ++works) {
        keys::FailingAes failing{cipher, works};
        auto const loaded = storage.load_initial_key(failing, block);
        if (!failing.has_failed()) {
            break;
        }
        ASSERT_EQ(loaded.error(), KeyStorageFault::back_end_failed) << works;
        ASSERT_EQ(storage.state(), KeyState::provisioned);
    }
    keys::FailingAes failing{cipher, 0};
    if (storage.state() == KeyState::provisioned) {
        load(storage);
    }
    EXPECT_EQ(storage.next_pin_key(failing).error(), KeyStorageFault::back_end_failed);
    EXPECT_TRUE(storage.next_pin_key(cipher).ok());
}

TEST_F(KeyStorageTest, IsExhaustedWhenEachKeyIsLost) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    keys::FailingAes failing{cipher, 0};
    for (unsigned i = 0; i < 100 && storage.state() == KeyState::loaded; ++i) {
        EXPECT_FALSE(storage.next_pin_key(failing).ok());
    }
    EXPECT_EQ(storage.state(), KeyState::exhausted);
    EXPECT_EQ(storage.next_pin_key(cipher).error(), KeyStorageFault::exhausted);
}

TEST_F(KeyStorageTest, PassesOverAPageThatIsWornOut) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    flash.wear_out(2); // the record is in page 1
    EXPECT_EQ(storage.next_pin_key(cipher).value().counter, 1U);
    KeyStorage again{flash};
    ASSERT_EQ(again.load(), KeyState::loaded);
    EXPECT_EQ(again.next_pin_key(cipher).value().counter, 2U);
}

TEST_F(KeyStorageTest, GivesNoKeyWhileTheOneBeforeCannotBeErased) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    flash.wear_out(1);
    EXPECT_EQ(storage.next_pin_key(cipher).error(), KeyStorageFault::flash_failed);
    EXPECT_EQ(storage.state(), KeyState::damaged);
    KeyStorage again{flash};
    EXPECT_EQ(again.load(), KeyState::damaged);
    EXPECT_FALSE(again.id());
}

TEST_F(KeyStorageTest, ARecordThatChangedIsDamageAndErasedByWordOnly) {
    make_loaded();
    for (std::size_t const at : {0U, 20U, 40U, 500U, 1080U, 1090U}) {
        SimulatedFlash changed{flash};
        changed.corrupt(page_size + at);
        KeyStorage storage{changed};
        ASSERT_EQ(storage.load(), KeyState::damaged) << at;
        EXPECT_EQ(storage.next_pin_key(cipher).error(), KeyStorageFault::wrong_state);
        ASSERT_TRUE(storage.erase_all());
        EXPECT_EQ(storage.state(), KeyState::empty);
        EXPECT_EQ(changed.bytes(), Bytes(changed.bytes().size(), 0xFF));
    }
}

TEST_F(KeyStorageTest, ARecordWithoutItsSealIsWrittenAgain) {
    make_loaded();
    flash.corrupt(page_size + keys::terminal_record_size - 1);
    KeyStorage storage{flash};
    EXPECT_EQ(storage.load(), KeyState::loaded);
    RecordPage first{flash, 1};
    EXPECT_TRUE(first.is_blank());
    RecordPage second{flash, 2};
    EXPECT_EQ(keys::find_record(second).condition, keys::RecordCondition::sealed);
    EXPECT_EQ(storage.next_pin_key(cipher).value().counter, 1U);
}

TEST_F(KeyStorageTest, ATransactionErasesOnePage) {
    make_loaded();
    KeyStorage storage{flash};
    storage.load();
    for (unsigned i = 0; i < 2 * flash.page_count(); ++i) {
        ASSERT_TRUE(storage.next_pin_key(cipher).ok());
    }
    unsigned const before = flash.erasures();
    for (unsigned i = 0; i < 30; ++i) {
        ASSERT_TRUE(storage.next_pin_key(cipher).ok());
    }
    EXPECT_EQ(flash.erasures() - before, 30U);
}

} // namespace
} // namespace terminal
