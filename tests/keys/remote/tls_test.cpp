// Both ends of the link over real TLS on the loopback, with certificates made here.
#include "tests/keys/remote/certificates.hpp"

#include "keys/remote/tls_link.hpp"
#include "keys/remote/tls_server.hpp"

#include <gtest/gtest.h>

#include <openssl/err.h>

#include <arpa/inet.h>
#include <condition_variable>
#include <mutex>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace keys::remote {
namespace {

constexpr char const* loopback = "127.0.0.1";

WipedText text_of(std::string text) { return WipedText{std::move(text)}; }

/// A server that answers with who asked for what.
class TlsServing {
public:
    explicit TlsServing(TlsFiles const& files, int port = 0)
        : server_{[](TlsPeer const& peer, std::string_view path, std::string_view body) {
                      bool const is_refused = path == "/refused";
                      return TlsAnswer{is_refused ? 403 : 200,
                                       text_of(peer.subject + " " + std::string{path} + " " +
                                               std::string{body})};
                  },
                  [this](std::string const& what) {
                      std::lock_guard const lock{mutex_};
                      notes_ += what + "\n";
                      noted_.notify_all();
                  },
                  {.threads = 8, .idle_s = 1, .receive_s = 5}} {
        auto const fault = server_.listen(files, loopback, port);
        EXPECT_FALSE(fault.has_value()) << fault.value_or("");
        thread_ = std::thread{[this] { server_.run(); }};
    }
    ~TlsServing() {
        server_.stop();
        thread_.join();
    }
    [[nodiscard]] CentreAddress address() const { return {loopback, server_.port()}; }

    /// Waits until a note with that text is there.
    void expect_note(std::string const& text) {
        std::unique_lock lock{mutex_};
        EXPECT_TRUE(noted_.wait_for(lock, std::chrono::seconds{20},
                                    [&] { return notes_.find(text) != std::string::npos; }))
            << text << "\nin\n"
            << notes_;
    }

private:
    std::mutex mutex_{};
    std::condition_variable noted_{};
    std::string notes_{};
    TlsServer server_;
    std::thread thread_{};
};

class TheLink : public testing::Test {
protected:
    [[nodiscard]] LinkFaultCode fault(TlsFiles const& files) {
        TlsLink link{serving_.address(), files};
        auto const answer = link.exchange("/x", text_of("hello"));
        EXPECT_FALSE(answer.ok());
        detail_ = answer.ok() ? std::string{} : answer.error().detail;
        return answer.ok() ? LinkFaultCode::busy : answer.error().code;
    }
    /// A handshake by bare OpenSSL; false where the server ended it.
    [[nodiscard]] bool is_taken(SSL_CTX& context) const {
        int const socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(static_cast<std::uint16_t>(serving_.address().port));
        inet_pton(AF_INET, loopback, &address.sin_addr);
        EXPECT_EQ(connect(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
        SSL* const ssl = SSL_new(&context);
        SSL_set_fd(ssl, socket);
        char byte = 0;
        std::string const request = "POST /x HTTP/1.1\r\nContent-Length: 0\r\n\r\n";
        bool const is_taken =
            SSL_connect(ssl) == 1 &&
            SSL_write(ssl, request.data(), static_cast<int>(request.size())) > 0 &&
            SSL_read(ssl, &byte, 1) == 1;
        ERR_clear_error();
        SSL_free(ssl);
        close(socket);
        return is_taken;
    }

    TestAuthority authority_{};
    TlsFiles window_ = authority_.issue("window", {"window-3"});
    TlsServing serving_{authority_.issue("centre", {"centre", loopback})};
    std::string detail_{};
};

TEST_F(TheLink, CarriesAMessageAndTellsWhoseItIs) {
    TlsLink link{serving_.address(), window_};
    for (int i = 0; i < 3; ++i) { // one connection, kept
        auto const answer = link.exchange("/x", text_of("hello"));
        ASSERT_TRUE(answer.ok()) << answer.error().detail;
        EXPECT_EQ(answer.value().content(), "window-3 /x hello");
    }
    EXPECT_EQ(link.exchange("/refused", text_of("")).error().code, LinkFaultCode::refused);
}

TEST_F(TheLink, FindsTheCentreAgainAfterItsRestart) {
    TlsFiles const files = authority_.issue("twice", {"twice", loopback});
    auto first = std::make_unique<TlsServing>(files);
    CentreAddress const address = first->address();
    TlsLink link{address, window_, {.idle_max = std::chrono::hours{1}}};
    ASSERT_TRUE(link.exchange("/x", text_of("1")).ok());
    first.reset();
    EXPECT_EQ(link.exchange("/x", text_of("2")).error().code, LinkFaultCode::unreachable);
    TlsServing const second{files, address.port};
    EXPECT_TRUE(link.exchange("/x", text_of("2")).ok());
}

TEST_F(TheLink, DoesNotTakeACentreOfAnotherName) {
    TlsServing const other{authority_.issue("other", {"other", "other.example"})};
    TlsLink link{other.address(), window_};
    auto const answer = link.exchange("/x", text_of("hello"));
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, LinkFaultCode::not_trusted);
    EXPECT_NE(answer.error().detail.find("mismatch"), std::string::npos) << answer.error().detail;
}

TEST_F(TheLink, DoesNotTakeACentreOfAnotherAuthority) {
    TestAuthority stranger;
    TlsServing const false_centre{stranger.issue("centre", {"centre", loopback})};
    TlsLink link{false_centre.address(), window_};
    auto const answer = link.exchange("/x", text_of("hello"));
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().code, LinkFaultCode::not_trusted);
}

TEST_F(TheLink, DoesNotTakeAnExpiredCentre) {
    TlsFiles const expired = authority_.issue("late", {"centre", loopback, -7200, -3600});
    EXPECT_NE(fault_of(expired)->find("it has expired"), std::string::npos); // nor does it start
    TlsServer server{{}, {}};
    EXPECT_TRUE(server.listen(expired, loopback, 0).has_value());
}

TEST_F(TheLink, IsNotForAClientWithoutACertificate) {
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    EXPECT_FALSE(is_taken(*context));
    SSL_CTX_free(context);
    serving_.expect_note("connection refused: no certificate was shown");
}

TEST_F(TheLink, IsNotForTls12) {
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    ASSERT_TRUE(apply(window_, *context));
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    EXPECT_TRUE(is_taken(*context));
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
    EXPECT_FALSE(is_taken(*context));
    SSL_CTX_free(context);
    serving_.expect_note("connection refused: protocol version");
}

TEST_F(TheLink, IsNotForAnExpiredCertificate) {
    TlsFiles const expired = authority_.issue("old", {"window-old", "", -7200, -3600});
    EXPECT_EQ(fault(expired), LinkFaultCode::certificate); // told without asking the centre
    EXPECT_NE(detail_.find("it has expired"), std::string::npos);
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    ASSERT_TRUE(apply(expired, *context));
    SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nullptr);
    EXPECT_FALSE(is_taken(*context));
    SSL_CTX_free(context);
    serving_.expect_note("certificate refused: \"window-old\", ");
    serving_.expect_note("certificate has expired");
}

