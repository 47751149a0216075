#pragma once

#include "host/daemon/centre_settings.hpp"

#include "host/session/random_source.hpp"

#include "keys/remote/operation_messages.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>

namespace sscardd {

/// Why a centre does not do what it is asked. A client never hears of it; the log does.
enum class Refusal : std::uint8_t {
    unknown_certificate, ///< nobody's in the configuration
    client_blocked,      ///< too many refusals, a moment ago
    malformed,           ///< no message of ours, or no such path
    not_allowed,         ///< the client may not have that purpose, or that region's cards
    unknown_operation,   ///< never given, or ended
    other_client,        ///< another certificate's operation
    expired,
    other_card,
    out_of_order,  ///< a step that was done before, or is not the next
    other_content, ///< the last step's number once more, and not the last step
    foreign_step,  ///< no part of the purpose, or as often as it may be already
};

/// The refusal in words for a log.
[[nodiscard]] std::string_view to_text(Refusal refusal);

/// Operations that a centre has approved: what for, for which card and client, until when, and how
/// far each is. No clock can lengthen them but one that runs for ever forward. For any thread.
class ApprovedOperations {
public:
    using Clock = std::chrono::steady_clock;
    static_assert(Clock::is_steady, "an expiry must not be a matter of who sets the clock");
    using Now = std::function<Clock::time_point()>;
    /// Has the step's request done and gives the answer as it is sent; nothing where that cannot be
    /// now: then the step is not used up.
    using Perform = std::function<std::optional<keys::remote::WipedText>(
        keys::CardIdentity const&, keys::remote::SeamCall const&)>;

    ApprovedOperations(CentreLimits limits, Now now, session::RandomSource random)
        : limits_{limits}, now_{std::move(now)}, random_{std::move(random)} {}

    /// What became of a request.
    template <typename T>
    struct Outcome {
        std::optional<T> value{};
        std::optional<Refusal> refusal{}; ///< neither: it cannot be done now, and is no misuse
    };

    /// Approves an operation, under an id that nobody can guess. Refusal: not_allowed. Neither
    /// where too many are open, or there are no random numbers.
    [[nodiscard]] Outcome<keys::remote::OperationGrant>
    open(CentreClient const& client, keys::remote::OperationRequest const& request);

    /// Does the next step, or gives the last one's answer again where it is that step once more:
    /// `text` is the message as it came. Each number is used up once it was done.
    [[nodiscard]] Outcome<keys::remote::WipedText> step(CentreClient const& client,
                                                        keys::remote::Step const& step,
                                                        std::string_view text,
                                                        Perform const& perform);

    /// Ends an operation; one that is unknown, or has expired, has ended already.
    [[nodiscard]] std::optional<Refusal> end(CentreClient const& client,
                                             keys::remote::OperationId const& id);

    /// How many are open.
    [[nodiscard]] std::size_t count() const;

private:
    struct Operation;
    using Shared = std::shared_ptr<Operation>;

    [[nodiscard]] Shared find(keys::remote::OperationId const& id) const;
    [[nodiscard]] std::optional<Refusal> check(CentreClient const& client, Operation const& found,
                                               keys::CardIdentity const& card) const;
    void forget_expired(CentreClient const& client, Clock::time_point now);

    CentreLimits limits_;
    Now now_;
    session::RandomSource random_;
    mutable std::mutex mutex_{};
    std::map<keys::remote::OperationId, Shared> operations_{};
    std::map<CentreClient const*, std::size_t> open_of_{};
    Clock::time_point look_again_{}; ///< for what has expired
};

} // namespace sscardd
