#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/block_cipher_contract.hpp"

namespace keys {

INSTANTIATE_TEST_SUITE_P(
    OpenSsl, BlockCipherContract,
    testing::Values(BlockCipherBackEnd{
        "evp",
        [] { return std::unique_ptr<BlockCipher>{std::make_unique<openssl::EvpCipher>()}; }}),
    [](auto const& test) { return test.param.name; });

} // namespace keys
