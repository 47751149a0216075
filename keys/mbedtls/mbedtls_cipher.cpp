#include "keys/mbedtls/mbedtls_cipher.hpp"

#include <mbedtls/des.h>

namespace keys::mbedtls {
namespace {

constexpr std::size_t des_block = block_size(CipherKind::des3);

/// A 3DES context; mbedTLS overwrites it when it goes. A DES key is given twice.
class Des3Context {
public:
    Des3Context() { mbedtls_des3_init(&context_); }
    Des3Context(Des3Context const&) = delete;
    Des3Context& operator=(Des3Context const&) = delete;
    ~Des3Context() { mbedtls_des3_free(&context_); }

    bool set_key(CardKey const& key, int mode) {
        std::uint8_t const* const bytes = key.expose_whole().data();
        return (mode == MBEDTLS_DES_ENCRYPT ? mbedtls_des3_set2key_enc(&context_, bytes)
                                            : mbedtls_des3_set2key_dec(&context_, bytes)) == 0;
    }

    /// One block, in place.
    bool run(apdu::ByteSpan block) {
        return mbedtls_des3_crypt_ecb(&context_, block.data(), block.data()) == 0;
    }

private:
    mbedtls_des3_context context_{};
};

CipherResult<apdu::Done> run_des3(CardKey const& key, apdu::ByteSpan blocks, int mode) {
    apdu::require(blocks.size() % block_size(key.kind()) == 0);
    if (key.kind() == CipherKind::sm4) {
        return CipherError::unsupported;
    }
    Des3Context context;
    bool well = context.set_key(key, mode);
    for (; well && !blocks.empty(); blocks = blocks.subspan(des_block)) {
        well = context.run(blocks.first(des_block));
    }
    if (!well) {
        return CipherError::back_end_failed;
    }
    return apdu::Done{};
}

} // namespace

CipherResult<apdu::Done> MbedtlsCipher::encrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_des3(key, blocks, MBEDTLS_DES_ENCRYPT);
}

CipherResult<apdu::Done> MbedtlsCipher::decrypt(CardKey const& key, apdu::ByteSpan blocks) {
    return run_des3(key, blocks, MBEDTLS_DES_DECRYPT);
}

CipherResult<apdu::Done> MbedtlsCipher::chain(CardKey const& key, apdu::ByteSpan state,
                                              apdu::ByteView blocks) {
    std::size_t const block = block_size(key.kind());
    apdu::require(state.size() == block && blocks.size() % block == 0);
    if (key.kind() == CipherKind::sm4) {
        return CipherError::unsupported;
    }
    Des3Context context;
    bool well = context.set_key(key, MBEDTLS_DES_ENCRYPT);
    for (; well && !blocks.empty(); blocks = blocks.subspan(block)) {
        for (std::size_t i = 0; i < block; ++i) {
            state[i] ^= blocks[i];
        }
        well = context.run(state);
    }
    if (!well) {
        return CipherError::back_end_failed;
    }
    return apdu::Done{};
}

} // namespace keys::mbedtls
