#pragma once

#include "keys/key_service.hpp"
#include "keys/psam/psam_card.hpp"

namespace keys::psam {

/// Keeps those apart who share one PSAM: begun and ended around each of their goes at it.
class PsamTurns {
public:
    PsamTurns() = default;
    PsamTurns(PsamTurns const&) = delete;
    PsamTurns& operator=(PsamTurns const&) = delete;
    virtual ~PsamTurns() = default;
    /// Waits for its turn.
    virtual void begin() = 0;
    /// Gives the turn away.
    virtual void end() = 0;
};

/// A key service over a PSAM: what the card's keys prove, and commands with a MAC. The keys never
/// leave the PSAM; only session keys work, inside it. It cannot make cards: what WRITE KEY carries,
/// the transport key, MKs and a card id's authentication code are key_missing. Every purpose is one
/// go at the PSAM, so one user at a time, unless `turns` keeps several apart.
/// PsamCard::last_refusal() is the PSAM's own word.
class PsamKeyService final : public KeyService {
public:
    /// `psam` and what `settings` borrows must outlive the service.
    PsamKeyService(PsamCard& psam, PsamSettings const& settings)
        : psam_{psam}, settings_{settings} {}
    /// The same for several users; `turns` must outlive it too.
    PsamKeyService(PsamCard& psam, PsamSettings const& settings, PsamTurns& turns)
        : psam_{psam}, settings_{settings}, turns_{&turns} {}

    /// Asks the PSAM once, by a session key for a card that there is not, and remembers the answer.
    /// True also where it gives none: what is wrong is told when the key is used.
    [[nodiscard]] bool has(Algorithm algorithm, KeyReference key) const override;
    [[nodiscard]] bool holds_test_keys() const override { return settings_.holds_test_keys; }
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
    /// key_missing too where STKSSSE's usage byte is for MACs only.
    [[nodiscard]] KeyResult<SecuredCommand> pin_reset_command(CardIdentity const& card,
                                                              Challenge const& process,
                                                              Pin const& new_pin) override;
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
    /// key_missing: a PSAM does not tell.
    [[nodiscard]] KeyResult<std::uint8_t> key_size(Algorithm algorithm,
                                                   KeyReference key) const override;

private:
    /// One go at the PSAM, from here to the end of a scope.
    class Turn;
    /// What a probe found, for each key and algorithm.
    enum class Known : std::uint8_t { not_asked, there, missing };
    using KnownKeys = std::array<Known, apdu::key_name_count>;

    [[nodiscard]] PsamResult<PsamKey> find(Algorithm algorithm, KeyReference key) const;
    [[nodiscard]] PsamResult<apdu::Done> deliver(CardIdentity const& card, KeyReference key,
                                                 Challenge const& process);
    [[nodiscard]] Known probe(Algorithm algorithm, PsamKey key) const;
    [[nodiscard]] KeyResult<SecuredCommand> mac_under(CardIdentity const& card, KeyReference key,
                                                      Challenge const& process,
                                                      apdu::Command const& header,
                                                      apdu::ByteView data);
    [[nodiscard]] KeyResult<SecuredCommand> add_mac(CardIdentity const& card, KeyReference key,
                                                    apdu::Command const& header,
                                                    apdu::ByteView data);

    PsamCard& psam_;
    PsamSettings settings_;
    PsamTurns* turns_ = nullptr; ///< null: one user
    mutable KnownKeys known_des3_{};
    mutable KnownKeys known_sm4_{};
};

} // namespace keys::psam
