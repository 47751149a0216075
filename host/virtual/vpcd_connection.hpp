#pragma once

#include "host/virtual/card_memory.hpp"
#include "host/virtual/stop_event.hpp"

#include <string>
#include <string_view>

namespace virtual_card {

/// Where vpcd listens for a card.
struct Endpoint {
    std::string host;
    std::uint16_t port;
    /// "127.0.0.1:35963"
    [[nodiscard]] std::string text() const;
    /// Reads "HOST:PORT", or "[::1]:PORT"; nothing for other text.
    [[nodiscard]] static std::optional<Endpoint> parse(std::string_view text);
};

/// A card's end of the line to vpcd (vsmartcard): each message is 2 bytes of length, most
/// significant first, and so many bytes. From vpcd a message of 1 byte is for the reader's
/// contacts, any other a command.
class VpcdConnection {
public:
    /// Nothing when nobody listens there.
    [[nodiscard]] static std::optional<VpcdConnection> open(Endpoint const& endpoint);

    VpcdConnection(VpcdConnection&& from) noexcept;
    VpcdConnection& operator=(VpcdConnection&&) = delete;
    ~VpcdConnection();

    /// The next message; nothing when the line was cut, or `stop` came.
    [[nodiscard]] std::optional<Bytes> receive(StopEvent const& stop);

    /// False when the line was cut. require: `message` has 1…65535 bytes (vpcd hangs on none).
    [[nodiscard]] bool send(apdu::ByteView message);

private:
    explicit VpcdConnection(int socket) : socket_{socket} {}
    bool receive_all(apdu::ByteSpan out, StopEvent const& stop);

    int socket_;
};

} // namespace virtual_card
