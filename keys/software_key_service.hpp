#pragma once

#include "keys/key_service.hpp"
#include "keys/master_key.hpp"

namespace keys {

/// What a software key service needs besides, to serve terminals; borrows both.
struct TerminalSupport {
    AesCipher& cipher;
    TransactionCounters& counters;
};

/// A key service over master keys in memory. Each request derives the card's key anew and wipes
/// what it derived.
class SoftwareKeyService final : public KeyService {
public:
    /// All must outlive the service. Without `terminals` it serves none.
    SoftwareKeyService(BlockCipher& cipher, MasterKeySet masters,
                       std::optional<TerminalSupport> terminals = std::nullopt)
        : cipher_{cipher}, masters_{masters}, terminals_{terminals} {}

    [[nodiscard]] bool has(Algorithm algorithm, KeyReference key) const override;
    [[nodiscard]] bool holds_test_keys() const override;
    [[nodiscard]] KeyResult<AuthenticationData> internal_answer(CardIdentity const& card,
                                                                std::uint8_t version,
                                                                Challenge const& process,
                                                                Challenge const& original) override;
    [[nodiscard]] KeyResult<AuthenticationData>
    external_authentication(CardIdentity const& card, KeyReference key, Challenge const& process,
                            Challenge const& original) override;
    [[nodiscard]] KeyResult<SecuredCommand>
    maced_command(CardIdentity const& card, KeyReference key, Challenge const& process,
                  apdu::Command const& header, apdu::ByteView data) override;
    [[nodiscard]] KeyResult<SecuredCommand> pin_reset_command(CardIdentity const& card,
                                                              Challenge const& process,
                                                              Pin const& new_pin) override;
    [[nodiscard]] KeyResult<SecuredCommand>
    terminal_pin_reset_command(CardIdentity const& card, Challenge const& process,
                               TerminalPin const& new_pin) override;
    [[nodiscard]] apdu::Result<KeyBlock, KeyFaultReason>
    initial_key_block(InitialKeyId const& terminal,
                      std::span<std::uint8_t const, key_block_random_size> random) override;
    [[nodiscard]] KeyResult<std::array<std::uint8_t, 4>>
    card_id_authentication(CardIdentity const& card,
                           std::span<std::uint8_t const, 12> first_parts) override;
    [[nodiscard]] KeyResult<AuthenticationData> transport_proof(CardIdentity const& card) override;
    [[nodiscard]] KeyResult<SecretCommand>
    temporary_mk_command(CardIdentity const& card,
                         std::array<std::uint8_t, 8> const& header) override;
    [[nodiscard]] KeyResult<SecuredCommand>
    key_load_command(CardIdentity const& card, KeyLoad const& load,
                     std::array<std::uint8_t, 4> const& challenge) override;
    [[nodiscard]] KeyResult<SecuredCommand>
    pin_load_command(CardIdentity const& card, KeyReference under,
                     std::array<std::uint8_t, 8> const& header, Pin const& pin,
                     std::array<std::uint8_t, 4> const& challenge) override;
    [[nodiscard]] KeyResult<AuthenticationData>
    mk_authentication(CardIdentity const& card, KeyReference mk,
                      Challenge const& challenge) override;
    [[nodiscard]] KeyResult<std::uint8_t> key_size(Algorithm algorithm,
                                                   KeyReference key) const override;

private:
    [[nodiscard]] KeyResult<MasterKey const*> master(Algorithm algorithm, KeyReference key) const;
    [[nodiscard]] KeyResult<CardKey> card_key(CardIdentity const& card, KeyReference key);
    [[nodiscard]] KeyResult<CardKey> card_key_in_memory(CardIdentity const& card, KeyReference key);
    [[nodiscard]] KeyResult<CardKey> card_session_key(CardIdentity const& card, KeyReference key,
                                                      Challenge const& process);

    BlockCipher& cipher_;
    MasterKeySet masters_;
    std::optional<TerminalSupport> terminals_;
};

} // namespace keys
