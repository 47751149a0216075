#include "firmware/boards/streams/contact_link.hpp"

#include "apdu/require.hpp"

namespace streams {
namespace {

/// Bytes that one call takes at most: a card side that goes on and on holds nobody up.
constexpr unsigned pump_bytes_max = 128;

} // namespace

void ContactLink::listen(std::uint8_t socket, ContactListener& listener) {
    apdu::require(socket < listeners_.size() && listeners_[socket] == nullptr);
    listeners_[socket] = &listener;
}

bool ContactLink::send(ContactEvent const& event) {
    auto const bytes = encode(event);
    if (out_.room() < bytes.size()) {
        push();
    }
    if (out_.room() < bytes.size()) {
        ++losses_;
        return false;
    }
    if (out_.is_empty()) {
        moved_us_ = clock_.now_us();
    }
    for (std::uint8_t const byte : bytes) {
        apdu::require(out_.put(byte));
    }
    push();
    return true;
}

void ContactLink::push() {
    std::uint64_t const now_us = clock_.now_us();
    while (auto const byte = out_.front()) {
        if (!stream_.send(*byte)) {
            break;
        }
        out_.take();
        moved_us_ = now_us;
        is_stalled_ = false;
    }
    if (out_.is_empty()) {
        moved_us_ = now_us;
    } else if (now_us - moved_us_ >= stalled_us) {
        out_.clear();
        is_stalled_ = true;
        ++losses_;
    }
}

void ContactLink::pump() {
    for (unsigned i = 0; i < pump_bytes_max; ++i) {
        auto const byte = stream_.receive();
        if (!byte) {
            break;
        }
        auto const event = reader_.receive(*byte);
        if (!event) {
            continue;
        }
        ContactListener* const listener =
            event->type == ContactEvent::Type::entropy ? entropy_ : listeners_[event->socket];
        if (listener != nullptr) {
            listener->on_event(*event);
        }
    }
    push();
}

} // namespace streams
