#include "firmware/core/image_slots.hpp"

#include <algorithm>

namespace terminal {
namespace {

/// Bytes that are read at once.
constexpr std::size_t buffer_size = 256;

} // namespace

ImageSlots::ImageSlots(hal::Flash& flash, keys::ImageSignature& back_end, ImageRules const& rules)
    : flash_{flash}, back_end_{back_end}, rules_{rules} {
    apdu::require(flash.page_count() % 2 == 0 && flash.page_count() > boot_pages);
    apdu::require(slot_size() > image_offset && flash.page_size() % hal::Flash::word_size == 0);
}

std::size_t ImageSlots::slot_size() const { return pages() * flash_.page_size(); }

std::size_t ImageSlots::start_of(ImageSlot slot) const {
    return slot == ImageSlot::first ? 0 : slot_size();
}

std::size_t ImageSlots::image_size_max() const { return slot_size() - image_offset; }

bool is_signed(ImageHeader const& header, keys::ImageSignature& back_end,
               keys::ImagePublicKey const& key) {
    auto const bytes = apdu::ccid::write_image_header(header);
    back_end.begin_digest();
    back_end.add_to_digest(apdu::ByteView{bytes}.first(apdu::ccid::image_signed_size));
    return back_end.is_signed(key, back_end.end_digest(), header.signature);
}

bool ImageSlots::is_signed(ImageHeader const& header) {
    return terminal::is_signed(header, back_end_, rules_.key);
}

std::optional<ImageHeader> ImageSlots::header(ImageSlot slot) {
    auto const header = written_header(slot);
    if (!header || header->board != rules_.board || header->slot != static_cast<unsigned>(slot) ||
        header->size == 0 || header->size > image_size_max() || !is_signed(*header)) {
        return std::nullopt;
    }
    return header;
}

std::uint32_t ImageSlots::version(ImageSlot slot) {
    auto const header = written_header(slot);
    return header ? header->version : 0;
}

std::optional<ImageHeader> ImageSlots::written_header(ImageSlot slot) {
    apdu::ccid::ImageHeaderBytes bytes{};
    read(slot, 0, bytes);
    return apdu::ccid::read_image_header(bytes);
}

bool ImageSlots::has_image(ImageSlot slot, ImageHeader const& header) {
    apdu::require(header.size <= image_size_max());
    std::array<std::uint8_t, buffer_size> buffer{};
    back_end_.begin_digest();
    for (std::size_t at = 0; at < header.size; at += buffer.size()) {
        apdu::ByteSpan const part =
            apdu::ByteSpan{buffer}.first(std::min<std::size_t>(buffer.size(), header.size - at));
        read(slot, image_offset + at, part);
        back_end_.add_to_digest(part);
    }
    return back_end_.end_digest() == header.digest;
}

bool ImageSlots::erase_page_at(ImageSlot slot, std::size_t offset) {
    apdu::require(offset % page_size() == 0 && offset < slot_size());
    return flash_.erase((start_of(slot) + offset) / page_size());
}

bool ImageSlots::write(ImageSlot slot, std::size_t offset, apdu::ByteView words) {
    apdu::require(offset + words.size() <= slot_size());
    return flash_.write(static_cast<std::uint32_t>(start_of(slot) + offset), words);
}

void ImageSlots::read(ImageSlot slot, std::size_t offset, apdu::ByteSpan out) {
    apdu::require(offset + out.size() <= slot_size());
    flash_.read(static_cast<std::uint32_t>(start_of(slot) + offset), out);
}

bool ImageSlots::is_page_blank(ImageSlot slot, std::size_t page) {
    apdu::require(page < pages());
    std::array<std::uint8_t, buffer_size> buffer{};
    for (std::size_t at = 0; at < page_size(); at += buffer.size()) {
        apdu::ByteSpan const part =
            apdu::ByteSpan{buffer}.first(std::min(buffer.size(), page_size() - at));
        read(slot, page * page_size() + at, part);
        if (std::any_of(part.begin(), part.end(), [](std::uint8_t byte) { return byte != 0xFF; })) {
            return false;
        }
    }
    return true;
}

} // namespace terminal
