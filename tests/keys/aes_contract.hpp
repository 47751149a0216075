#pragma once

#include "keys/aes_cipher.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>

namespace keys {

/// A back end of AES, as its tests name and make it.
struct AesBackEnd {
    std::string name;
    std::unique_ptr<AesCipher> (*make)();
};

/// The third-party vectors and the misuse that every AES back end goes through, and all that is
/// built on AES: DUKPT, PIN blocks, key blocks.
class AesContract : public testing::TestWithParam<AesBackEnd> {
protected:
    AesCipher& cipher() { return *cipher_; }

private:
    std::unique_ptr<AesCipher> cipher_ = GetParam().make();
};

} // namespace keys
