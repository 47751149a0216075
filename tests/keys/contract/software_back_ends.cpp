#include "tests/keys/contract/back_ends.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/sealed/sealed_store.hpp"
#include "keys/software_key_service.hpp"

#ifdef SSCARD_MBEDTLS
#include "keys/mbedtls/mbedtls_cipher.hpp"
#endif

#include "tests/keys/sealed/strongroom.hpp"

namespace keys {
namespace {

template <typename Cipher>
class SoftwareUnderTest final : public KeyServiceUnderTest {
public:
    SoftwareUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys)
        : masters_{masters_of(specs)}, service_{cipher_, {masters_, are_test_keys}} {}
    KeyService& service() override { return service_; }

private:
    Cipher cipher_;
    std::vector<MasterKey> masters_;
    SoftwareKeyService service_;
};

template <typename Cipher>
std::unique_ptr<KeyServiceUnderTest> make_software(std::vector<MasterSpec> const& masters,
                                                   bool are_test_keys) {
    return std::make_unique<SoftwareUnderTest<Cipher>>(masters, are_test_keys);
}

/// Keys that were sealed into a file and are read from it.
class SealedUnderTest final : public KeyServiceUnderTest {
public:
    SealedUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys) {
        using sealed::test::outcome_of;
        EXPECT_EQ(outcome_of(room_.store().create(sealed::test::words(), masters_of(specs),
                                                  are_test_keys, sealed::test::cheap)),
                  "ok");
        auto store = room_.store();
        EXPECT_EQ(outcome_of(store.open(sealed::test::words())), "ok");
        keys_ = store.keys();
        service_.emplace(cipher_, keys_->masters());
    }
    KeyService& service() override { return *service_; }

private:
    sealed::test::Strongroom room_{};
    openssl::EvpCipher cipher_{};
    std::shared_ptr<sealed::HeldKeys const> keys_{};
    std::optional<SoftwareKeyService> service_{};
};

std::unique_ptr<KeyServiceUnderTest> make_sealed(std::vector<MasterSpec> const& masters,
                                                 bool are_test_keys) {
    return std::make_unique<SealedUnderTest>(masters, are_test_keys);
}

} // namespace

void add_software(std::vector<KeyServiceBackEnd>& back_ends) {
    back_ends.push_back({"openssl", make_software<openssl::EvpCipher>});
#ifdef SSCARD_MBEDTLS
    // The firmware's library has no SM4.
    back_ends.push_back(
        {"mbedtls",
         make_software<mbedtls::MbedtlsCipher>,
         {{cipher_purposes(), Algorithm::sm4, KeyFaultReason::algorithm_unsupported}}});
#endif
    back_ends.push_back({"sealed", make_sealed});
}

} // namespace keys
