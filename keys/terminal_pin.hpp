#pragma once

#include "keys/initial_key_block.hpp"
#include "keys/key_fault.hpp"
#include "keys/pin_block.hpp"
#include "keys/transaction_counters.hpp"

namespace keys {

/// A PIN as a terminal gives it out: encrypted, with what tells the host which key it is under.
struct TerminalPin {
    InitialKeyId terminal;
    std::uint32_t counter; ///< of the terminal's transaction
    PinBlock block;
};

/// A BDK with the id that its terminals' ids begin with.
struct TerminalBdk {
    std::array<std::uint8_t, 4> id;
    Bdk key;
};

/// The key that a terminal's initial keys travel under; each terminal has its own.
struct TerminalTransportKey {
    InitialKeyId terminal;
    KeyBlockKey key;
};

/// The keys of terminals at hand; borrows them. They are no cards' keys and never serve a card.
struct TerminalKeySet {
    std::span<TerminalBdk const> bdks{};
    std::span<TerminalTransportKey const> transport_keys{};
};

/// The PIN that a terminal gave out for the card of that PAN; the PIN key has the size of the BDK.
/// The counter is used up before the block is looked at, so that nobody learns anything by sending
/// changed blocks. Faults: terminal_key_missing and terminal_counter_refused, which leave the
/// counter; pin_block_malformed; back_end_failed (also: the counter cannot be remembered).
[[nodiscard]] apdu::Result<Pin, KeyFaultReason>
open_terminal_pin(AesCipher& cipher, TransactionCounters& counters, TerminalKeySet const& keys,
                  TerminalPin const& pin, Pan const& pan);

/// The terminal's initial key, wrapped under its transport key. Faults: terminal_key_missing (also:
/// the transport key is smaller than the BDK), back_end_failed.
[[nodiscard]] apdu::Result<KeyBlock, KeyFaultReason>
make_initial_key_block(AesCipher& cipher, TerminalKeySet const& keys, InitialKeyId const& terminal,
                       std::span<std::uint8_t const, key_block_random_size> random);

} // namespace keys
