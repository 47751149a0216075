#pragma once

#include "host/daemon/custody_act.hpp"
#include "host/daemon/minutes_keeper.hpp"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace sscardd {

/// The act of several custodians that goes on, at most one. It belongs to the client that began it
/// (by token and user), and is wiped when it ends, when it is aborted, and by a thread of this
/// object when nobody has gone on with it for a while. For any thread.
class Ceremonies {
public:
    using Clock = std::chrono::steady_clock;
    /// How long nobody needs to go on: time to fetch the next custodian.
    static constexpr std::chrono::minutes idle_max{15};

    /// The keeper must outlive the object. `now` tells the time.
    explicit Ceremonies(MinutesKeeper& minutes,
                        std::function<Clock::time_point()> now = Clock::now);

    /// Who takes part.
    struct People {
        std::vector<std::string> custodians;
        std::vector<std::string> witnesses;
    };
    using Beginning = std::function<api::Outcome<std::unique_ptr<CustodyAct>>()>;
    /// Begins an act that `make` makes, where none goes on. Faults: request_invalid (the people),
    /// ceremony_running, those of `make`.
    [[nodiscard]] api::Outcome<api::Ceremony> begin(audit::Act act, People people,
                                                    std::string const& user, Beginning const& make);

    /// What clients ask for; see host/api/ceremony_messages.hpp.
    [[nodiscard]] api::Outcome<api::ShownPart> show(api::PartShowRequest const& request,
                                                    std::string const& user);
    [[nodiscard]] api::Outcome<api::CustodianPart> take(api::PartRequest const& request,
                                                        std::string const& user);
    [[nodiscard]] api::Outcome<api::Combined> combine(api::CombineRequest const& request,
                                                      std::string const& user);
    [[nodiscard]] api::Outcome<api::MinutesDocument>
    finish(api::CeremonyFinishRequest const& request, std::string const& user);
    [[nodiscard]] api::Outcome<api::MinutesDocument> abort(api::CeremonyAbortRequest const& request,
                                                           std::string const& user);

    /// Wipes an act that nobody goes on with.
    void expire();

private:
    struct Running {
        api::Ceremony told;
        std::string user;
        audit::Minutes minutes;
        std::unique_ptr<CustodyAct> act;
        std::string check_value; ///< that combine() told last; empty: since the last part not
        Clock::time_point until;
    };
    [[nodiscard]] api::Outcome<Running*> running(std::string_view token, std::string const& user);
    [[nodiscard]] api::Outcome<Running*>
    running_part(std::string_view token, std::string const& user, std::uint32_t custodian);
    [[nodiscard]] static audit::Minutes minutes_of(Running const& running);
    void go_on(Running& running) const;
    void watch(std::stop_token const& stop);

    MinutesKeeper& minutes_;
    std::function<Clock::time_point()> now_;
    std::mutex mutex_{};
    std::condition_variable_any stopping_{};
    std::optional<Running> running_{};
    std::jthread watching_; ///< last: ends before what it looks at
};

} // namespace sscardd
