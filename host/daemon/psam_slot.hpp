#pragma once

#include "host/daemon/card_source.hpp"
#include "host/daemon/configuration.hpp"
#include "host/daemon/patient_reader.hpp"

#include "host/api/key_messages.hpp"

#include "keys/fallback_key_service.hpp"
#include "keys/psam/psam_key_service.hpp"

#include <map>
#include <mutex>

namespace sscardd {

/// The PSAM in the reader that is kept for it: held exclusively from the first job on, shared by
/// all lanes one go at a time, and found again where it was taken out. A reader that hangs costs
/// the job that finds it so, after PsamSlotSettings::call_max; it is left alone until its call
/// comes back, and there is no PSAM meanwhile. For any thread.
class PsamSlot {
public:
    /// `cards` makes the source that the PSAM's connection comes from.
    PsamSlot(PsamSlotSettings settings, CardSourceMaker cards);
    PsamSlot(PsamSlot const&) = delete;
    PsamSlot& operator=(PsamSlot const&) = delete;
    ~PsamSlot();

    /// The keys in the PSAM that is there now, good as long as they are held; what was taken out
    /// meanwhile is told by the keys themselves. Null: there is none, and report() says why.
    [[nodiscard]] std::shared_ptr<keys::KeyService> service();

    /// Counts a request that went elsewhere.
    void note(keys::FallbackReason reason);

    /// What is told of the PSAM and of its use.
    [[nodiscard]] api::KeyPsam report();

private:
    class AtHand;

    /// With `mutex_` held.
    void look();

    PsamSlotSettings settings_;
    CardSourceMaker cards_;
    std::mutex mutex_{};
    std::shared_ptr<PatientReader> reader_{}; ///< that was opened last
    std::shared_ptr<AtHand> at_hand_{};
    std::optional<api::Fault> fault_{};
    std::map<keys::FallbackReason, std::uint32_t> gave_way_{};
};

} // namespace sscardd
