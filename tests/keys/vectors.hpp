#pragma once

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/vector_file.hpp"

#include "keys/card_identity.hpp"
#include "keys/card_key.hpp"

#include <stdexcept>

namespace keys {

using Bytes = std::vector<std::uint8_t>;

/// The bytes of an entry of a vector; "-" stands for none.
inline Bytes bytes_at(apdu::TestVector const& vector, std::string const& key) {
    std::string const& text = vector.at(key);
    return text == "-" ? Bytes{} : apdu::bytes(text);
}

/// Exactly that many bytes; throws where there are more or fewer.
template <std::size_t size>
std::array<std::uint8_t, size> array_of(apdu::ByteView bytes) {
    if (bytes.size() != size) {
        throw std::invalid_argument{"another number of bytes"};
    }
    std::array<std::uint8_t, size> array{};
    apdu::copy_bytes(bytes, array);
    return array;
}

/// An entry of exactly that many bytes.
template <std::size_t size>
std::array<std::uint8_t, size> array_at(apdu::TestVector const& vector, std::string const& key) {
    return array_of<size>(bytes_at(vector, key));
}

/// "des", "des3", "sm4".
inline CipherKind kind_from_text(std::string const& text) {
    if (text == "des") {
        return CipherKind::des;
    }
    if (text == "des3") {
        return CipherKind::des3;
    }
    if (text == "sm4") {
        return CipherKind::sm4;
    }
    throw std::invalid_argument{text};
}

/// The entries "Kind" and "Key".
inline CardKey key_of(apdu::TestVector const& vector) {
    return CardKey{kind_from_text(vector.at("Kind")), bytes_at(vector, "Key")};
}

/// The vectors of a file that ask for that operation; throws where there are none.
inline std::vector<apdu::TestVector> vectors_of(std::string const& file,
                                                std::string const& operation) {
    std::vector<apdu::TestVector> wanted;
    for (apdu::TestVector const& vector : apdu::read_vectors(file)) {
        if (vector.at("Operation") == operation) {
            wanted.push_back(vector);
        }
    }
    if (wanted.empty()) {
        throw std::invalid_argument{operation};
    }
    return wanted;
}

/// The card that the worked vectors are about: card.md §1.3, §3.4.
inline CardIdentity sample_card(Algorithm algorithm) {
    return {algorithm,
            {0x63, 0x99, 0x00},
            {0x00, 0x81, 0x4E, 0x43, 0x23, 0x86, 0x97, 0x15, 0x99, 0x00, 0xBF, 0x7C, 0x7A}};
}

} // namespace keys
