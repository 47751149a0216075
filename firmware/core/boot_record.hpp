#pragma once

#include "firmware/core/image_slots.hpp"

namespace terminal {

/// Starts that a new image has to confirm itself.
inline constexpr std::uint8_t trial_starts = 3;

/// Which image is to run.
struct BootChoice {
    ImageSlot confirmed = ImageSlot::first;
    std::optional<ImageSlot> trial; ///< a new image that did not confirm itself yet
    std::uint8_t starts_left = 0;   ///< of the trial
    /// Of the confirmed image: no lower one runs any more.
    std::uint32_t version_min = 0;

    /// Equal in all of that.
    friend bool operator==(BootChoice const&, BootChoice const&) = default;
};

/// The boot record: two pages at the end of the images' flash, of which the newer whole record
/// counts, so that a loss of power while the other is written leaves the choice before or after.
class BootRecord {
public:
    /// `flash` must outlive it.
    explicit BootRecord(hal::Flash& flash);

    /// Reads what is there; due once, at the start.
    void load();
    /// Nothing before the first store(), and in a terminal that never had an update.
    [[nodiscard]] std::optional<BootChoice> const& choice() const { return choice_; }
    /// False: the flash failed, and the choice is the one before. require: a trial in the slot that
    /// is not confirmed.
    [[nodiscard]] bool store(BootChoice const& choice);

private:
    hal::Flash& flash_;
    std::optional<BootChoice> choice_;
    std::size_t page_ = 0; ///< of the newest record, or the last one: 0 or 1
    std::uint32_t sequence_ = 0;
};

/// At the start: the slot whose image is to run. A trial runs trial_starts times, each counted
/// before; then, or where it is not whole, the confirmed image runs again. Without a record it is
/// the highest version. Nothing: no image is whole, signed and new enough.
[[nodiscard]] std::optional<ImageSlot> choose_slot(ImageSlots& slots, BootRecord& record);

/// The image of that slot runs as it should: from now on it is the one, and no lower version is.
/// Where it is no trial there is nothing to do. False: the flash failed, and it is a trial still.
[[nodiscard]] bool confirm(ImageSlots& slots, BootRecord& record, ImageSlot running);

} // namespace terminal
