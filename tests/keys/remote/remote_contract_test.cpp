// The back end whose keys are elsewhere goes through what every back end goes through.
#include "tests/keys/key_service_contract.hpp"
#include "tests/keys/remote/near_centre.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/remote/remote_key_service.hpp"
#include "keys/software_key_service.hpp"

namespace keys {
namespace {

class RemoteUnderTest final : public KeyServiceUnderTest {
public:
    RemoteUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys) {
        auto catalogue = std::make_shared<remote::KeyCatalogue>();
        catalogue->state = remote::CatalogueState::open;
        catalogue->are_test_keys = are_test_keys;
        for (MasterSpec const& spec : specs) {
            masters_.push_back(
                {spec.name, spec.version, spec.tier, CardKey{spec.kind, spec.value}});
            bool const is_sm4 = spec.kind == CipherKind::sm4;
            catalogue->keys.push_back({spec.name, "ministry",
                                       is_sm4 ? Algorithm::sm4 : Algorithm::des3, spec.version,
                                       static_cast<std::uint8_t>(spec.value.size()), ""});
        }
        there_ =
            std::make_unique<SoftwareKeyService>(cipher_, MasterKeySet{masters_, are_test_keys});
        centre_ = std::make_unique<remote::NearCentre>(*there_, remote::every_step());
        auto const told = remote::parse_catalogue(remote::encode(*catalogue).content());
        here_ = std::make_unique<remote::RemoteKeyService>(
            *centre_, std::make_shared<remote::KeyCatalogue>(told.value()),
            remote::KeyUse{remote::CardPurpose::card_read, "tester"});
    }
    KeyService& service() override { return *here_; }

private:
    openssl::EvpCipher cipher_{};
    std::vector<MasterKey> masters_{};
    std::unique_ptr<SoftwareKeyService> there_{};
    std::unique_ptr<remote::NearCentre> centre_{};
    std::unique_ptr<remote::RemoteKeyService> here_{};
};

std::unique_ptr<KeyServiceUnderTest> make_remote(std::vector<MasterSpec> const& masters,
                                                 bool are_test_keys) {
    return std::make_unique<RemoteUnderTest>(masters, are_test_keys);
}

INSTANTIATE_TEST_SUITE_P(Remote, KeyServiceContract,
                         testing::Values(KeyServiceBackEnd{"remote", make_remote}),
                         [](auto const& test) { return test.param.name; });

} // namespace
} // namespace keys
