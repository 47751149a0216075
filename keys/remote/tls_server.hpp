#pragma once

#include "keys/remote/tls_files.hpp"
#include "keys/remote/wiped.hpp"

#include <functional>
#include <mutex>

namespace keys::remote {

/// Who is at the other end: a certificate that the authority has signed and that is in time.
struct TlsPeer {
    std::string fingerprint{}; ///< fingerprint_of()
    std::string subject{};     ///< subject_of()
    std::string address{};     ///< where the connection comes from
};

/// What is answered: an HTTP status and a body.
struct TlsAnswer {
    int status = 500;
    WipedText body{};
};

/// What clients may take of the server.
struct TlsLimits {
    std::size_t threads = 128; ///< connections served at a time; more wait for their turn
    int idle_s = 10;           ///< that a connection may be silent
    int receive_s = 10;        ///< for a handshake or a part of a message
    std::size_t message_size_max = std::size_t{16} << 10U;
};

/// A server of messages over mutual TLS 1.3.
class TlsServer {
public:
    using Answerer =
        std::function<TlsAnswer(TlsPeer const& peer, std::string_view path, std::string_view body)>;
    /// Hears of connections that were refused, in words for a log.
    using Note = std::function<void(std::string const& what)>;

    /// Both are called by any thread.
    TlsServer(Answerer answerer, Note note, TlsLimits limits = {});
    TlsServer(TlsServer const&) = delete;
    TlsServer& operator=(TlsServer const&) = delete;
    ~TlsServer();

    /// Listens there; port 0: at any that is free. Gives what is wrong in words for a log.
    [[nodiscard]] std::optional<std::string> listen(TlsFiles const& files, std::string const& host,
                                                    int port);
    /// The port, after listen().
    [[nodiscard]] int port() const { return port_; }

    /// Serves until stop(). After listen().
    void run();

    /// Ends run(), from any thread, once each open connection is done or has been silent for
    /// TlsLimits::idle_s. Before run() it makes that return at once.
    void stop();

private:
    class Inner;
    Answerer answerer_;
    Note note_;
    TlsLimits limits_;
    std::unique_ptr<Inner> inner_;
    int port_ = 0;
    std::mutex mutex_{};
    bool is_run_ = false;
    bool is_stopping_ = false;
};

} // namespace keys::remote
