#include "keys/remote/tls_server.hpp"

#include <httplib.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>

namespace keys::remote {
namespace {

using Notes = TlsServer::Note;

constexpr std::size_t messages_of_connection_max = 1'000'000;
constexpr int fatal_alert = 2;
constexpr int certificate_required = 116; ///< RFC 8446 §6; OpenSSL 3.0 has no words for it

/// Where a context keeps who is told of refusals.
int place_of_note() {
    static int const place = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
    return place;
}

Notes const& notes_of(SSL const* ssl) {
    return *static_cast<Notes const*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), place_of_note()));
}

/// Verifies as OpenSSL does, and tells whose certificate was refused and why.
int verify_and_tell(X509_STORE_CTX* chain, void* /*nothing*/) {
    int const verified = X509_verify_cert(chain);
    if (verified != 1) {
        auto const* const ssl = static_cast<SSL const*>(
            X509_STORE_CTX_get_ex_data(chain, SSL_get_ex_data_X509_STORE_CTX_idx()));
        X509 const* const certificate = X509_STORE_CTX_get0_cert(chain);
        std::string const whose =
            certificate == nullptr
                ? std::string{"a connection without one"}
                : "\"" + subject_of(*certificate) + "\", " + fingerprint_of(*certificate);
        notes_of(ssl)("certificate refused: " + whose + ": " +
                      X509_verify_cert_error_string(X509_STORE_CTX_get_error(chain)));
    }
    return verified;
}

/// Tells of each alert that ends a connection: no certificate, another version of TLS …
void tell_alert(SSL const* ssl, int where, int alert) {
    if (where == SSL_CB_WRITE_ALERT && (alert >> 8) == fatal_alert) {
        bool const is_nameless = (alert & 0xFF) == certificate_required;
        notes_of(ssl)(
            std::string{"connection refused: "} +
            (is_nameless ? "no certificate was shown" : SSL_alert_desc_string_long(alert)));
    }
}

/// The certificate of the request's connection; expired meanwhile: none.
std::optional<TlsPeer> peer_of(httplib::Request const& request) {
    Certificate const certificate{SSL_get1_peer_certificate(request.ssl)};
    if (certificate == nullptr || SSL_get_verify_result(request.ssl) != X509_V_OK ||
        !is_in_time(*certificate)) {
        return std::nullopt;
    }
    return TlsPeer{fingerprint_of(*certificate), subject_of(*certificate), request.remote_addr};
}

/// A message's body, wiped when it goes.
WipedText received(httplib::ContentReader const& reader, std::size_t size_max, bool& is_whole) {
    std::string text;
    text.reserve(size_max); // never moved to another place while it grows
    is_whole = reader([&](char const* bytes, std::size_t size) {
        bool const fits = text.size() + size <= size_max;
        if (fits) {
            text.append(bytes, size);
        }
        return fits;
    });
    WipedText wiped{text};
    wipe({reinterpret_cast<std::uint8_t*>(text.data()), text.size()});
    return wiped;
}

void send_answer(httplib::Response& response, TlsAnswer answer) {
    auto const kept = std::make_shared<WipedText>(std::move(answer.body));
    response.status = answer.status;
    if (kept->content().empty()) {
        return;
    }
    response.set_content_provider(
        kept->content().size(), "application/json",
        [kept](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
            return sink.write(kept->content().data() + offset, length);
        });
}

} // namespace

/// The library's server with our limits.
class TlsServer::Inner final : public httplib::SSLServer {
public:
    Inner(TlsFiles const& files, Notes& note, Answerer const& answerer, TlsLimits const& limits)
        : SSLServer{[&](SSL_CTX& context) {
              SSL_CTX_set_ex_data(&context, place_of_note(), &note);
              SSL_CTX_set_info_callback(&context, tell_alert);
              SSL_CTX_set_cert_verify_callback(&context, verify_and_tell, nullptr);
              return apply(files, context);
          }} {
        new_task_queue = [threads = limits.threads] { return new httplib::ThreadPool(threads); };
        set_keep_alive_max_count(messages_of_connection_max);
        set_keep_alive_timeout(limits.idle_s);
        set_read_timeout(limits.receive_s);
        set_write_timeout(limits.receive_s);
        set_payload_max_length(limits.message_size_max);
        set_tcp_nodelay(true);
        set_socket_options([](socket_t socket) { // no other process gets the port as well
            int const yes = 1;
            setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        });
        set_exception_handler(
            [](auto const&, auto& response, std::exception_ptr const&) { response.status = 500; });
        Post(".*", [&answerer, size_max = limits.message_size_max](
                       httplib::Request const& request, httplib::Response& response,
                       httplib::ContentReader const& reader) {
            bool is_whole = false;
            auto const body = received(reader, size_max, is_whole);
            auto const peer = peer_of(request);
            if (!is_whole || !peer) {
                response.status = 403;
                return;
            }
            send_answer(response, answerer(*peer, request.path, body.content()));
        });
    }
};

TlsServer::TlsServer(Answerer answerer, Note note, TlsLimits limits)
    : answerer_{std::move(answerer)}, note_{std::move(note)}, limits_{limits} {}

TlsServer::~TlsServer() = default;

std::optional<std::string> TlsServer::listen(TlsFiles const& files, std::string const& host,
                                             int port) {
    if (auto fault = fault_of(files)) {
        return fault;
    }
    inner_ = std::make_unique<Inner>(files, note_, answerer_, limits_);
    if (!inner_->is_valid()) {
        return files.certificate + ": OpenSSL does not take it";
    }
    port_ = port == 0 ? inner_->bind_to_any_port(host) : port;
    bool const is_bound = port == 0 ? port_ > 0 : inner_->bind_to_port(host, port);
    if (!is_bound) {
        return host + ":" + std::to_string(port) + ": the address is in use, or not this machine's";
    }
    return std::nullopt;
}

void TlsServer::run() {
    {
        std::lock_guard const lock{mutex_};
        if (is_stopping_) {
            return;
        }
        is_run_ = true;
    }
    inner_->listen_after_bind();
}

void TlsServer::stop() {
    {
        std::lock_guard const lock{mutex_};
        if (std::exchange(is_stopping_, true) || !is_run_) {
            return;
        }
    }
    while (!inner_->is_running()) { // the library ends only what has begun
        std::this_thread::yield();
    }
    inner_->stop();
}

} // namespace keys::remote
