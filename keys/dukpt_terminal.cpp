#include "keys/dukpt_terminal.hpp"

#include <bit>

namespace keys {

/// Registers 0 to `below` - 1, each with the key of the counter with that bit set. False: the
/// cipher failed, and all of them are empty.
bool DukptTerminal::fill_registers(AesCipher& cipher, AesKey const& above, unsigned below) {
    for (unsigned i = 0; i < below; ++i) {
        auto key = derive_intermediate_key(cipher, above, id_, counter_ | (1U << i));
        if (!key.ok()) {
            for (unsigned j = 0; j < below; ++j) {
                registers_[j].reset();
            }
            return false;
        }
        registers_[i] = std::move(key).value();
    }
    return true;
}

CipherResult<DukptTerminal> DukptTerminal::load(AesCipher& cipher, InitialKey initial,
                                                InitialKeyId const& id) {
    DukptTerminal terminal{id};
    auto const filled = terminal.reload(cipher, std::move(initial));
    if (!filled.ok()) {
        return filled.error();
    }
    return terminal;
}

CipherResult<apdu::Done> DukptTerminal::reload(AesCipher& cipher, InitialKey initial) {
    counter_ = 0;
    if (!fill_registers(cipher, initial, registers)) {
        return CipherError::back_end_failed;
    }
    counter_ = 1;
    return apdu::Done{};
}

void DukptTerminal::forget() {
    counter_ = 0;
    for (auto& own : registers_) {
        own.reset();
    }
}

apdu::Result<TransactionKey, DukptFault> DukptTerminal::next_key(AesCipher& cipher, AesSize size) {
    // A register is empty only after a failure: its whole branch of counters is passed over.
    while (counter_ != 0 && !registers_[static_cast<unsigned>(std::countr_zero(counter_))]) {
        counter_ += counter_ & (0U - counter_);
    }
    if (counter_ == 0) {
        return DukptFault::exhausted;
    }
    auto const index = static_cast<unsigned>(std::countr_zero(counter_));
    IntermediateKey const own = *std::move(registers_[index]);
    registers_[index].reset();
    std::uint32_t const counter = counter_;
    bool const leads_on = std::popcount(counter) < static_cast<int>(counter_ones_max);
    if (leads_on && !fill_registers(cipher, own, index)) {
        return DukptFault::back_end_failed;
    }
    counter_ = next_transaction_counter(counter);
    auto key = derive_pin_key(cipher, own, id_, counter, size);
    if (!key.ok()) {
        return DukptFault::back_end_failed;
    }
    return TransactionKey{counter, std::move(key).value()};
}

} // namespace keys
