#pragma once

#include "keys/key_service.hpp"

#include <type_traits>

namespace keys {

/// Why a request went to the second back end: the return codes by which the driver interface says
/// so. An open set of numbers, named where they are used. driver-api.md §1, §5.
enum class FallbackReason : std::int32_t {
    level_too_low = -24,         ///< the PSAM's key serves another city or province
    no_psam = -2201,             ///< none is there
    algorithm_lacking = -2202,   ///< the PSAM has no keys for cards of that algorithm
    reading_key_lacking = -2203, ///< the PSAM has no RKSSSE
    key_lacking = -27272,        ///< the PSAM has no such key, as 6A88 says
};

/// The reason for which a fault of the first back end is no end; nothing for one that is: a locked
/// key, a PSAM that was taken out, whatever is broken.
[[nodiscard]] std::optional<FallbackReason> fallback_reason(KeyFault const& fault);

/// Is told of each request that went to the second back end, and why.
class FallbackListener {
public:
    FallbackListener() = default;
    FallbackListener(FallbackListener const&) = delete;
    FallbackListener& operator=(FallbackListener const&) = delete;
    virtual ~FallbackListener() = default;
    /// `fault` is the first back end's, before the second is asked.
    virtual void fell_back(FallbackReason reason, KeyFault const& fault) = 0;
};

/// A key service that gives way to another one, request by request: where the first has a reason to
/// (fallback_reason()), the second is asked the same. What the first did not refuse for such a
/// reason is its answer, faults included. For terminals the second is asked where the first serves
/// none. All three must outlive it.
class FallbackKeyService final : public KeyService {
public:
    FallbackKeyService(KeyService& first, KeyService& second, FallbackListener& listener)
        : first_{first}, second_{second}, listener_{listener} {}

    /// True where either has it.
    [[nodiscard]] bool has(Algorithm algorithm, KeyReference key) const override;
    /// True where either does.
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
    template <typename Ask>
    [[nodiscard]] std::invoke_result_t<Ask, KeyService&> ask(Ask const& request) const;

    KeyService& first_;
    KeyService& second_;
    FallbackListener& listener_;
};

} // namespace keys
