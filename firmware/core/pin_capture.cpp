#include "firmware/core/pin_capture.hpp"

#include "keys/pin_block.hpp"

namespace terminal {
namespace {

using apdu::ccid::TerminalStatus;

TerminalStatus status_of(KeyState state) {
    switch (state) {
    case KeyState::loaded:
        return TerminalStatus::done;
    case KeyState::exhausted:
        return TerminalStatus::key_exhausted;
    case KeyState::damaged:
        return TerminalStatus::memory_failed;
    case KeyState::empty:
    case KeyState::provisioned:
        break;
    }
    return TerminalStatus::no_key;
}

TerminalStatus status_of(KeyStorageFault fault) {
    switch (fault) {
    case KeyStorageFault::exhausted:
        return TerminalStatus::key_exhausted;
    case KeyStorageFault::wrong_state:
        return TerminalStatus::no_key;
    case KeyStorageFault::malformed:
    case KeyStorageFault::other_terminal:
        return TerminalStatus::refused;
    case KeyStorageFault::back_end_failed:
    case KeyStorageFault::flash_failed:
        break;
    }
    return TerminalStatus::memory_failed;
}

} // namespace

/// By T6…TD, the last of the historical bytes.
std::optional<PinCapture::Factor> PinCapture::factor() const {
    auto const atr = apdu::Atr::parse(parts_.user_card.atr());
    Factor factor{};
    if (!atr.ok() || atr.value().historical().size() < factor.size()) {
        return std::nullopt;
    }
    apdu::copy_bytes(atr.value().historical().last(factor.size()), factor);
    return factor;
}

TerminalStatus PinCapture::begin(apdu::ByteView data) {
    auto const request = apdu::ccid::PinCaptureRequest::parse(data);
    if (!request.ok()) {
        return TerminalStatus::malformed;
    }
    if (parts_.dialog.state() == PinDialog::State::typing) {
        return TerminalStatus::busy;
    }
    TerminalStatus const keys = status_of(parts_.keys.state());
    if (keys != TerminalStatus::done) {
        return keys;
    }
    if (!parts_.random.is_working()) {
        return TerminalStatus::random_failed;
    }
    auto const card = factor();
    if (parts_.user_card.status() == apdu::ccid::IccStatus::absent || !card) {
        return TerminalStatus::no_card;
    }
    factor_ = *card;
    language_ = language_of(request.value().language);
    is_going_on_ = true;
    parts_.dialog.clear();
    parts_.dialog.begin({.asks_current = false,
                         .asks_new = true,
                         .is_confirmed = true,
                         .digits_min = request.value().digits_min,
                         .digits_max = request.value().digits_max,
                         .end = {.is_entered = true},
                         .timeout_s = request.value().timeout_s,
                         .language = language_});
    return TerminalStatus::done;
}

std::optional<TerminalStatus> PinCapture::step() {
    bool const is_absent = parts_.user_card.status() == apdu::ccid::IccStatus::absent;
    if (is_absent || factor() != factor_) { // gone, or another in its place
        parts_.dialog.show(Message::card_error, language_);
        clear();
        return TerminalStatus::no_card;
    }
    switch (parts_.dialog.step()) {
    case PinDialog::State::idle:
    case PinDialog::State::typing:
        return std::nullopt;
    case PinDialog::State::cancelled:
        parts_.dialog.show(Message::cancelled, language_);
        clear();
        return TerminalStatus::cancelled;
    case PinDialog::State::timed_out:
        parts_.dialog.show(Message::timed_out, language_);
        clear();
        return TerminalStatus::timed_out;
    case PinDialog::State::done:
        break;
    }
    parts_.dialog.show(Message::please_wait, language_);
    TerminalStatus const status = encrypt();
    parts_.dialog.clear();
    is_going_on_ = false;
    return status;
}

TerminalStatus PinCapture::encrypt() {
    auto const pin = parts_.dialog.fresh().pin();
    std::array<std::uint8_t, 8> random{};
    if (!pin.ok()) {
        return TerminalStatus::malformed;
    }
    if (!parts_.random.fill(random)) {
        return TerminalStatus::random_failed;
    }
    auto const key = parts_.keys.next_pin_key(parts_.aes);
    if (!key.ok()) {
        return status_of(key.error());
    }
    auto const block = keys::encrypt_pin_block(parts_.aes, key.value().key, pin.value(),
                                               keys::card_pan(factor_), random);
    if (!block.ok()) {
        return TerminalStatus::memory_failed;
    }
    captured_.initial_key_id = parts_.keys.id()->bytes;
    captured_.counter = key.value().counter;
    captured_.block = block.value();
    return TerminalStatus::done;
}

void PinCapture::clear() {
    if (is_going_on_) {
        parts_.dialog.clear();
    }
    is_going_on_ = false;
    captured_ = {};
}

} // namespace terminal
