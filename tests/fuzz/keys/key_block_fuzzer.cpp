#include "keys/initial_key_block.hpp"

#include "tests/fuzz/require_so.hpp"

#include "keys/openssl/evp_aes.hpp"

#include <string>

namespace {

constexpr std::array<std::uint8_t, 32> key_bytes{0x01, 0x23, 0x45, 0x67};
constexpr std::array<std::uint8_t, keys::key_block_random_size> padding{};

/// A whole and authentic block behind a header of the fuzzer's making, cut to whole cipher blocks.
std::string authentic(keys::AesCipher& cipher, keys::KeyBlockKey const& protection,
                      std::string header) {
    header.resize(header.size() < 32 ? 16 : header.size() < 48 ? 32 : 48, '0');
    keys::AesKey const key{keys::AesSize::aes128, std::span{key_bytes}.first<16>()};
    auto const block = keys::wrap_key(cipher, protection, header, key, padding);
    require_so(block.ok());
    return std::string{block.value().view()};
}

} // namespace

/// The first byte: whether the rest is a block, or a header that an authentic one is made with.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static keys::openssl::EvpAes cipher;
    if (size == 0) {
        return 0;
    }
    keys::KeyBlockKey const protection{keys::AesSize::aes256, key_bytes};
    std::string const text{reinterpret_cast<char const*>(data + 1), size - 1};
    bool const is_header = data[0] % 2 != 0;
    std::string const block = is_header ? authentic(cipher, protection, text) : text;
    auto const received = keys::unwrap_initial_key(cipher, protection, block);
    if (received.ok()) {
        require_so(is_header && block.substr(5, 6) == "B1AX00");
    } else {
        require_so(received.error() == keys::CipherError::malformed);
    }
    return 0;
}
