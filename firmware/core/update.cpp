#include "firmware/core/update.hpp"

#include <algorithm>

namespace terminal {

Update::Update(ImageSlots& slots, BootRecord& record, ImageSlot running)
    : slots_{slots}, record_{record}, running_{running}, staging_{slots, other_slot(running)} {}

UpdateState Update::state() const {
    if (header_) {
        return UpdateState::receiving;
    }
    bool const is_ready = record_.choice() && record_.choice()->trial == other_slot(running_);
    return is_ready ? UpdateState::ready : UpdateState::idle;
}

Update::Outcome Update::begin(apdu::ByteView header) { return start(header, false); }

Update::Outcome Update::resume(apdu::ByteView header) { return start(header, true); }

Update::Outcome Update::start(apdu::ByteView header_bytes, bool resumes) {
    abandon();
    if (record_.choice() && record_.choice()->confirmed != running_) {
        return fail(UpdateFault::unconfirmed);
    }
    auto const header = apdu::ccid::read_image_header(header_bytes);
    if (!header) {
        return fail(UpdateFault::no_header);
    }
    std::uint32_t const version = version_min();
    if (auto const fault = fault_of(*header, version)) {
        return fail(*fault);
    }
    // From here on the next start must not choose the other slot, whatever is in it.
    BootChoice const only_running{running_, std::nullopt, 0, version};
    if (record_.choice() != only_running && !record_.store(only_running)) {
        return fail(UpdateFault::flash_failed);
    }
    auto const kept = stage(*header, resumes);
    if (!kept) {
        return fail(UpdateFault::flash_failed);
    }
    header_ = header;
    received_ = *kept;
    return apdu::Done{};
}

/// Bytes of the image that are there already; nothing where the flash failed.
std::optional<std::size_t> Update::stage(ImageHeader const& header, bool resumes) {
    auto const kept = resumes ? staging_.resume(header) : std::size_t{0};
    if (kept == std::size_t{0} && !staging_.begin(header)) {
        return std::nullopt;
    }
    return kept;
}

Update::Outcome Update::write(apdu::ByteView bytes) {
    if (!header_) {
        return UpdateFault::wrong_state;
    }
    if (bytes.size() > header_->size - received_) {
        return fail(UpdateFault::too_many_bytes);
    }
    for (std::uint8_t const byte : bytes) {
        if (!take(byte)) {
            return fail(UpdateFault::flash_failed);
        }
    }
    return apdu::Done{};
}

Update::Outcome Update::finish() {
    if (!header_) {
        return UpdateFault::wrong_state;
    }
    if (received_ != header_->size) {
        return fail(UpdateFault::incomplete);
    }
    ImageSlot const slot = other_slot(running_);
    if (received_ % word_.size() != 0 && !write_word()) {
        return fail(UpdateFault::flash_failed);
    }
    auto const in_flash = slots_.header(slot);
    if (in_flash != header_ || !slots_.has_image(slot, *header_)) {
        // Where that fails, it is resumed to the same end.
        static_cast<void>(staging_.forget());
        return fail(UpdateFault::other_image);
    }
    BootChoice choice = *record_.choice();
    choice.trial = slot;
    choice.starts_left = trial_starts;
    if (!record_.store(choice)) {
        return fail(UpdateFault::flash_failed);
    }
    abandon();
    return apdu::Done{};
}

void Update::abandon() {
    header_.reset();
    received_ = 0;
}

/// Why that image is not taken.
std::optional<UpdateFault> Update::fault_of(ImageHeader const& header, std::uint32_t version_min) {
    if (header.board != slots_.board()) {
        return UpdateFault::other_board;
    }
    if (header.slot != static_cast<unsigned>(other_slot(running_))) {
        return UpdateFault::other_slot;
    }
    if (header.size == 0 || header.size > slots_.image_size_max()) {
        return UpdateFault::wrong_size;
    }
    if (!slots_.is_signed(header)) {
        return UpdateFault::not_signed;
    }
    return header.version < version_min ? std::optional{UpdateFault::version_too_low}
                                        : std::nullopt;
}

/// What runs was verified when it started.
std::uint32_t Update::version_min() {
    std::uint32_t const kept = record_.choice() ? record_.choice()->version_min : 0;
    return std::max(kept, version());
}

Update::Outcome Update::fail(UpdateFault fault) {
    abandon();
    return fault;
}

bool Update::take(std::uint8_t byte) {
    word_[received_ % word_.size()] = byte;
    ++received_;
    return received_ % word_.size() != 0 || write_word();
}

/// Writes the word that the last byte is in.
bool Update::write_word() {
    std::size_t const in_word = (received_ - 1) % word_.size() + 1;
    std::fill(word_.begin() + static_cast<std::ptrdiff_t>(in_word), word_.end(), 0);
    return staging_.write_word(received_ - in_word, word_);
}

} // namespace terminal
