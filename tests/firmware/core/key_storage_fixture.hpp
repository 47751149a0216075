#pragma once

#include "firmware/core/key_storage.hpp"

#include "tests/firmware/simulated_flash.hpp"

#include "keys/openssl/evp_aes.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace terminal {

using Bytes = std::vector<std::uint8_t>;

inline constexpr keys::InitialKeyId sample_id{{0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x56}};
inline constexpr keys::InitialKeyId other_id{{0x12, 0x34, 0x56, 0x78, 0x90, 0x12, 0x34, 0x57}};

inline keys::InitialKey sample_initial_key() {
    return {keys::AesSize::aes128, apdu::bytes("1273671EA26AC29AFA4D1084127652A1")};
}

inline keys::KeyBlockKey sample_transport_key() {
    return keys::KeyBlockKey{keys::AesSize::aes256, Bytes(32, 0x77)};
}

inline std::string initial_key_block(keys::AesCipher& cipher, keys::InitialKeyId const& id) {
    std::array<std::uint8_t, keys::key_block_random_size> const random{};
    auto const block =
        keys::wrap_initial_key(cipher, sample_transport_key(), id, sample_initial_key(), random);
    return std::string{block.value().view()};
}

inline bool holds(Bytes const& memory, apdu::ByteView wanted) {
    auto const text = [](apdu::ByteView bytes) {
        return std::string_view{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    };
    return text(memory).find(text(wanted)) != std::string_view::npos;
}

/// What the host derives: the intermediate and the PIN key of each transaction.
struct HostKeys {
    Bytes intermediate;
    Bytes pin;
};

inline HostKeys host_keys(keys::AesCipher& cipher, std::uint32_t counter) {
    auto const own =
        keys::intermediate_key(cipher, sample_initial_key(), sample_id, counter).value();
    auto const pin =
        keys::derive_pin_key(cipher, own, sample_id, counter, keys::AesSize::aes128).value();
    return {apdu::copy_of(own.expose()), apdu::copy_of(pin.expose())};
}

/// A terminal's key flash of `pages` pages.
class KeyStorageTest : public testing::Test {
public:
    static constexpr std::size_t page_size = 2048;

    keys::openssl::EvpAes cipher;
    SimulatedFlash flash{page_size, 3};

    void provision(KeyStorage& storage) {
        ASSERT_TRUE(storage.provision(sample_id, sample_transport_key()).ok());
    }
    void load(KeyStorage& storage) {
        ASSERT_TRUE(storage.load_initial_key(cipher, initial_key_block(cipher, sample_id)).ok());
    }
    /// A storage on `flash` that is ready for PINs.
    void make_loaded() {
        KeyStorage storage{flash};
        ASSERT_EQ(storage.load(), KeyState::empty);
        provision(storage);
        load(storage);
    }
};

} // namespace terminal
