#pragma once

#include "firmware/boards/streams/byte_stream.hpp"
#include "firmware/boards/streams/contact_event.hpp"

#include <array>

namespace streams {

/// One stream of contact events, shared by the sockets on it: what comes waits for its socket, what
/// goes out waits until there is room.
class ContactPort {
public:
    /// `stream` must outlive it.
    explicit ContactPort(ByteStream& stream) : stream_{stream} {}

    /// The next event of that socket.
    [[nodiscard]] std::optional<ContactEvent> receive(std::uint8_t socket);
    /// Sends an event; what has no room in send_max events any more is lost.
    void send(ContactEvent const& event);
    /// True while something has not found room yet.
    [[nodiscard]] bool is_sending() const { return out_size_ > 0; }
    /// As ByteStream::peers().
    [[nodiscard]] unsigned peers() const { return stream_.peers(); }
    /// A byte of entropy that has come.
    [[nodiscard]] std::optional<std::uint8_t> entropy();

    static constexpr std::size_t sockets = 2;
    static constexpr std::size_t receive_max = 32;
    static constexpr std::size_t send_max = 32;

private:
    /// Events of one socket that wait.
    struct Waiting {
        std::array<ContactEvent, receive_max> events{};
        std::size_t first = 0;
        std::size_t size = 0;
    };

    void pump();
    void take(ContactEvent const& event);

    ByteStream& stream_;
    ContactEventParser parser_{};
    std::array<Waiting, sockets> waiting_{};
    std::array<std::uint8_t, send_max * 2> out_{};
    std::size_t out_first_ = 0;
    std::size_t out_size_ = 0;
    std::optional<std::uint8_t> entropy_{};
};

} // namespace streams
