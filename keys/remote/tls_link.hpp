#pragma once

#include "keys/remote/centre_link.hpp"
#include "keys/remote/tls_files.hpp"

#include <chrono>
#include <mutex>
#include <vector>

namespace httplib {
class SSLClient;
} // namespace httplib

namespace keys::remote {

/// Where a centre is.
struct CentreAddress {
    std::string host{}; ///< a name or an IP address; its certificate must bear it
    int port = 0;

    /// "https://host:port".
    [[nodiscard]] std::string text() const;
};

/// The address that such a text is: https, a host, a port, and nothing else.
[[nodiscard]] std::optional<CentreAddress> centre_address(std::string_view text);

/// How long the link waits.
struct LinkTimes {
    std::chrono::milliseconds connect_max{2'000};
    std::chrono::milliseconds answer_max{10'000};
    std::chrono::milliseconds idle_max{5'000}; ///< that a connection is kept; the server's is more
};

/// The way to a centre by mutual TLS 1.3; connections are kept for the next message. For any
/// thread: each message has a connection to itself.
class TlsLink final : public CentreLink {
public:
    /// The files are read with each new connection, so that a renewed certificate is taken up.
    TlsLink(CentreAddress address, TlsFiles files, LinkTimes times = {});
    ~TlsLink() override;

    [[nodiscard]] LinkResult exchange(std::string_view path, WipedText const& body) override;

private:
    using Client = std::unique_ptr<httplib::SSLClient>;
    using Clock = std::chrono::steady_clock;
    struct Kept {
        Client client;
        Clock::time_point since;
    };
    [[nodiscard]] apdu::Result<Client, LinkFault> take();
    [[nodiscard]] apdu::Result<Client, LinkFault> connect() const;
    void keep(Client client);
    void drop_all();

    CentreAddress address_;
    TlsFiles files_;
    LinkTimes times_;
    std::mutex mutex_{};
    std::vector<Kept> kept_{};
};

} // namespace keys::remote
