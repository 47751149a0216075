#include "tests/host/virtual/listening_vpcd.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/virtual/card_bench.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace virtual_card {
namespace {

void close_socket(int& socket) {
    if (socket >= 0) {
        ::close(socket);
        socket = -1;
    }
}

} // namespace

ListeningVpcd::ListeningVpcd() : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    apdu::require(::bind(listener_, generic, size) == 0 && ::listen(listener_, 4) == 0 &&
                  ::getsockname(listener_, generic, &size) == 0);
    port_ = ntohs(address.sin_port);
}

ListeningVpcd::~ListeningVpcd() {
    hang_up();
    close();
}

Endpoint ListeningVpcd::endpoint() const { return {"127.0.0.1", port_}; }

void ListeningVpcd::accept_card() {
    card_ = ::accept(listener_, nullptr, nullptr);
    apdu::require(card_ >= 0);
}

void ListeningVpcd::hang_up() { close_socket(card_); }
void ListeningVpcd::close() { close_socket(listener_); }

void ListeningVpcd::send(std::string_view hex) const {
    auto message = apdu::bytes(hex);
    auto const size = message.size();
    message.insert(message.begin(),
                   {static_cast<std::uint8_t>(size >> 8U), static_cast<std::uint8_t>(size)});
    (void)!::send(card_, message.data(), message.size(), MSG_NOSIGNAL);
}

std::string ListeningVpcd::receive() const {
    std::array<std::uint8_t, 2> length{};
    if (::recv(card_, length.data(), length.size(), MSG_WAITALL) != 2) {
        return "cut";
    }
    Bytes message((static_cast<std::size_t>(length[0]) << 8U) | length[1]);
    auto const received = ::recv(card_, message.data(), message.size(), MSG_WAITALL);
    return received == static_cast<ssize_t>(message.size()) ? hex_of(message) : "cut";
}

std::string ListeningVpcd::ask(std::string_view hex) const {
    send(hex);
    return receive();
}

} // namespace virtual_card
