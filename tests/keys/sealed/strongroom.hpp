#pragma once

#include "keys/sealed/sealed_store.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace keys::sealed::test {

/// As cheap as a header may say: thousands of openings take a second.
inline constexpr ArgonCost cheap = cost_min;
inline constexpr std::string_view right_words = "seven blue horses";
inline constexpr std::string_view other_words = "eight green goats";

inline SealingSecret words(std::string_view text = right_words) {
    return SealingSecret::passphrase(text).value();
}

/// A credential of equal bytes.
inline SealingSecret credential(std::uint8_t byte = 0x5A) {
    return SealingSecret::credential(std::vector<std::uint8_t>(credential_size, byte)).value();
}

inline MasterKey key_of(apdu::KeyName name, CipherKind kind, Tier tier,
                        std::optional<std::uint8_t> version, std::uint8_t first_byte) {
    std::array<std::uint8_t, key_size_max> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = static_cast<std::uint8_t>(first_byte + 13 * i);
    }
    return {name, version, tier, CardKey{kind, apdu::ByteView{bytes}.first(key_size(kind))}};
}

/// One key of each tier and kind.
inline std::vector<MasterKey> three_keys() {
    std::vector<MasterKey> keys;
    keys.push_back(key_of(apdu::KeyName::irk, CipherKind::des3, Tier::ministry, 1, 0x11));
    keys.push_back(key_of(apdu::KeyName::stk_ssse, CipherKind::des, Tier::province, {}, 0x22));
    keys.push_back(key_of(apdu::KeyName::puk, CipherKind::sm4, Tier::city, 3, 0x33));
    return keys;
}

inline std::vector<MasterKey> one_key(apdu::KeyName name = apdu::KeyName::bk) {
    std::vector<MasterKey> keys;
    keys.push_back(key_of(name, CipherKind::sm4, Tier::ministry, {}, 0x44));
    return keys;
}

/// "ok", or the fault's name.
template <typename T>
std::string outcome_of(StoreResult<T> const& result) {
    return result.ok() ? "ok" : std::string{to_text(result.error().code)};
}

/// Every key of a set in words, the secret part too.
inline std::vector<std::string> told(MasterKeySet const& masters) {
    std::vector<std::string> lines;
    for (MasterKey const& key : masters.keys) {
        std::string line{apdu::to_text(key.name)};
        line += ' ' + std::to_string(static_cast<int>(key.secret.kind()));
        line += ' ' + std::to_string(static_cast<int>(key.tier));
        line += ' ' + std::to_string(key.version.value_or(0));
        for (std::uint8_t const byte : key.secret.expose()) {
            line += ' ' + std::to_string(byte);
        }
        lines.push_back(line);
    }
    auto const tell = [&lines](auto const& terminal) {
        auto const place = place_of(terminal);
        std::string line = place.use == TerminalKeyUse::bdk ? "BDK" : "KBPK";
        for (std::uint8_t const byte : place.id.bytes) {
            line += ' ' + std::to_string(byte);
        }
        line += ':';
        for (std::uint8_t const byte : terminal.key.expose()) {
            line += ' ' + std::to_string(byte);
        }
        lines.push_back(line);
    };
    auto const& terminals = masters.terminals;
    std::for_each(terminals.bdks.begin(), terminals.bdks.end(), tell);
    std::for_each(terminals.transport_keys.begin(), terminals.transport_keys.end(), tell);
    return lines;
}

/// A BDK, and the transport key of one of its terminals.
inline KeyBundle terminal_keys(std::uint8_t last = 1) {
    std::vector<std::uint8_t> bytes(bytes_of(AesSize::aes256), last);
    bytes.front() = 0xA5;
    KeyBundle keys;
    keys.bdks.push_back(
        {{0x12, 0x34, 0x56, last}, Bdk{AesSize::aes128, apdu::ByteView{bytes}.first(16)}});
    keys.transport_keys.push_back(
        {{{0x12, 0x34, 0x56, last, 0, 0, 0, 7}}, KeyBlockKey{AesSize::aes256, bytes}});
    return keys;
}

/// A folder of a test's own with a store in it, gone with the object.
class Strongroom {
public:
    Strongroom() {
        std::string path = std::filesystem::temp_directory_path() / "sscard-store.XXXXXX";
        folder_ = mkdtemp(path.data());
    }
    Strongroom(Strongroom const&) = delete;
    Strongroom& operator=(Strongroom const&) = delete;
    ~Strongroom() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }

    [[nodiscard]] std::filesystem::path path(std::string const& name = "keys") const {
        return folder_ / name;
    }
    [[nodiscard]] SealedStore store(FileCalls& calls = system_calls()) const {
        return SealedStore::claim(path(), calls).value();
    }
    /// Makes the store of three_keys() and lets go of it.
    void make_store(SealingSecret const& secret = words(), bool is_test = true) const {
        EXPECT_EQ(outcome_of(store().create(secret, three_keys(), is_test, cheap)), "ok");
    }
    [[nodiscard]] std::vector<std::uint8_t> bytes(std::string const& name = "keys") const {
        std::ifstream file{path(name), std::ios::binary};
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    /// Puts a file there by other means than a store's own.
    void put(std::vector<std::uint8_t> const& content, std::string const& name = "keys") const {
        std::filesystem::remove(path(name)); // a file cut to nothing would wait for the disk
        {
            std::ofstream file{path(name), std::ios::binary | std::ios::trunc};
            file.write(reinterpret_cast<char const*>(content.data()),
                       static_cast<std::streamsize>(content.size()));
        }
        EXPECT_EQ(::chmod(path(name).c_str(), 0600), 0);
    }
    [[nodiscard]] std::string opened(SealingSecret const& secret = words()) const {
        return outcome_of(store().open(secret));
    }

private:
    std::filesystem::path folder_{};
};

} // namespace keys::sealed::test
