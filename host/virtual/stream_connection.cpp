#include "host/virtual/stream_connection.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

namespace virtual_card {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t received_max = 4096;
constexpr std::chrono::milliseconds open_retry_ms{50};
constexpr std::int64_t ns_in_second = 1'000'000'000;

} // namespace

std::optional<StreamConnection> StreamConnection::open(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string const text = path.string();
    if (text.empty() || text.size() >= sizeof address.sun_path) {
        return std::nullopt;
    }
    std::copy(text.begin(), text.end(), address.sun_path);
    int const socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0) {
        return std::nullopt;
    }
    StreamConnection connection{socket};
    auto const* const generic = reinterpret_cast<sockaddr const*>(&address);
    if (::connect(socket, generic, sizeof address) != 0) {
        return std::nullopt;
    }
    return connection;
}

std::optional<StreamConnection> StreamConnection::open(std::filesystem::path const& path,
                                                       std::chrono::seconds patience,
                                                       StopEvent const& stop) {
    auto const end = SteadyClock::now() + patience;
    while (true) {
        auto connection = open(path);
        if (connection) {
            return connection;
        }
        if (SteadyClock::now() >= end || !stop.wait(open_retry_ms)) {
            return std::nullopt;
        }
    }
}

StreamConnection::StreamConnection(StreamConnection&& from) noexcept
    : socket_{std::exchange(from.socket_, -1)} {}

StreamConnection::~StreamConnection() {
    if (socket_ >= 0) {
        (void)::close(socket_);
    }
}

std::optional<std::vector<std::uint8_t>> StreamConnection::receive() {
    std::vector<std::uint8_t> bytes(received_max);
    ssize_t received = -1;
    do {
        received = ::recv(socket_, bytes.data(), bytes.size(), 0);
    } while (received < 0 && errno == EINTR);
    if (received <= 0) {
        return std::nullopt;
    }
    bytes.resize(static_cast<std::size_t>(received));
    return bytes;
}

bool StreamConnection::send(apdu::ByteView bytes) {
    while (!bytes.empty()) {
        auto const sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR) {
            continue;
        }
        if (sent <= 0) {
            return false;
        }
        bytes = bytes.subspan(static_cast<std::size_t>(sent));
    }
    return true;
}

Readiness wait_for(StreamConnection const& stream, int input, StopEvent const& stop,
                   std::optional<SteadyClock::time_point> end) {
    std::array<pollfd, 3> waiting{
        {{stop.descriptor(), POLLIN, 0}, {stream.descriptor(), POLLIN, 0}, {input, POLLIN, 0}}};
    timespec time{};
    if (end) {
        auto const left = std::chrono::duration_cast<std::chrono::nanoseconds>(
            std::max(*end - SteadyClock::now(), SteadyClock::duration{0}));
        time.tv_sec = left.count() / ns_in_second;
        time.tv_nsec = left.count() % ns_in_second;
    }
    (void)::ppoll(waiting.data(), waiting.size(), end ? &time : nullptr, nullptr);
    return {waiting[0].revents != 0, waiting[1].revents != 0, waiting[2].revents != 0};
}

} // namespace virtual_card
