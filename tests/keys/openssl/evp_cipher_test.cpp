#include "keys/openssl/evp_cipher.hpp"

#include "keys/openssl/evp_aes.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/block_cipher_contract.hpp"

namespace keys {
namespace {

BlockCipherBackEnd evp() {
    return {"evp",
            [] { return std::unique_ptr<BlockCipher>{std::make_unique<openssl::EvpCipher>()}; }};
}

AesBackEnd evp_aes() {
    return {"evp", [] { return std::unique_ptr<AesCipher>{std::make_unique<openssl::EvpAes>()}; }};
}

INSTANTIATE_TEST_SUITE_P(OpenSsl, BlockCipherContract, testing::Values(evp()),
                         [](auto const& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(OpenSsl, Sm4Contract, testing::Values(evp()),
                         [](auto const& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(OpenSsl, AesContract, testing::Values(evp_aes()),
                         [](auto const& test) { return test.param.name; });

} // namespace
} // namespace keys
