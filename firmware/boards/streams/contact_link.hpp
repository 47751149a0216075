#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/boards/streams/contact_event.hpp"
#include "firmware/boards/streams/ring.hpp"
#include "firmware/hal/clock.hpp"

namespace streams {

/// One who is told what comes from the card side.
class ContactListener {
public:
    ContactListener() = default;
    ContactListener(ContactListener const&) = delete;
    ContactListener& operator=(ContactListener const&) = delete;
    virtual ~ContactListener() = default;

    /// An event of its socket.
    virtual void on_event(ContactEvent const& event) = 0;
};

/// The stream that one or two sockets share, and its events. Nobody waits for a card side that does
/// not read: what it does not take within stalled_us is lost.
class ContactLink {
public:
    /// Both must outlive it.
    ContactLink(ByteStream& stream, hal::Clock& clock) : stream_{stream}, clock_{clock} {}

    /// Who is told what is of that socket, entropy excepted. require: 0 or 1; once each. The
    /// listener outlives the link's use.
    void listen(std::uint8_t socket, ContactListener& listener);
    /// Who is told bytes of entropy.
    void listen_for_entropy(ContactListener& listener) { entropy_ = &listener; }

    /// Sends an event, as soon as the stream takes it. False: it is lost, there is no room.
    bool send(ContactEvent const& event);
    /// Receives and sends what there is; tells the listeners.
    void pump();
    /// True when all is on the stream, or lost, or the stream takes nothing any more.
    [[nodiscard]] bool is_sent() const { return out_.is_empty() || is_stalled_; }

    /// How often events were lost.
    [[nodiscard]] std::uint32_t losses() const { return losses_; }
    hal::Clock& clock() { return clock_; }

    static constexpr std::uint64_t stalled_us = 1'000'000;

private:
    void push();

    ByteStream& stream_;
    hal::Clock& clock_;
    ContactEventReader reader_{};
    Ring<std::uint8_t, 64> out_{};
    std::uint64_t moved_us_ = 0; ///< the stream last took something, or had nothing to take
    bool is_stalled_ = false;
    std::uint32_t losses_ = 0;
    std::array<ContactListener*, 2> listeners_{};
    ContactListener* entropy_ = nullptr;
};

} // namespace streams
