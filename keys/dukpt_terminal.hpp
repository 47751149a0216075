#pragma once

#include "keys/dukpt.hpp"

namespace keys {

/// Why a terminal has no key for another transaction.
enum class DukptFault : std::uint8_t {
    exhausted,       ///< every transaction counter is used: it needs another initial key
    back_end_failed, ///< the cipher did not do its part; the transaction's keys are lost
};

/// A terminal's key of one transaction, with the counter that tells the host which.
struct TransactionKey {
    std::uint32_t counter;
    PinKey key;
};

/// The terminal's side of AES DUKPT: a register for each bit of the transaction counter, and the
/// next counter. It knows no key that it used before, nor one that would lead to it: a register is
/// empty as soon as its key is used. About 1.2 kB. ANSI X9.24-3:2017, annex B.6.3.
class DukptTerminal {
public:
    /// One that never had an initial key: is_exhausted().
    explicit DukptTerminal(InitialKeyId const& id) : id_{id} {}

    /// Fills the registers from `initial`, which is wiped. Errors: back_end_failed.
    [[nodiscard]] static CipherResult<DukptTerminal> load(AesCipher& cipher, InitialKey initial,
                                                          InitialKeyId const& id);
    /// The same in place, whatever it had before. Errors: back_end_failed, and it is exhausted.
    [[nodiscard]] CipherResult<apdu::Done> reload(AesCipher& cipher, InitialKey initial);
    /// Forgets all keys: it is exhausted.
    void forget();

    [[nodiscard]] InitialKeyId const& id() const { return id_; }

    /// The PIN key of the next transaction, of that size. The counter moves on even where this
    /// fails, so that no key is ever given twice. require: not larger than the initial key.
    [[nodiscard]] apdu::Result<TransactionKey, DukptFault> next_key(AesCipher& cipher,
                                                                    AesSize size);

    /// True when no transaction is left.
    [[nodiscard]] bool is_exhausted() const { return counter_ == 0; }

private:
    static constexpr unsigned registers = 32;

    friend class RegisterPieces;
    [[nodiscard]] bool fill_registers(AesCipher& cipher, AesKey const& above, unsigned below);

    InitialKeyId id_;
    std::uint32_t counter_ = 0; ///< of the next transaction; 0: there is none
    std::array<std::optional<IntermediateKey>, registers> registers_{};
};

} // namespace keys
