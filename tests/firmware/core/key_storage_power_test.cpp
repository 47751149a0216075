#include "tests/firmware/core/key_storage_fixture.hpp"

#include <functional>

namespace terminal {
namespace {

constexpr unsigned transactions = 50;

/// Each cut of one step of a terminal's life, from the same flash.
class KeyStoragePower : public KeyStorageTest {
protected:
    using Step = std::function<void(KeyStorage&)>;
    using Check = std::function<void(KeyStorage&, SimulatedFlash&)>;

    /// Does `step` with a cut at each of its calls and each tearing, starts again, and checks;
    /// then does it on `flash` itself. Gives the number of calls.
    unsigned cut_everywhere(Step const& step, Check const& check) {
        unsigned calls = 0;
        for (Tearing const tearing : all_tearings) {
            bool is_cut = true;
            for (calls = 0; is_cut; ++calls) {
                SimulatedFlash torn{flash};
                KeyStorage storage{torn};
                storage.load();
                torn.cut_power(calls, tearing, calls);
                step(storage);
                is_cut = torn.is_cut();
                SCOPED_TRACE(testing::Message()
                             << "call " << calls << ", tearing " << static_cast<int>(tearing));
                restart(torn, check);
                if (HasFailure()) {
                    return calls;
                }
            }
        }
        KeyStorage storage{flash};
        storage.load();
        step(storage);
        return calls - 1;
    }

    virtual void restart(SimulatedFlash& torn, Check const& check) {
        torn.start();
        KeyStorage storage{torn};
        storage.load();
        check(storage, torn);
    }

    /// Keys up to `given` were given out: none of them is left, and the next one is right.
    void expect_only_later_keys(KeyStorage& storage, SimulatedFlash const& torn,
                                std::uint32_t given) {
        for (std::uint32_t counter = 1; counter <= given; ++counter) {
            ASSERT_FALSE(holds(torn.bytes(), used(counter).intermediate)) << counter;
        }
        ASSERT_FALSE(holds(torn.bytes(), sample_initial_key().expose()));
        auto const key = storage.next_pin_key(cipher);
        ASSERT_TRUE(key.ok());
        ASSERT_TRUE(key.value().counter == given + 1 || key.value().counter == given + 2);
        ASSERT_EQ(apdu::copy_of(key.value().key.expose()), used(key.value().counter).pin);
        ASSERT_FALSE(holds(torn.bytes(), used(key.value().counter).intermediate));
    }

    HostKeys const& used(std::uint32_t counter) {
        while (host_.size() <= counter) {
            auto const next = static_cast<std::uint32_t>(host_.size());
            host_.push_back(next == 0 ? HostKeys{} : host_keys(cipher, next));
        }
        return host_[counter];
    }

private:
    std::vector<HostKeys> host_;
};

/// The power goes again at every call of the start.
class KeyStorageTwoCuts : public KeyStoragePower {
protected:
    void restart(SimulatedFlash& torn, Check const& check) override {
        torn.start();
        bool is_cut = true;
        for (unsigned calls = 0; is_cut; ++calls) {
            SimulatedFlash twice{torn};
            twice.cut_power(calls, Tearing::noise, calls);
            KeyStorage{twice}.load();
            is_cut = twice.is_cut();
            KeyStoragePower::restart(twice, check);
        }
    }
};

TEST_F(KeyStoragePower, AProvisioningIsDoneOrNot) {
    unsigned const calls = cut_everywhere(
        [](KeyStorage& storage) {
            static_cast<void>(storage.provision(sample_id, sample_transport_key()));
        },
        [&](KeyStorage& storage, SimulatedFlash& torn) {
            if (storage.state() == KeyState::empty) {
                EXPECT_FALSE(holds(torn.bytes(), sample_transport_key().expose()));
                provision(storage);
            }
            EXPECT_EQ(storage.state(), KeyState::provisioned);
            EXPECT_EQ(storage.id(), sample_id);
            load(storage);
        });
    EXPECT_EQ(calls, 37U); // an erasure, 34 pieces, checksum, seal
}

TEST_F(KeyStoragePower, AnInitialKeyIsLoadedOrNot) {
    KeyStorage fresh{flash};
    fresh.load();
    provision(fresh);
    std::string const block = initial_key_block(cipher, sample_id);
    unsigned const calls = cut_everywhere(
        [&](KeyStorage& storage) { static_cast<void>(storage.load_initial_key(cipher, block)); },
        [&](KeyStorage& storage, SimulatedFlash& torn) {
            if (storage.state() == KeyState::provisioned) {
                load(storage);
            }
            ASSERT_EQ(storage.state(), KeyState::loaded);
            expect_only_later_keys(storage, torn, 0);
        });
    EXPECT_EQ(calls, 38U); // and the erasure of the record before
}

TEST_F(KeyStoragePower, NoTransactionCounterComesTwiceAndNoUsedKeyStays) {
    make_loaded();
    for (std::uint32_t i = 0; i < transactions && !HasFailure(); ++i) {
        std::uint32_t given = i;
        cut_everywhere(
            [&](KeyStorage& storage) {
                auto const key = storage.next_pin_key(cipher);
                given = key.ok() ? key.value().counter : i;
            },
            [&](KeyStorage& storage, SimulatedFlash& torn) {
                expect_only_later_keys(storage, torn, given);
            });
        ASSERT_EQ(given, i + 1);
    }
}

TEST_F(KeyStorageTwoCuts, NoTransactionCounterComesTwice) {
    make_loaded();
    for (std::uint32_t i = 0; i < 3; ++i) {
        cut_everywhere(
            [&](KeyStorage& storage) { static_cast<void>(storage.next_pin_key(cipher)); },
            [&](KeyStorage& storage, SimulatedFlash&) {
                auto const key = storage.next_pin_key(cipher);
                ASSERT_TRUE(key.ok());
                ASSERT_TRUE(key.value().counter == i + 1 || key.value().counter == i + 2);
            });
    }
}

TEST_F(KeyStoragePower, AnErasureLeavesAllKeysOrNone) {
    make_loaded();
    cut_everywhere([](KeyStorage& storage) { static_cast<void>(storage.erase_all()); },
                   [&](KeyStorage& storage, SimulatedFlash& torn) {
                       if (storage.state() == KeyState::loaded) {
                           expect_only_later_keys(storage, torn, 0);
                           return;
                       }
                       // Half a record may be left, and is told as damage.
                       ASSERT_TRUE(storage.state() == KeyState::empty || storage.erase_all());
                       ASSERT_FALSE(holds(torn.bytes(), sample_transport_key().expose()));
                       provision(storage);
                   });
}

} // namespace
} // namespace terminal
