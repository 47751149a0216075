#include "keys/mbedtls/mbedtls_cipher.hpp"

#include "keys/mbedtls/mbedtls_aes.hpp"

#include "tests/keys/aes_contract.hpp"
#include "tests/keys/block_cipher_contract.hpp"
#include "tests/keys/vectors.hpp"

namespace keys {
namespace {

BlockCipherBackEnd mbedtls_des() {
    return {"mbedtls", [] {
                return std::unique_ptr<BlockCipher>{std::make_unique<mbedtls::MbedtlsCipher>()};
            }};
}

AesBackEnd mbedtls_aes() {
    return {"mbedtls",
            [] { return std::unique_ptr<AesCipher>{std::make_unique<mbedtls::MbedtlsAes>()}; }};
}

INSTANTIATE_TEST_SUITE_P(Mbedtls, BlockCipherContract, testing::Values(mbedtls_des()),
                         [](auto const& test) { return test.param.name; });
INSTANTIATE_TEST_SUITE_P(Mbedtls, AesContract, testing::Values(mbedtls_aes()),
                         [](auto const& test) { return test.param.name; });

TEST(MbedtlsCipher, SaysThatItHasNoSm4) {
    mbedtls::MbedtlsCipher cipher;
    CardKey const key{CipherKind::sm4, Bytes(16, 0x11)};
    Bytes block(16);
    EXPECT_EQ(cipher.encrypt(key, block).error(), CipherError::unsupported);
    EXPECT_EQ(cipher.decrypt(key, block).error(), CipherError::unsupported);
    EXPECT_EQ(cipher.chain(key, block, Bytes(16)).error(), CipherError::unsupported);
    EXPECT_EQ(block, Bytes(16));
}

} // namespace
} // namespace keys
