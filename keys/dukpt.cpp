#include "keys/dukpt.hpp"

#include "keys/wiped_buffer.hpp"

#include <bit>

namespace keys {
namespace {

/// What a derived key is for. X9.24-3 §6.3.2, tables 2 and 3.
enum class DerivedUse : std::uint16_t {
    pin_encryption = 0x1000,
    key_derivation = 0x8000,
    initial_key = 0x8001,
};

/// Two bytes, high one first.
void put_16(std::size_t value, apdu::ByteSpan out) {
    out[0] = static_cast<std::uint8_t>(value >> 8U);
    out[1] = static_cast<std::uint8_t>(value);
}

/// The algorithm indicator of table 2: 0002, 0003, 0004.
constexpr std::size_t algorithm_indicator(AesSize size) { return bytes_of(size) / 8; }

static_assert(algorithm_indicator(AesSize::aes128) == 2);
static_assert(algorithm_indicator(AesSize::aes192) == 3);
static_assert(algorithm_indicator(AesSize::aes256) == 4);

/// The key of that use and size: the derivation data, encrypted once for each block of the key.
/// `context` is the initial key id, or the derivation id and the transaction counter.
CipherResult<AesKey> derive(AesCipher& cipher, AesKey const& from, DerivedUse use, AesSize size,
                            std::span<std::uint8_t const, 8> context) {
    constexpr std::size_t blocks_max = aes_key_size_max / aes_block_size;
    WipedBuffer<blocks_max * aes_block_size> buffer;
    apdu::ByteSpan const bytes{buffer.expose()};
    for (std::size_t i = 0; i < blocks_max; ++i) {
        apdu::ByteSpan const data = bytes.subspan(i * aes_block_size);
        data[0] = 0x01; // version
        data[1] = static_cast<std::uint8_t>(i + 1);
        put_16(static_cast<std::size_t>(use), data.subspan(2));
        put_16(algorithm_indicator(size), data.subspan(4));
        put_16(bytes_of(size) * 8, data.subspan(6));
        apdu::copy_bytes(context, data.subspan(8));
    }
    std::size_t const blocks = (bytes_of(size) + aes_block_size - 1) / aes_block_size;
    auto const encrypted = cipher.encrypt(from, bytes.first(blocks * aes_block_size));
    if (!encrypted.ok()) {
        return encrypted.error();
    }
    return AesKey{size, bytes.first(bytes_of(size))};
}

/// Derivation id and counter.
std::array<std::uint8_t, 8> context_of(InitialKeyId const& id, std::uint32_t counter) {
    std::array<std::uint8_t, 8> context{};
    apdu::copy_bytes(id.derivation_id(), context);
    put_16(counter >> 16U, apdu::ByteSpan{context}.subspan(4));
    put_16(counter & 0xFFFFU, apdu::ByteSpan{context}.subspan(6));
    return context;
}

} // namespace

bool is_transaction_counter(std::uint32_t counter) {
    return counter != 0 && std::popcount(counter) <= static_cast<int>(counter_ones_max);
}

std::uint32_t next_transaction_counter(std::uint32_t counter) {
    apdu::require(is_transaction_counter(counter));
    if (std::popcount(counter) < static_cast<int>(counter_ones_max)) {
        return counter + 1;
    }
    // Adding the lowest one bit never makes more of them, and 0 where the counter overflows.
    return counter + (counter & (0U - counter));
}

CipherResult<InitialKey> derive_initial_key(AesCipher& cipher, Bdk const& bdk,
                                            InitialKeyId const& id) {
    auto key = derive(cipher, bdk, DerivedUse::initial_key, bdk.aes_size(), id.bytes);
    if (!key.ok()) {
        return key.error();
    }
    return InitialKey{std::move(key).value()};
}

CipherResult<IntermediateKey> derive_intermediate_key(AesCipher& cipher, AesKey const& above,
                                                      InitialKeyId const& id,
                                                      std::uint32_t counter) {
    auto key = derive(cipher, above, DerivedUse::key_derivation, above.aes_size(),
                      context_of(id, counter));
    if (!key.ok()) {
        return key.error();
    }
    return IntermediateKey{std::move(key).value()};
}

CipherResult<IntermediateKey> intermediate_key(AesCipher& cipher, InitialKey const& initial,
                                               InitialKeyId const& id, std::uint32_t counter) {
    apdu::require(is_transaction_counter(counter));
    std::uint32_t reached = std::bit_floor(counter);
    auto key = derive_intermediate_key(cipher, initial, id, reached);
    while (key.ok() && reached != counter) {
        reached |= std::bit_floor(counter - reached);
        key = derive_intermediate_key(cipher, key.value(), id, reached);
    }
    return key;
}

CipherResult<PinKey> derive_pin_key(AesCipher& cipher, IntermediateKey const& intermediate,
                                    InitialKeyId const& id, std::uint32_t counter, AesSize size) {
    apdu::require(bytes_of(size) <= intermediate.size());
    auto key =
        derive(cipher, intermediate, DerivedUse::pin_encryption, size, context_of(id, counter));
    if (!key.ok()) {
        return key.error();
    }
    return PinKey{std::move(key).value()};
}

} // namespace keys
