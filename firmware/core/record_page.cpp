#include "firmware/core/record_page.hpp"

#include "keys/secret_bytes.hpp"

#include <algorithm>

namespace terminal {

RecordPage::RecordPage(hal::Flash& flash, std::size_t page)
    : flash_{flash}, start_{page * flash.page_size()} {
    apdu::require(page < flash.page_count());
    apdu::require(keys::terminal_record_size <= flash.page_size());
}

void RecordPage::read(std::size_t offset, apdu::ByteSpan out) {
    apdu::require(offset + out.size() <= keys::terminal_record_size);
    flash_.read(place_of(offset), out);
}

bool RecordPage::write(std::size_t offset, apdu::ByteView bytes) {
    apdu::require(offset + bytes.size() <= keys::terminal_record_size);
    return flash_.write(place_of(offset), bytes);
}

bool RecordPage::is_blank() {
    bool is_blank = true;
    std::array<std::uint8_t, hal::Flash::word_size> word{};
    for (std::size_t at = 0; at < flash_.page_size(); at += word.size()) {
        flash_.read(place_of(at), word);
        is_blank &=
            std::all_of(word.begin(), word.end(), [](std::uint8_t byte) { return byte == 0xFF; });
    }
    keys::wipe(word);
    return is_blank;
}

} // namespace terminal
