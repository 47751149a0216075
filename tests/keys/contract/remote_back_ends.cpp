#include "tests/keys/contract/back_ends.hpp"

#include "tests/keys/remote/certificates.hpp"
#include "tests/keys/remote/near_centre.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/remote/remote_key_service.hpp"
#include "keys/remote/tls_link.hpp"
#include "keys/remote/tls_server.hpp"
#include "keys/software_key_service.hpp"

#include <thread>

namespace keys {
namespace {

using remote::NearCentre;

/// What a centre tells of such keys.
std::shared_ptr<remote::KeyCatalogue const> catalogue_of(std::vector<MasterSpec> const& specs,
                                                         bool are_test_keys) {
    remote::KeyCatalogue catalogue;
    catalogue.state = remote::CatalogueState::open;
    catalogue.are_test_keys = are_test_keys;
    for (MasterSpec const& spec : specs) {
        bool const is_sm4 = spec.kind == CipherKind::sm4;
        catalogue.keys.push_back({spec.name, "ministry", is_sm4 ? Algorithm::sm4 : Algorithm::des3,
                                  spec.version, static_cast<std::uint8_t>(spec.value.size()), ""});
    }
    auto const told = remote::parse_catalogue(remote::encode(catalogue).content());
    return std::make_shared<remote::KeyCatalogue>(told.value());
}

/// The centre's end of a link over TLS on the loopback, with certificates of its own authority.
class CentreOverTls {
public:
    explicit CentreOverTls(NearCentre& centre)
        : server_{
              [&centre](remote::TlsPeer const& peer, std::string_view path, std::string_view body) {
                  EXPECT_EQ(peer.subject, "window-3");
                  auto answer = centre.exchange(path, remote::WipedText{std::string{body}});
                  return answer.ok() ? remote::TlsAnswer{200, std::move(answer).value()}
                                     : remote::TlsAnswer{403, {}};
              },
              [](std::string const& what) { ADD_FAILURE() << what; },
              {.threads = 2, .idle_s = 1, .receive_s = 5}} {
        auto const fault = server_.listen(centre_files_, "127.0.0.1", 0);
        EXPECT_FALSE(fault.has_value()) << fault.value_or("");
        thread_ = std::thread{[this] { server_.run(); }};
    }
    CentreOverTls(CentreOverTls const&) = delete;
    CentreOverTls& operator=(CentreOverTls const&) = delete;
    ~CentreOverTls() {
        server_.stop();
        thread_.join();
    }
    [[nodiscard]] std::unique_ptr<remote::CentreLink> link() const {
        return std::make_unique<remote::TlsLink>(remote::CentreAddress{"127.0.0.1", server_.port()},
                                                 window_files_);
    }

private:
    remote::TestAuthority authority_{};
    remote::TlsFiles centre_files_ = authority_.issue("centre", {"centre", "127.0.0.1"});
    remote::TlsFiles window_files_ = authority_.issue("window", {"window-3"});
    remote::TlsServer server_;
    std::thread thread_{};
};

enum class Way : std::uint8_t { messages, tls };

class RemoteUnderTest final : public KeyServiceUnderTest {
public:
    RemoteUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys, Way way)
        : masters_{masters_of(specs)}, there_{cipher_, {masters_, are_test_keys}} {
        if (way == Way::tls) {
            server_ = std::make_unique<CentreOverTls>(centre_);
            link_ = server_->link();
        }
        remote::CentreLink& link = link_ ? *link_ : centre_;
        here_ = std::make_unique<remote::RemoteKeyService>(
            link, catalogue_of(specs, are_test_keys),
            remote::KeyUse{remote::CardPurpose::card_read, "tester"});
    }
    KeyService& service() override { return *here_; }

private:
    openssl::EvpCipher cipher_{};
    std::vector<MasterKey> masters_;
    SoftwareKeyService there_;
    NearCentre centre_{there_, remote::every_step()};
    std::unique_ptr<CentreOverTls> server_{};
    std::unique_ptr<remote::CentreLink> link_{}; ///< null: without TLS
    std::unique_ptr<remote::RemoteKeyService> here_{};
};

template <Way way>
std::unique_ptr<KeyServiceUnderTest> make_remote(std::vector<MasterSpec> const& masters,
                                                 bool are_test_keys) {
    return std::make_unique<RemoteUnderTest>(masters, are_test_keys, way);
}

} // namespace

void add_remote(std::vector<KeyServiceBackEnd>& back_ends) {
    back_ends.push_back({"messages", make_remote<Way::messages>});
    back_ends.push_back({"tls", make_remote<Way::tls>});
}

} // namespace keys
