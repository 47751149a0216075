#include "firmware/boards/streams/contact_port.hpp"

#include <algorithm>

namespace streams {

void ContactPort::pump() {
    while (out_size_ > 0 && stream_.send(out_[out_first_])) {
        out_[out_first_] = 0; // it may be a PIN's
        out_first_ = (out_first_ + 1) % out_.size();
        --out_size_;
    }
    // A socket that nobody empties keeps what it has: the other end is held up, as on a wire.
    auto const is_full = [](Waiting const& waiting) { return waiting.size == receive_max; };
    while (std::none_of(waiting_.begin(), waiting_.end(), is_full)) {
        auto const byte = stream_.receive();
        if (!byte) {
            return;
        }
        if (auto const event = parser_.receive(*byte)) {
            take(*event);
        }
    }
}

void ContactPort::take(ContactEvent const& event) {
    if (event.kind == ContactEvent::Kind::entropy) {
        entropy_ = event.value;
        return;
    }
    Waiting& waiting = waiting_[event.socket];
    waiting.events[(waiting.first + waiting.size) % receive_max] = event;
    ++waiting.size;
}

std::optional<ContactEvent> ContactPort::receive(std::uint8_t socket) {
    pump();
    Waiting& waiting = waiting_[socket];
    if (waiting.size == 0) {
        return std::nullopt;
    }
    ContactEvent const event = waiting.events[waiting.first];
    waiting.first = (waiting.first + 1) % receive_max;
    --waiting.size;
    return event;
}

void ContactPort::send(ContactEvent const& event) {
    for (std::uint8_t const byte : event.encode()) {
        if (out_size_ < out_.size()) {
            out_[(out_first_ + out_size_) % out_.size()] = byte;
            ++out_size_;
        }
    }
    pump();
}

std::optional<std::uint8_t> ContactPort::entropy() {
    pump();
    auto const byte = entropy_;
    entropy_.reset();
    return byte;
}

} // namespace streams
