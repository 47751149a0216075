#include "keys/dukpt_terminal.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/aes_vectors.hpp"
#include "tests/keys/failing_aes.hpp"

#include <algorithm>
#include <set>

namespace keys {
namespace {

constexpr InitialKeyId terminal_id{{0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56}};
constexpr unsigned never = 1'000'000;

InitialKey standards_initial_key() {
    return InitialKey{aes_key_of(apdu::bytes("1273671EA26AC29AFA4D1084127652A1"))};
}

DukptTerminal loaded(AesCipher& cipher) {
    return DukptTerminal::load(cipher, standards_initial_key(), terminal_id).value();
}

Bytes host_key(AesCipher& cipher, std::uint32_t counter) {
    InitialKey const initial = standards_initial_key();
    auto const intermediate = intermediate_key(cipher, initial, terminal_id, counter);
    auto const key =
        derive_pin_key(cipher, intermediate.value(), terminal_id, counter, AesSize::aes128);
    return apdu::copy_of(key.value().expose());
}

TEST_P(AesContract, TerminalAndHostAgreeAndNoKeyComesTwice) {
    constexpr std::uint32_t transactions = 5000;
    DukptTerminal terminal = loaded(cipher());
    std::set<Bytes> keys;
    std::uint32_t expected = 1;
    for (std::uint32_t i = 0; i < transactions; ++i) {
        auto const key = terminal.next_key(cipher(), AesSize::aes128);
        ASSERT_TRUE(key.ok());
        ASSERT_EQ(key.value().counter, expected);
        Bytes const bytes = apdu::copy_of(key.value().key.expose());
        ASSERT_EQ(bytes, host_key(cipher(), expected)) << expected;
        ASSERT_TRUE(keys.insert(bytes).second) << expected;
        expected = next_transaction_counter(expected);
    }
}

TEST_P(AesContract, ATerminalKeepsNoKeyThatItUsedNorTheInitialKey) {
    DukptTerminal terminal = loaded(cipher());
    auto const holds = [&](apdu::ByteView wanted) {
        // What an attacker reads who opens the terminal: all of its memory.
        auto const* const memory = reinterpret_cast<std::uint8_t const*>(&terminal);
        return std::search(memory, memory + sizeof(terminal), wanted.begin(), wanted.end()) !=
               memory + sizeof(terminal);
    };
    EXPECT_FALSE(holds(standards_initial_key().expose()));
    InitialKey const initial = standards_initial_key();
    auto const third = intermediate_key(cipher(), initial, terminal_id, 3);
    auto const second = intermediate_key(cipher(), initial, terminal_id, 2);
    EXPECT_TRUE(holds(second.value().expose()));
    ASSERT_TRUE(terminal.next_key(cipher(), AesSize::aes128).ok());
    ASSERT_TRUE(terminal.next_key(cipher(), AesSize::aes128).ok());
    EXPECT_FALSE(holds(second.value().expose())); // used, and 3 would come from it
    EXPECT_TRUE(holds(third.value().expose()));
    ASSERT_TRUE(terminal.next_key(cipher(), AesSize::aes128).ok());
    EXPECT_FALSE(holds(third.value().expose()));
}

TEST_P(AesContract, ATerminalGivesPinKeysOfTheSizeAskedFor) {
    InitialKey initial{AesSize::aes256, Bytes(32, 0x5A)};
    auto terminal = DukptTerminal::load(cipher(), std::move(initial), terminal_id);
    ASSERT_TRUE(terminal.ok());
    EXPECT_EQ(terminal.value().next_key(cipher(), AesSize::aes128).value().key.size(), 16U);
    EXPECT_EQ(terminal.value().next_key(cipher(), AesSize::aes256).value().key.size(), 32U);
}

TEST_P(AesContract, ATerminalThatCannotFillItsRegistersIsNotLoaded) {
    for (unsigned const works : {0U, 1U, 31U}) {
        FailingAes failing{cipher(), works};
        auto const terminal = DukptTerminal::load(failing, standards_initial_key(), terminal_id);
        ASSERT_FALSE(terminal.ok());
        EXPECT_EQ(terminal.error(), CipherError::back_end_failed);
    }
}

TEST_P(AesContract, AfterAFailureATerminalLosesKeysButGivesNoneTwiceNorAWrongOne) {
    for (unsigned works = 0; works < 40; ++works) {
        FailingAes failing{cipher(), never};
        DukptTerminal terminal = loaded(failing);
        std::uint32_t last = 0;
        failing.break_after(works);
        for (unsigned i = 0; i < 60; ++i) {
            auto const key = terminal.next_key(failing, AesSize::aes128);
            if (!key.ok()) {
                ASSERT_EQ(key.error(), DukptFault::back_end_failed);
                failing.break_after(i % 2 == 0 ? never : works);
                continue;
            }
            ASSERT_GT(key.value().counter, last);
            last = key.value().counter;
            ASSERT_EQ(apdu::copy_of(key.value().key.expose()), host_key(cipher(), last));
        }
        EXPECT_TRUE(failing.has_failed());
    }
}

TEST_P(AesContract, AnExhaustedTerminalHasNoKeyLeft) {
    FailingAes failing{cipher(), never};
    DukptTerminal terminal = loaded(failing);
    // Failures pass over whole branches of counters, so that the end is near.
    failing.break_after(0);
    unsigned failures = 0;
    while (!terminal.is_exhausted()) {
        auto const key = terminal.next_key(failing, AesSize::aes128);
        ASSERT_FALSE(key.ok());
        ASSERT_LT(++failures, 100U);
    }
    failing.break_after(never);
    EXPECT_EQ(terminal.next_key(failing, AesSize::aes128).error(), DukptFault::exhausted);
    EXPECT_EQ(terminal.next_key(failing, AesSize::aes128).error(), DukptFault::exhausted);
}

} // namespace
} // namespace keys
