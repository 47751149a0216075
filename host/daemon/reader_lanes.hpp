#pragma once

#include "host/daemon/reader_lane.hpp"

#include "host/api/outcome.hpp"
#include "host/api/reader_messages.hpp"
#include "host/pcsc/reader_watch.hpp"

#include <optional>
#include <vector>

namespace sscardd {

/// The readers that are there and a lane for each. Readers come and go by update(); a lane whose
/// reader went ends when a job that runs there has ended.
class ReaderLanes {
public:
    ReaderLanes(CardSourceMaker cards, KeyServiceMaker keys)
        : cards_{std::move(cards)}, keys_{std::move(keys)} {}

    /// Takes over what the PC/SC service says of its readers.
    void update(pcsc::ReaderList const& list);

    /// The daemon ends: jobs that wait are given up, and no lane is chosen any more.
    void end();

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

    CardSourceMaker cards_;
    KeyServiceMaker keys_;
    mutable std::mutex mutex_{};
    bool has_ended_ = false;
    pcsc::ReaderList list_{};
    std::vector<std::shared_ptr<ReaderLane>> lanes_{}; ///< as list_.readers
};

} // namespace sscardd
