#include "firmware/core/image_staging.hpp"

#include <algorithm>

namespace terminal {
namespace {

/// The page with the image's first byte, or the one behind it where the header shares that page.
std::size_t first_page(ImageSlots const& slots) {
    return std::max<std::size_t>(ImageSlots::image_offset / slots.page_size(), 1);
}

} // namespace

ImageStaging::ImageStaging(ImageSlots& slots, ImageSlot slot) : slots_{slots}, slot_{slot} {}

bool ImageStaging::begin(ImageHeader const& header) {
    bool is_well = true;
    for (std::size_t page = 0; page <= first_page(slots_); ++page) {
        is_well = is_well && erase(page);
    }
    return is_well && slots_.write(slot_, 0, apdu::ccid::write_image_header(header));
}

std::optional<std::size_t> ImageStaging::resume(ImageHeader const& header) {
    apdu::ccid::ImageHeaderBytes kept{};
    slots_.read(slot_, 0, kept);
    if (kept != apdu::ccid::write_image_header(header)) {
        return 0;
    }
    std::size_t const last = (ImageSlots::image_offset + header.size - 1) / slots_.page_size();
    std::size_t const page = std::min(first_blank_page() - 1, last);
    std::size_t const offset = page * slots_.page_size();
    if (offset <= ImageSlots::image_offset) {
        return 0;
    }
    if (!erase(page)) {
        return std::nullopt;
    }
    return offset - ImageSlots::image_offset;
}

bool ImageStaging::write_word(std::size_t offset, apdu::ByteView word) {
    std::size_t const place = ImageSlots::image_offset + offset;
    bool const is_first = place % slots_.page_size() == 0;
    return (!is_first || erase(place / slots_.page_size() + 1)) && slots_.write(slot_, place, word);
}

/// Where the slot ends there is nothing to do.
bool ImageStaging::erase(std::size_t page) {
    return page >= slots_.pages() || slots_.erase_page_at(slot_, page * slots_.page_size());
}

/// From first_page() on; the slot's end where there is none.
std::size_t ImageStaging::first_blank_page() {
    std::size_t page = first_page(slots_);
    while (page < slots_.pages() && !slots_.is_page_blank(slot_, page)) {
        ++page;
    }
    return page;
}

} // namespace terminal
