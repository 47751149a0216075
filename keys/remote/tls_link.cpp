#include "keys/remote/tls_link.hpp"

#include <httplib.h>

#include <openssl/err.h>
#include <openssl/sslerr.h>
#include <openssl/x509v3.h>

#include <charconv>

namespace keys::remote {
namespace {

constexpr std::size_t kept_max = 32;

/// Has OpenSSL itself compare the certificate's names with the host that was meant.
bool expect_host(SSL_CTX& context, std::string const& host) {
    X509_VERIFY_PARAM* const parameters = SSL_CTX_get0_param(&context);
    X509_VERIFY_PARAM_set_hostflags(parameters, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_ip_asc(parameters, host.c_str()) == 1 ||
           X509_VERIFY_PARAM_set1_host(parameters, host.c_str(), host.size()) == 1;
}

/// The centre has told by a TLS alert that it does not take this machine's certificate.
bool is_of_certificate(int reason) {
    switch (reason) {
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
    case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED:
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
        return true;
    default:
        return false;
    }
}

LinkFault link_fault(httplib::SSLClient const& client, httplib::Error error,
                     std::string const& address) {
    unsigned long const last = ERR_peek_last_error();
    ERR_clear_error();
    char const* const reason = last == 0 ? nullptr : ERR_reason_error_string(last);
    if (error == httplib::Error::SSLServerVerification) {
        auto const* const why = X509_verify_cert_error_string(client.get_openssl_verify_result());
        return {LinkFaultCode::not_trusted, address + ": " + why};
    }
    if (last != 0 && is_of_certificate(ERR_GET_REASON(last))) {
        return {LinkFaultCode::certificate, address + ": " + reason};
    }
    return {LinkFaultCode::unreachable,
            address + ": " + (reason == nullptr ? httplib::to_string(error) : reason)};
}

LinkResult link_answer(int status, std::string body) {
    switch (status) {
    case 200:
        return WipedText{std::move(body)};
    case 403:
        return LinkFault{LinkFaultCode::refused};
    case 423:
        return LinkFault{LinkFaultCode::locked};
    case 503:
        return LinkFault{LinkFaultCode::busy};
    default:
        return LinkFault{LinkFaultCode::unreadable, "HTTP status " + std::to_string(status)};
    }
}

} // namespace

std::string CentreAddress::text() const { return "https://" + host + ":" + std::to_string(port); }

std::optional<CentreAddress> centre_address(std::string_view text) {
    constexpr std::string_view scheme = "https://";
    auto const colon = text.rfind(':');
    if (!text.starts_with(scheme) || colon == std::string_view::npos || colon <= scheme.size()) {
        return std::nullopt;
    }
    CentreAddress address{std::string{text.substr(scheme.size(), colon - scheme.size())}};
    std::string_view const port = text.substr(colon + 1);
    auto const read = std::from_chars(port.data(), port.data() + port.size(), address.port);
    bool const is_whole = read.ec == std::errc{} && read.ptr == port.data() + port.size();
    bool const is_host = address.host.find_first_of("/@?#[] ") == std::string::npos;
    if (!is_whole || !is_host || address.port < 1 || address.port > 65535) {
        return std::nullopt;
    }
    return address;
}

TlsLink::TlsLink(CentreAddress address, TlsFiles files, LinkTimes times)
    : address_{std::move(address)}, files_{std::move(files)}, times_{times} {}

TlsLink::~TlsLink() = default;

apdu::Result<TlsLink::Client, LinkFault> TlsLink::connect() const {
    if (auto fault = fault_of(files_)) {
        return LinkFault{LinkFaultCode::certificate, std::move(*fault)};
    }
    auto client = std::make_unique<httplib::SSLClient>(address_.host, address_.port);
    SSL_CTX* const context = client->ssl_context();
    if (context == nullptr || !apply(files_, *context) || !expect_host(*context, address_.host)) {
        return LinkFault{LinkFaultCode::certificate, files_.certificate};
    }
    client->set_ca_cert_path(files_.authority); // else the library would believe the system's
    client->enable_server_certificate_verification(true);
    client->set_keep_alive(true);
    client->set_tcp_nodelay(true);
    client->set_connection_timeout(times_.connect_max);
    client->set_read_timeout(times_.answer_max);
    client->set_write_timeout(times_.answer_max);
    return client;
}

apdu::Result<TlsLink::Client, LinkFault> TlsLink::take() {
    {
        std::lock_guard const lock{mutex_};
        std::erase_if(
            kept_, [this](Kept const& one) { return Clock::now() - one.since > times_.idle_max; });
        if (!kept_.empty()) {
            auto client = std::move(kept_.back().client);
            kept_.pop_back();
            return client;
        }
    }
    return connect();
}

void TlsLink::keep(Client client) {
    std::lock_guard const lock{mutex_};
    if (kept_.size() < kept_max) {
        kept_.push_back({std::move(client), Clock::now()});
    }
}

void TlsLink::drop_all() {
    std::lock_guard const lock{mutex_};
    kept_.clear();
}

LinkResult TlsLink::exchange(std::string_view path, WipedText const& body) {
    auto client = take();
    if (!client.ok()) {
        return client.error();
    }
    httplib::Request request;
    request.method = "POST";
    request.path = path;
    request.body = body.content();
    request.headers = {{"Content-Type", "application/json"}};
    httplib::Response response;
    httplib::Error error = httplib::Error::Success;
    ERR_clear_error();
    bool const is_answered = client.value()->send(request, response, error);
    wipe({reinterpret_cast<std::uint8_t*>(request.body.data()), request.body.size()});
    if (!is_answered) {
        drop_all(); // the others have most likely gone with it
        return link_fault(*client.value(), error, address_.text());
    }
    keep(std::move(client).value());
    auto answer = link_answer(response.status, response.body);
    wipe({reinterpret_cast<std::uint8_t*>(response.body.data()), response.body.size()});
    return answer;
}

} // namespace keys::remote
