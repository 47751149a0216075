#pragma once

#include "firmware/core/image_slots.hpp"

namespace terminal {

/// A slot while an image is written into it. The header goes first, and each page is erased before
/// the page in front of it is begun: so after a loss of power the header tells which image it was,
/// and the first blank page how far it came. A page that is blank in the image itself only makes it
/// look shorter.
class ImageStaging {
public:
    /// `slots` must outlive it.
    ImageStaging(ImageSlots& slots, ImageSlot slot);

    /// Makes room for an image, and writes its header. False: the flash failed.
    [[nodiscard]] bool begin(ImageHeader const& header);
    /// Bytes that are left of an image of that very header: to the start of a page, which is erased
    /// again, because the last words of the page may be torn. 0: it must begin(). Nothing: the
    /// flash failed.
    [[nodiscard]] std::optional<std::size_t> resume(ImageHeader const& header);
    /// Writes the next word of the image, `offset` bytes from its start. False: the flash failed.
    [[nodiscard]] bool write_word(std::size_t offset, apdu::ByteView word);
    /// What is in the slot is not gone on with. False: the flash failed.
    [[nodiscard]] bool forget() { return slots_.erase_page_at(slot_, 0); }

private:
    [[nodiscard]] bool erase(std::size_t page);
    [[nodiscard]] std::size_t first_blank_page();

    ImageSlots& slots_;
    ImageSlot slot_;
};

} // namespace terminal
