#include "host/virtual/vpcd_connection.hpp"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <memory>
#include <utility>

namespace virtual_card {
namespace {

constexpr std::size_t length_size = 2;
constexpr std::size_t message_size_max = 0xFFFF;

void set_tcp_option(int socket, int option) {
    int const on = 1;
    (void)::setsockopt(socket, IPPROTO_TCP, option, &on, sizeof on);
}

struct AddressDeleter {
    void operator()(addrinfo* addresses) const { ::freeaddrinfo(addresses); }
};
using Addresses = std::unique_ptr<addrinfo, AddressDeleter>;

Addresses resolve(Endpoint const& endpoint) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* found = nullptr;
    if (::getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints,
                      &found) != 0) {
        return nullptr;
    }
    return Addresses{found};
}

} // namespace

std::string Endpoint::text() const {
    bool const is_ipv6 = host.find(':') != std::string::npos;
    return (is_ipv6 ? "[" + host + "]" : host) + ":" + std::to_string(port);
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
    auto const colon = text.rfind(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    std::string_view host = text.substr(0, colon);
    std::string_view const digits = text.substr(colon + 1);
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
    }
    std::uint16_t port = 0;
    auto const [stopped, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (host.empty() || error != std::errc{} || stopped != digits.data() + digits.size() ||
        port == 0) {
        return std::nullopt;
    }
    return Endpoint{std::string{host}, port};
}

std::optional<VpcdConnection> VpcdConnection::open(Endpoint const& endpoint) {
    auto const addresses = resolve(endpoint);
    for (addrinfo const* at = addresses.get(); at != nullptr; at = at->ai_next) {
        int const socket = ::socket(at->ai_family, at->ai_socktype | SOCK_CLOEXEC, at->ai_protocol);
        if (socket < 0) {
            continue;
        }
        VpcdConnection connection{socket};
        if (::connect(socket, at->ai_addr, at->ai_addrlen) == 0) {
            // Without both, Nagle's algorithm and delayed acknowledgements cost 45 ms a command.
            set_tcp_option(socket, TCP_NODELAY);
            set_tcp_option(socket, TCP_QUICKACK);
            return connection;
        }
    }
    return std::nullopt;
}

VpcdConnection::VpcdConnection(VpcdConnection&& from) noexcept
    : socket_{std::exchange(from.socket_, -1)} {}

VpcdConnection::~VpcdConnection() {
    if (socket_ >= 0) {
        (void)::close(socket_);
    }
}

bool VpcdConnection::receive_all(apdu::ByteSpan out, StopEvent const& stop) {
    while (!out.empty()) {
        std::array<pollfd, 2> waiting{{{socket_, POLLIN, 0}, {stop.descriptor(), POLLIN, 0}}};
        if (::poll(waiting.data(), waiting.size(), -1) < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        if (waiting[1].revents != 0) {
            return false;
        }
        auto const received = ::recv(socket_, out.data(), out.size(), 0);
        set_tcp_option(socket_, TCP_QUICKACK); // the kernel takes it back after each read
        if (received < 0 && errno == EINTR) {
            continue;
        }
        if (received <= 0) {
            return false;
        }
        out = out.subspan(static_cast<std::size_t>(received));
    }
    return true;
}

std::optional<Bytes> VpcdConnection::receive(StopEvent const& stop) {
    std::array<std::uint8_t, length_size> length{};
    if (!receive_all(length, stop)) {
        return std::nullopt;
    }
    Bytes message((static_cast<std::size_t>(length[0]) << 8U) | length[1]);
    if (!receive_all(message, stop)) {
        return std::nullopt;
    }
    return message;
}

bool VpcdConnection::send(apdu::ByteView message) {
    apdu::require(!message.empty() && message.size() <= message_size_max);
    Bytes framed(length_size + message.size());
    framed[0] = static_cast<std::uint8_t>(message.size() >> 8U);
    framed[1] = static_cast<std::uint8_t>(message.size());
    apdu::copy_bytes(message, apdu::ByteSpan{framed}.subspan(length_size));
    apdu::ByteView rest{framed};
    while (!rest.empty()) {
        auto const sent = ::send(socket_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        rest = rest.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

} // namespace virtual_card
