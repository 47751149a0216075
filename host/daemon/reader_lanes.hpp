#pragma once

#include "host/daemon/reader_holds.hpp"
#include "host/daemon/reader_lane.hpp"

#include "host/api/outcome.hpp"
#include "host/api/reader_messages.hpp"
#include "host/pcsc/reader_watch.hpp"

#include <optional>
#include <vector>

namespace sscardd {

/// Readers that are remembered, with the counts of their lanes.
inline constexpr std::size_t known_readers_max = 64;

/// The readers that are there and a lane for each. Readers come and go by update(); a lane whose
/// reader went ends when a job that runs there has ended, and nobody waits for it meanwhile.
class ReaderLanes {
public:
    ReaderLanes(CardSourceMaker cards, KeyServiceMaker keys, LaneTimes times = {},
                ServiceClients clients = pcsc_service_clients)
        : parts_{std::move(cards), std::move(keys), times, events_, leases_}, holds_{std::move(
                                                                                  clients)} {}
    ReaderLanes(ReaderLanes const&) = delete;
    ReaderLanes& operator=(ReaderLanes const&) = delete;
    /// Waits for the jobs that run, without bound where a reader hangs: see have_ended().
    ~ReaderLanes() = default;

    /// Takes over what the PC/SC service says of its readers.
    void update(pcsc::ReaderList const& list);

    /// The daemon ends: jobs that wait are given up, no lane is chosen any more, and a reader that
    /// hangs is known sooner.
    void end();

    /// After end(): true when no job runs any more in any lane.
    [[nodiscard]] bool have_ended() const;

    /// What happened at the readers.
    [[nodiscard]] EventLog const& events() const { return events_; }
    [[nodiscard]] EventLog& events() { return events_; }
    /// Who has which reader for himself.
    [[nodiscard]] LeaseBook& leases() { return leases_; }
    [[nodiscard]] LeaseBook const& leases() const { return leases_; }

    /// Who else holds which reader.
    [[nodiscard]] ReaderHolds const& holds() const { return holds_; }

    /// True after end().
    [[nodiscard]] bool has_ended() const;

    /// All readers. Fault: no_pcsc_service.
    [[nodiscard]] api::Outcome<api::ReaderList> readers() const;

    /// The lane of the reader that `wish` names: by its number, its name, or a part that no other
    /// name has; without a wish, the only reader, or the only one with a card. Faults:
    /// no_pcsc_service, no_reader, unknown_reader, several_readers; daemon_stopping.
    [[nodiscard]] api::Outcome<std::shared_ptr<ReaderLane>>
    choose(std::optional<std::string> const& wish) const;

private:
    [[nodiscard]] std::vector<std::size_t> named(std::string const& wish) const;
    [[nodiscard]] std::vector<std::size_t> likely() const;
    [[nodiscard]] std::string names() const;

    /// A reader that was seen.
    struct Known {
        std::string name;
        std::shared_ptr<LaneRecord> record = std::make_shared<LaneRecord>();
        std::optional<std::chrono::system_clock::time_point> gone_since{};
    };
    [[nodiscard]] api::Reader told(std::size_t index) const;
    void tell_changes(pcsc::ReaderList const& now);
    void note_absences();
    [[nodiscard]] std::shared_ptr<ReaderLane> make_lane(std::string const& reader);

    EventLog events_{};
    LeaseBook leases_{events_};
    LaneParts parts_;
    ReaderHolds holds_;
    mutable std::mutex mutex_{};
    bool has_ended_ = false;
    pcsc::ReaderList list_{};
    std::vector<std::shared_ptr<ReaderLane>> lanes_{};   ///< as list_.readers
    std::vector<std::shared_ptr<ReaderLane>> leaving_{}; ///< closed; a job may run there yet
    std::vector<Known> known_{};                         ///< in the order of their coming
};

} // namespace sscardd
