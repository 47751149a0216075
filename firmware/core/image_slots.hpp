#pragma once

#include "firmware/hal/flash.hpp"

#include "apdu/ccid/image_header.hpp"
#include "keys/image_signature.hpp"

namespace terminal {

using apdu::ccid::ImageHeader;

/// One of two places for an image.
enum class ImageSlot : std::uint8_t { first = 0, second = 1 };

/// The slot that is not that one.
[[nodiscard]] constexpr ImageSlot other_slot(ImageSlot slot) {
    return slot == ImageSlot::first ? ImageSlot::second : ImageSlot::first;
}

/// What images must be to run here.
struct ImageRules {
    std::uint32_t board;
    keys::ImagePublicKey key;
};

/// True where the owner of `key` signed it.
[[nodiscard]] bool is_signed(ImageHeader const& header, keys::ImageSignature& back_end,
                             keys::ImagePublicKey const& key);

/// The images in flash: two slots of as many pages each, then the two pages of the boot record. The
/// header is at a slot's start, the image at image_offset from there.
class ImageSlots {
public:
    /// As vector tables of Cortex-M are aligned.
    static constexpr std::size_t image_offset = 512;
    /// Pages that are no slot's.
    static constexpr std::size_t boot_pages = 2;

    /// `flash` and `back_end` must outlive it. require: an even number of pages, and slots that are
    /// larger than image_offset.
    ImageSlots(hal::Flash& flash, keys::ImageSignature& back_end, ImageRules const& rules);

    /// Bytes that an image may have.
    [[nodiscard]] std::size_t image_size_max() const;
    [[nodiscard]] std::uint32_t board() const { return rules_.board; }
    /// True where the header is signed by the right key.
    [[nodiscard]] bool is_signed(ImageHeader const& header);

    /// The header in a slot; nothing where there is none, it is not signed, or it does not fit.
    [[nodiscard]] std::optional<ImageHeader> header(ImageSlot slot);
    /// The version in a slot's header, whoever wrote that; 0 where there is none.
    [[nodiscard]] std::uint32_t version(ImageSlot slot);
    /// True where the image in the slot is the one of that header. Reads all of it.
    [[nodiscard]] bool has_image(ImageSlot slot, ImageHeader const& header);

    /// Erases the page that begins at that offset in the slot. False: the flash failed. require:
    /// one does.
    [[nodiscard]] bool erase_page_at(ImageSlot slot, std::size_t offset);
    /// Writes words at an offset in the slot. False: the flash failed.
    [[nodiscard]] bool write(ImageSlot slot, std::size_t offset, apdu::ByteView words);
    /// Reads bytes at an offset in the slot.
    void read(ImageSlot slot, std::size_t offset, apdu::ByteSpan out);
    /// True where the whole page of the slot reads as erased. require: there is such a page.
    [[nodiscard]] bool is_page_blank(ImageSlot slot, std::size_t page);
    /// Of the flash, in bytes.
    [[nodiscard]] std::size_t page_size() const { return flash_.page_size(); }
    /// Of a slot.
    [[nodiscard]] std::size_t pages() const { return (flash_.page_count() - boot_pages) / 2; }
    /// Where a slot begins in the flash.
    [[nodiscard]] std::size_t start_of(ImageSlot slot) const;

private:
    [[nodiscard]] std::size_t slot_size() const;
    [[nodiscard]] std::optional<ImageHeader> written_header(ImageSlot slot);

    hal::Flash& flash_;
    keys::ImageSignature& back_end_;
    ImageRules rules_;
};

} // namespace terminal
