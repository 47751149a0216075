#pragma once

#include "keys/card_identity.hpp"
#include "keys/exchange_values.hpp"
#include "keys/key_fault.hpp"
#include "keys/key_reference.hpp"
#include "keys/pin.hpp"
#include "keys/secret_command.hpp"
#include "keys/secured_command.hpp"
#include "keys/terminal_pin.hpp"

#include <array>

namespace keys {

/// How a key or PIN is written into a T514 directory. cos-t514.md §3, WRITE KEY.
struct KeyLoad {
    KeyReference key;   ///< the key to load
    KeyReference under; ///< temporary_mk or the directory's MK, which stands in the directory
    std::array<std::uint8_t, 8>
        header;      ///< type, id, version, EF, error counter, algorithm, level reached, length
    std::uint8_t p1; ///< 01 for the directory's MK, else 00
};

/// The key seam: callers ask for a purpose, never for "encrypt". A key goes in and never comes out.
/// One card at a time per object unless a back end says otherwise. All sizes in bytes.
class KeyService {
public:
    KeyService() = default;
    KeyService(KeyService const&) = delete;
    KeyService& operator=(KeyService const&) = delete;
    virtual ~KeyService() = default;

    /// True when the master key that `key` of a card of that algorithm comes from is at hand.
    [[nodiscard]] virtual bool has(Algorithm algorithm, KeyReference key) const = 0;

    /// True when the master keys are marked as ones for tests; shown wherever it matters.
    [[nodiscard]] virtual bool holds_test_keys() const = 0;

    /// What a genuine card answers to INTERNAL AUTHENTICATE with IRK. card.md §3.5.
    [[nodiscard]] virtual KeyResult<AuthenticationData>
    internal_answer(CardIdentity const& card, std::uint8_t version, Challenge const& process,
                    Challenge const& original) = 0;

    /// The authentication data of EXTERNAL AUTHENTICATE with that key. card.md §3.5.
    [[nodiscard]] virtual KeyResult<AuthenticationData>
    external_authentication(CardIdentity const& card, KeyReference key, Challenge const& process,
                            Challenge const& original) = 0;

    /// `header` (no data) with a MAC by the session key of `key` and `process`; and before it
    /// `data` in the clear, when there is any: a block command, PIN unblock, or UPDATE … with MAC.
    /// Lc counts the MAC. card.md §3.5.
    [[nodiscard]] virtual KeyResult<SecuredCommand>
    maced_command(CardIdentity const& card, KeyReference key, Challenge const& process,
                  apdu::Command const& header, apdu::ByteView data) = 0;

    /// PIN CHANGE/UNBLOCK 84 24 00 01 with the new PIN encrypted and a MAC, by STKSSSE. card.md
    /// §4.5.
    [[nodiscard]] virtual KeyResult<SecuredCommand>
    pin_reset_command(CardIdentity const& card, Challenge const& process, Pin const& new_pin) = 0;

    /// The same with a PIN that a terminal gave out for this card: it is in the clear inside the
    /// seam alone. Once the keys are at hand, the transaction counter is used up even where the
    /// block is refused. Faults besides: terminal_key_missing, which is what a back end answers
    /// that serves no terminals; terminal_counter_refused; pin_block_malformed.
    [[nodiscard]] virtual KeyResult<SecuredCommand>
    terminal_pin_reset_command(CardIdentity const& card, Challenge const& /*process*/,
                               TerminalPin const& /*new_pin*/) {
        return KeyFault{KeyFaultReason::terminal_key_missing, apdu::KeyName::stk_ssse,
                        card.algorithm, 1};
    }

    /// A terminal's initial key, wrapped for it under its transport key; who may ask, and how many
    /// together, is the caller's matter. `random` is new each time. Reasons: terminal_key_missing,
    /// as above; back_end_failed.
    [[nodiscard]] virtual apdu::Result<KeyBlock, KeyFaultReason>
    initial_key_block(InitialKeyId const& /*terminal*/,
                      std::span<std::uint8_t const, key_block_random_size> /*random*/) {
        return KeyFaultReason::terminal_key_missing;
    }

    /// The authentication part of a card identification code, over its first 12 bytes, by IRK.
    /// card.md §2.1.
    [[nodiscard]] virtual KeyResult<std::array<std::uint8_t, 4>>
    card_id_authentication(CardIdentity const& card,
                           std::span<std::uint8_t const, 12> first_parts) = 0;

    /// The 8 bytes of VERIFY TRANSPORT KEY. cos-t514.md §3; SM4 ASSUMED as authentication data,
    /// left8 XOR right8.
    [[nodiscard]] virtual KeyResult<AuthenticationData>
    transport_proof(CardIdentity const& card) = 0;

    /// WRITE KEY 00 D4 01 00 18: the temporary MK in the clear, the first key of a directory.
    /// cos-t514.md §3.
    [[nodiscard]] virtual KeyResult<SecretCommand>
    temporary_mk_command(CardIdentity const& card, std::array<std::uint8_t, 8> const& header) = 0;

    /// WRITE KEY 84 D4: the card's key encrypted under the directory's MK, with a MAC that starts
    /// from `challenge`. cos-t514.md §3.
    [[nodiscard]] virtual KeyResult<SecuredCommand>
    key_load_command(CardIdentity const& card, KeyLoad const& load,
                     std::array<std::uint8_t, 4> const& challenge) = 0;

    /// The same for the PIN (type 01), padded with F to 16 bytes.
    [[nodiscard]] virtual KeyResult<SecuredCommand>
    pin_load_command(CardIdentity const& card, KeyReference under,
                     std::array<std::uint8_t, 8> const& header, Pin const& pin,
                     std::array<std::uint8_t, 4> const& challenge) = 0;

    /// The authentication data of EXTERNAL AUTHENTICATE 00 82 00 00 with a directory's MK.
    /// cos-t514.md §3.
    [[nodiscard]] virtual KeyResult<AuthenticationData>
    mk_authentication(CardIdentity const& card, KeyReference mk, Challenge const& challenge) = 0;

    /// Bytes of the card's key: 8 or 16, as its master key. key_missing as above.
    [[nodiscard]] virtual KeyResult<std::uint8_t> key_size(Algorithm algorithm,
                                                           KeyReference key) const = 0;
};

} // namespace keys
