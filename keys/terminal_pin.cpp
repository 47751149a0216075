#include "keys/terminal_pin.hpp"

#include <algorithm>

namespace keys {
namespace {

Bdk const* find_bdk(TerminalKeySet const& keys, InitialKeyId const& terminal) {
    auto const found =
        std::find_if(keys.bdks.begin(), keys.bdks.end(), [&](TerminalBdk const& bdk) {
            return apdu::equal_bytes(bdk.id, terminal.bdk_id());
        });
    return found == keys.bdks.end() ? nullptr : &found->key;
}

KeyBlockKey const* find_transport_key(TerminalKeySet const& keys, InitialKeyId const& terminal) {
    auto const found = std::find_if(
        keys.transport_keys.begin(), keys.transport_keys.end(),
        [&](TerminalTransportKey const& transport) { return transport.terminal == terminal; });
    return found == keys.transport_keys.end() ? nullptr : &found->key;
}

/// The PIN key of that transaction, all the way from the BDK.
CipherResult<PinKey> host_pin_key(AesCipher& cipher, Bdk const& bdk, TerminalPin const& pin) {
    auto const initial = derive_initial_key(cipher, bdk, pin.terminal);
    if (!initial.ok()) {
        return initial.error();
    }
    auto const intermediate = intermediate_key(cipher, initial.value(), pin.terminal, pin.counter);
    if (!intermediate.ok()) {
        return intermediate.error();
    }
    return derive_pin_key(cipher, intermediate.value(), pin.terminal, pin.counter, bdk.aes_size());
}

} // namespace

apdu::Result<Pin, KeyFaultReason> open_terminal_pin(AesCipher& cipher,
                                                    TransactionCounters& counters,
                                                    TerminalKeySet const& keys,
                                                    TerminalPin const& pin, Pan const& pan) {
    Bdk const* const bdk = find_bdk(keys, pin.terminal);
    if (bdk == nullptr) {
        return KeyFaultReason::terminal_key_missing;
    }
    if (!is_transaction_counter(pin.counter)) {
        return KeyFaultReason::terminal_counter_refused;
    }
    auto const key = host_pin_key(cipher, *bdk, pin);
    if (!key.ok()) {
        return KeyFaultReason::back_end_failed;
    }
    switch (counters.use(pin.terminal, pin.counter)) {
    case CounterAnswer::accepted:
        break;
    case CounterAnswer::used_before:
        return KeyFaultReason::terminal_counter_refused;
    case CounterAnswer::not_recorded:
        return KeyFaultReason::back_end_failed;
    }
    auto clear = decrypt_pin_block(cipher, key.value(), pin.block, pan);
    if (!clear.ok()) {
        return clear.error() == CipherError::malformed ? KeyFaultReason::pin_block_malformed
                                                       : KeyFaultReason::back_end_failed;
    }
    return std::move(clear).value();
}

apdu::Result<KeyBlock, KeyFaultReason>
make_initial_key_block(AesCipher& cipher, TerminalKeySet const& keys, InitialKeyId const& terminal,
                       std::span<std::uint8_t const, key_block_random_size> random) {
    Bdk const* const bdk = find_bdk(keys, terminal);
    KeyBlockKey const* const transport = find_transport_key(keys, terminal);
    if (bdk == nullptr || transport == nullptr || transport->size() < bdk->size()) {
        return KeyFaultReason::terminal_key_missing;
    }
    auto const initial = derive_initial_key(cipher, *bdk, terminal);
    if (!initial.ok()) {
        return KeyFaultReason::back_end_failed;
    }
    auto const block = wrap_initial_key(cipher, *transport, terminal, initial.value(), random);
    if (!block.ok()) {
        return KeyFaultReason::back_end_failed;
    }
    return block.value();
}

} // namespace keys
