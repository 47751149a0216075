#include "keys/mbedtls/mbedtls_aes.hpp"

#include <mbedtls/aes.h>

namespace keys::mbedtls {
namespace {

/// An AES context; mbedTLS overwrites it when it goes.
class AesContext {
public:
    AesContext() { mbedtls_aes_init(&context_); }
    AesContext(AesContext const&) = delete;
    AesContext& operator=(AesContext const&) = delete;
    ~AesContext() { mbedtls_aes_free(&context_); }

    bool set_key(AesKey const& key, int mode) {
        auto const bits = static_cast<unsigned>(key.size() * 8);
        std::uint8_t const* const bytes = key.expose().data();
        return (mode == MBEDTLS_AES_ENCRYPT ? mbedtls_aes_setkey_enc(&context_, bytes, bits)
                                            : mbedtls_aes_setkey_dec(&context_, bytes, bits)) == 0;
    }

    bool run(apdu::ByteSpan block, int mode) {
        return mbedtls_aes_crypt_ecb(&context_, mode, block.data(), block.data()) == 0;
    }

private:
    mbedtls_aes_context context_{};
};

CipherResult<apdu::Done> run_aes(AesKey const& key, apdu::ByteSpan blocks, int mode) {
    apdu::require(blocks.size() % aes_block_size == 0);
    AesContext context;
    bool well = context.set_key(key, mode);
    for (; well && !blocks.empty(); blocks = blocks.subspan(aes_block_size)) {
        well = context.run(blocks.first(aes_block_size), mode);
    }
    if (!well) {
        return CipherError::back_end_failed;
    }
    return apdu::Done{};
}

} // namespace

CipherResult<apdu::Done> MbedtlsAes::encrypt(AesKey const& key, apdu::ByteSpan blocks) {
    return run_aes(key, blocks, MBEDTLS_AES_ENCRYPT);
}

CipherResult<apdu::Done> MbedtlsAes::decrypt(AesKey const& key, apdu::ByteSpan blocks) {
    return run_aes(key, blocks, MBEDTLS_AES_DECRYPT);
}

} // namespace keys::mbedtls
