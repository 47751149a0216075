#pragma once

#include "keys/remote/centre_link.hpp"
#include "keys/remote/key_catalogue.hpp"
#include "keys/remote/operation_messages.hpp"

#include <chrono>
#include <functional>
#include <memory>

namespace keys::remote {

/// Waits before a lost request is sent once more; the tests' does not.
using Pause = std::function<void(std::chrono::milliseconds)>;

/// Sleeps for that time.
void pause_for(std::chrono::milliseconds time);

/// What one job wants of the centre's keys.
struct KeyUse {
    CardPurpose purpose;
    std::string requester;
};

/// A key service whose keys are at the centre: for one job at one card. For each card that the job
/// asks for it has an operation approved, when it first asks, and ends it when it goes; the card is
/// another one where a structure stage changes the chip's historical bytes. What the operation does
/// not allow is never asked for. A request whose answer was lost is sent again as it was, until the
/// centre is found again or attempts_max is reached.
class RemoteKeyService final : public KeyService {
public:
    /// Times that one request is sent; the pauses in between double and are 3 s in all.
    static constexpr unsigned attempts_max = 6;
    /// Operations open at a time.
    static constexpr std::size_t operations_max = 2;

    /// `link` must outlive the service; `catalogue` must not be null.
    RemoteKeyService(CentreLink& link, std::shared_ptr<KeyCatalogue const> catalogue, KeyUse use,
                     Pause pause = pause_for)
        : link_{link}, catalogue_{std::move(catalogue)}, use_{std::move(use)}, pause_{std::move(
                                                                                   pause)} {}
    /// Ends what is open.
    ~RemoteKeyService() override;

    /// Why the last request got no answer of the centre, where one did not.
    [[nodiscard]] std::optional<LinkFault> const& trouble() const { return trouble_; }

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
    /// An operation that the centre approved.
    struct Operation {
        CardIdentity card;
        OperationGrant grant;
        std::uint32_t last_step = 0;
    };
    using Bytes = KeyResult<WipedBytes>;

    [[nodiscard]] Bytes ask(CardIdentity const& card, SeamCall call);
    [[nodiscard]] std::optional<AuthenticationData> of_zeros(CardIdentity const& card,
                                                             apdu::KeyName key) const;
    [[nodiscard]] Operation* operation_for(CardIdentity const& card);
    [[nodiscard]] std::optional<WipedText> exchange(std::string_view path, WipedText const& body);
    void end(Operation const& operation);
    [[nodiscard]] KeyFault failed(CardIdentity const& card, SeamCall const& call) const;

    CentreLink& link_;
    std::shared_ptr<KeyCatalogue const> catalogue_;
    KeyUse use_;
    Pause pause_;
    std::vector<Operation> operations_{};
    std::optional<LinkFault> trouble_{};
    bool is_given_up_ = false; ///< refused, or lost for too long: nothing more is asked for
};

} // namespace keys::remote
