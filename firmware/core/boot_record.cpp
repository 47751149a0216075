#include "firmware/core/boot_record.hpp"

#include "apdu/little_endian.hpp"
#include "keys/record_bytes.hpp"

#include <algorithm>

namespace terminal {
namespace {

constexpr std::size_t record_size = 32;
using RecordBytes = std::array<std::uint8_t, record_size>;

// The fields by their place; numbers have their low byte first.
constexpr std::size_t sequence_at = 4;
constexpr std::size_t version_at = 8;
constexpr std::size_t confirmed_at = 12;
constexpr std::size_t trial_at = 13;
constexpr std::size_t starts_at = 14;
constexpr std::size_t checksum_at = record_size - keys::record_word_size;

constexpr std::array<std::uint8_t, sequence_at> magic{'S', 'S', 'B', 1};
constexpr std::uint8_t no_slot = 0xFF;

std::optional<ImageSlot> slot_of(std::uint8_t byte) {
    return byte <= 1 ? std::optional{static_cast<ImageSlot>(byte)} : std::nullopt;
}

bool is_record(RecordBytes const& bytes) {
    apdu::ByteView const view{bytes};
    std::uint32_t const crc = keys::crc_32(keys::crc_32_start, view.first(checksum_at));
    return apdu::equal_bytes(view.first(magic.size()), magic) &&
           apdu::equal_bytes(view.subspan(checksum_at), keys::checksum_word(crc)) &&
           slot_of(bytes[confirmed_at]) &&
           (bytes[trial_at] == no_slot ||
            slot_of(bytes[trial_at]) == other_slot(*slot_of(bytes[confirmed_at])));
}

BootChoice read_choice(RecordBytes const& bytes) {
    return {*slot_of(bytes[confirmed_at]), slot_of(bytes[trial_at]), bytes[starts_at],
            apdu::get_32(apdu::ByteView{bytes}.subspan(version_at))};
}

RecordBytes write_choice(BootChoice const& choice, std::uint32_t sequence) {
    RecordBytes bytes{};
    apdu::ByteSpan const out{bytes};
    apdu::copy_bytes(magic, out);
    apdu::put_32(sequence, out.subspan(sequence_at));
    apdu::put_32(choice.version_min, out.subspan(version_at));
    out[confirmed_at] = static_cast<std::uint8_t>(choice.confirmed);
    out[trial_at] = choice.trial ? static_cast<std::uint8_t>(*choice.trial) : no_slot;
    out[starts_at] = choice.starts_left;
    std::uint32_t const crc = keys::crc_32(keys::crc_32_start, out.first(checksum_at));
    apdu::copy_bytes(keys::checksum_word(crc), out.subspan(checksum_at));
    return bytes;
}

/// Sequence numbers begin again at 0 after the last.
bool is_after(std::uint32_t sequence, std::uint32_t other) {
    return static_cast<std::int32_t>(sequence - other) > 0;
}

std::size_t flash_page(hal::Flash const& flash, std::size_t page) {
    return flash.page_count() - ImageSlots::boot_pages + page;
}

/// The header of the image in the slot, where that image may run.
std::optional<ImageHeader> runnable(ImageSlots& slots, ImageSlot slot, std::uint32_t version_min) {
    auto header = slots.header(slot);
    if (!header || header->version < version_min || !slots.has_image(slot, *header)) {
        return std::nullopt;
    }
    return header;
}

std::optional<ImageSlot> highest_version(ImageSlots& slots) {
    auto const first = runnable(slots, ImageSlot::first, 0);
    auto const second = runnable(slots, ImageSlot::second, 0);
    if (second && (!first || second->version > first->version)) {
        return ImageSlot::second;
    }
    return first ? std::optional{ImageSlot::first} : std::nullopt;
}

} // namespace

BootRecord::BootRecord(hal::Flash& flash) : flash_{flash} {
    apdu::require(flash.page_count() > ImageSlots::boot_pages);
    apdu::require(flash.page_size() >= record_size);
}

void BootRecord::load() {
    choice_.reset();
    sequence_ = 0;
    for (std::size_t page = 0; page < ImageSlots::boot_pages; ++page) {
        RecordBytes bytes{};
        flash_.read(static_cast<std::uint32_t>(flash_page(flash_, page) * flash_.page_size()),
                    bytes);
        std::uint32_t const sequence = apdu::get_32(apdu::ByteView{bytes}.subspan(sequence_at));
        if (is_record(bytes) && (!choice_ || is_after(sequence, sequence_))) {
            choice_ = read_choice(bytes);
            sequence_ = sequence;
            page_ = page;
        }
    }
}

bool BootRecord::store(BootChoice const& choice) {
    apdu::require(!choice.trial || *choice.trial != choice.confirmed);
    std::size_t const page = 1 - page_;
    std::size_t const in_flash = flash_page(flash_, page);
    if (!flash_.erase(in_flash) ||
        !flash_.write(static_cast<std::uint32_t>(in_flash * flash_.page_size()),
                      write_choice(choice, sequence_ + 1))) {
        return false;
    }
    page_ = page;
    ++sequence_;
    choice_ = choice;
    return true;
}

std::optional<ImageSlot> choose_slot(ImageSlots& slots, BootRecord& record) {
    if (!record.choice()) {
        return highest_version(slots);
    }
    BootChoice choice = *record.choice();
    if (choice.trial && choice.starts_left > 0 &&
        runnable(slots, *choice.trial, choice.version_min)) {
        --choice.starts_left;
        if (record.store(choice)) {
            return choice.trial;
        }
    } else if (choice.trial) {
        choice.trial.reset();
        choice.starts_left = 0;
        // Where that fails, the next start comes to the same end.
        static_cast<void>(record.store(choice));
    }
    return runnable(slots, choice.confirmed, choice.version_min) ? std::optional{choice.confirmed}
                                                                 : std::nullopt;
}

bool confirm(ImageSlots& slots, BootRecord& record, ImageSlot running) {
    if (!record.choice() || record.choice()->trial != running) {
        return true;
    }
    // The boot program has verified it at this start.
    std::uint32_t const version = std::max(record.choice()->version_min, slots.version(running));
    return record.store({running, std::nullopt, 0, version});
}

} // namespace terminal
