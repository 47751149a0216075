#pragma once

#include "firmware/core/boot_record.hpp"
#include "firmware/core/image_staging.hpp"

#include "apdu/result.hpp"

namespace terminal {

/// How far an update is.
enum class UpdateState : std::uint8_t {
    idle,
    receiving, ///< its header is accepted
    ready,     ///< the next start tries it
};

/// Why an update does not go on. It has ended then, but for wrong_state.
enum class UpdateFault : std::uint8_t {
    wrong_state,     ///< not now
    unconfirmed,     ///< the image that runs must confirm itself first
    no_header,       ///< bytes that are no header
    other_board,     ///< an image for other boards
    other_slot,      ///< an image that is linked for the slot that runs
    wrong_size,      ///< empty, or larger than a slot
    not_signed,      ///< by the key that counts here
    version_too_low, ///< than the image that runs
    too_many_bytes,  ///< more than the header says
    incomplete,      ///< fewer than the header says
    other_image,     ///< not the one of the header
    flash_failed,    ///< an erasure or a write failed
};

/// Takes a new image into the slot that does not run. The image that runs stays as it is, and is
/// the one that the next start chooses, until finish() has found the new one whole. A loss of power
/// before that is as abandon().
class Update {
public:
    using Outcome = apdu::Result<apdu::Done, UpdateFault>;

    /// Both must outlive it. `running` is the slot of the image that runs.
    Update(ImageSlots& slots, BootRecord& record, ImageSlot running);

    /// Begins an update by its apdu::ccid::image_header_size bytes; one that was begun is
    /// abandoned, and one that is ready too where this one is taken. Takes an image of the version
    /// that runs, or a higher one. Faults: all but wrong_state and those of the image's bytes.
    [[nodiscard]] Outcome begin(apdu::ByteView header);
    /// The same, but where an update of that very header came to an end before finish(), it goes on
    /// behind the bytes that are kept of it: received() says how many. A page of them is lost at
    /// most, or more before a page that is blank in the image.
    [[nodiscard]] Outcome resume(apdu::ByteView header);
    /// The next bytes of the image, as many as one likes. Faults: wrong_state, too_many_bytes,
    /// flash_failed.
    [[nodiscard]] Outcome write(apdu::ByteView bytes);
    /// Checks the whole image and its header as they are in flash, and has the next start try it.
    /// Faults: wrong_state, incomplete, flash_failed; other_image, and nothing of it is resumed.
    [[nodiscard]] Outcome finish();
    /// Ends an update; one that is ready stays so.
    void abandon();

    /// As the last request left it.
    [[nodiscard]] UpdateState state() const;
    /// The slot of the image that runs.
    [[nodiscard]] ImageSlot running() const { return running_; }
    /// Of the image that runs, by its header; 0 where it has none, as no boot program started it.
    [[nodiscard]] std::uint32_t version() { return slots_.version(running_); }
    /// Bytes of the image so far.
    [[nodiscard]] std::size_t received() const { return received_; }

private:
    [[nodiscard]] Outcome start(apdu::ByteView header, bool resumes);
    [[nodiscard]] std::optional<std::size_t> stage(ImageHeader const& header, bool resumes);
    [[nodiscard]] std::optional<UpdateFault> fault_of(ImageHeader const& header,
                                                      std::uint32_t version_min);
    [[nodiscard]] std::uint32_t version_min();
    [[nodiscard]] Outcome fail(UpdateFault fault);
    [[nodiscard]] bool take(std::uint8_t byte);
    [[nodiscard]] bool write_word();

    ImageSlots& slots_;
    BootRecord& record_;
    ImageSlot running_;
    ImageStaging staging_;
    std::optional<ImageHeader> header_; ///< of the update that is received
    std::size_t received_ = 0;
    std::array<std::uint8_t, hal::Flash::word_size> word_{}; ///< the last bytes, not written yet
};

} // namespace terminal
