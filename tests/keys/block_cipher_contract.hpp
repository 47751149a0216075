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

/// The third-party vectors of DES and 3DES, and the misuse, that every back end goes through.
class BlockCipherContract : public testing::TestWithParam<BlockCipherBackEnd> {
protected:
    BlockCipher& cipher() { return *cipher_; }

private:
    std::unique_ptr<BlockCipher> cipher_ = GetParam().make();
};

/// The same of SM4, for the back ends that have it.
class Sm4Contract : public BlockCipherContract {};

} // namespace keys
