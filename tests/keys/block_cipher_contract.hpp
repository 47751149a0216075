#pragma once

#include "keys/block_cipher.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace keys {

/// A back end of block ciphers, as its tests name and make it.
struct BlockCipherBackEnd {
    std::string name;
    std::unique_ptr<BlockCipher> (*make)();
};

/// The third-party vectors and the misuse that every block cipher back end goes through.
class BlockCipherContract : public testing::TestWithParam<BlockCipherBackEnd> {
protected:
    BlockCipher& cipher() { return *cipher_; }

private:
    std::unique_ptr<BlockCipher> cipher_ = GetParam().make();
};

} // namespace keys
