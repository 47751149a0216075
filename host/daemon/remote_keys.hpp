#pragma once

#include "host/daemon/key_store.hpp"

#include "keys/remote/remote_key_service.hpp"

#include <chrono>
#include <mutex>

namespace sscardd {

/// The keys of a centre, asked for job by job. A centre that is away is looked for again with each
/// job, but not more often than every few seconds.
class RemoteKeys final : public KeyStore {
public:
    using Clock = std::chrono::steady_clock;

    /// `name` is told of where the keys are. A production office refuses a centre's test keys.
    RemoteKeys(std::unique_ptr<keys::remote::CentreLink> link, std::string name, bool is_production,
               std::function<Clock::time_point()> now = Clock::now,
               keys::remote::Pause pause = keys::remote::pause_for)
        : link_{std::move(link)}, name_{std::move(name)},
          is_production_{is_production}, now_{std::move(now)}, pause_{std::move(pause)} {}

    /// For looking at what there is; without a purpose of its own.
    [[nodiscard]] LaneKeys service() const override;
    [[nodiscard]] LaneKeys service_for(keys::remote::KeyUse const& use) const override;
    [[nodiscard]] api::KeyReport report() const override;

private:
    /// The centre as it was seen last.
    struct Seen {
        std::shared_ptr<keys::remote::KeyCatalogue const> catalogue{}; ///< null: not reached
        std::optional<api::Fault> fault{};                             ///< as it is told
        std::optional<session::Fault> trouble{}; ///< the same, as a job meets with it
        Clock::time_point when{};
    };
    /// What was seen so lately; else it asks. `away_max` counts where the centre was away.
    [[nodiscard]] Seen look(Clock::duration age_max, Clock::duration away_max) const;
    void hinder(Seen& seen, keys::remote::KeyCatalogue const& catalogue) const;

    std::unique_ptr<keys::remote::CentreLink> link_;
    std::string name_;
    bool is_production_;
    std::function<Clock::time_point()> now_;
    keys::remote::Pause pause_;
    mutable std::mutex mutex_{};
    mutable std::optional<Seen> seen_{};
};

/// The fault that a link's amounts to: centre_unreachable, centre_not_trusted,
/// certificate_unusable, centre_refused, keys_locked.
[[nodiscard]] api::Fault message_of(keys::remote::LinkFault const& fault);

} // namespace sscardd