TEST_F(TheLink, IsNotForACertificateOfAnotherAuthority) {
    TestAuthority stranger;
    TlsFiles files = stranger.issue("window", {"window-3"});
    files.authority = authority_.authority_path();
    static_cast<void>(fault(files));
    serving_.expect_note("certificate refused: \"window-3\", ");
}

TEST_F(TheLink, TakesNoKeyThatOthersMayRead) {
    std::filesystem::permissions(window_.key, std::filesystem::perms::group_read,
                                 std::filesystem::perm_options::add);
    EXPECT_EQ(fault(window_), LinkFaultCode::certificate);
    EXPECT_NE(detail_.find("may be read by others"), std::string::npos);
}

TEST_F(TheLink, TakesNoKeyOfAnotherCertificate) {
    window_.key = authority_.issue("second", {"second"}).key;
    EXPECT_EQ(fault(window_), LinkFaultCode::certificate);
    EXPECT_NE(detail_.find("it is not the key of"), std::string::npos);
}

TEST(ACentresAddress, IsHttpsWithAHostAndAPort) {
    auto const address = centre_address("https://centre.example:8443");
    ASSERT_TRUE(address.has_value());
    EXPECT_EQ(address->host, "centre.example");
    EXPECT_EQ(address->port, 8443);
    for (auto const* const wrong :
         {"http://centre:8443", "https://centre", "https://centre:0", "https://centre:65536",
          "https://centre:84x", "https://:8443", "https://centre/x:8443", "https://a@b:1", ""}) {
        EXPECT_FALSE(centre_address(wrong).has_value()) << wrong;
    }
}

} // namespace
} // namespace keys::remote
