#pragma once

#include "tests/keys/vectors.hpp"

#include "keys/aes_key.hpp"

namespace keys {

/// The AES key of these bytes; throws where AES has none of that size.
inline AesKey aes_key_of(Bytes const& bytes) {
    auto const size = aes_size_of(bytes.size());
    if (!size) {
        throw std::invalid_argument{"no AES key"};
    }
    return AesKey{*size, bytes};
}

/// An entry that is an AES key.
inline AesKey aes_key_at(apdu::TestVector const& vector, std::string const& key) {
    return aes_key_of(bytes_at(vector, key));
}

} // namespace keys
