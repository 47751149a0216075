#pragma once

#include "host/virtual/vpcd_connection.hpp"

namespace virtual_card {

/// vpcd's end of the line, on a port of its own.
class ListeningVpcd {
public:
    ListeningVpcd();
    ListeningVpcd(ListeningVpcd const&) = delete;
    ListeningVpcd& operator=(ListeningVpcd const&) = delete;
    ~ListeningVpcd();

    [[nodiscard]] Endpoint endpoint() const;

    /// Waits for a card.
    void accept_card();
    /// Cuts the line.
    void hang_up();
    /// Nobody listens any longer.
    void close();

    void send(std::string_view hex) const;
    /// The next message in hex; "cut" when the line was.
    [[nodiscard]] std::string receive() const;
    /// send() and receive().
    [[nodiscard]] std::string ask(std::string_view hex) const;

private:
    int listener_;
    int card_ = -1;
    std::uint16_t port_ = 0;
};

} // namespace virtual_card
