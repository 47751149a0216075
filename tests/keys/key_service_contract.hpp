#pragma once

#include "keys/key_service.hpp"
#include "keys/master_key.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace keys {

/// One master key that a key service under test is to hold.
struct MasterSpec {
    apdu::KeyName name;
    CipherKind kind;
    Bytes value;
    std::optional<std::uint8_t> version = std::nullopt;
    Tier tier = Tier::ministry;
};

/// A key service with all that it needs to live.
class KeyServiceUnderTest {
public:
    KeyServiceUnderTest() = default;
    KeyServiceUnderTest(KeyServiceUnderTest const&) = delete;
    KeyServiceUnderTest& operator=(KeyServiceUnderTest const&) = delete;
    virtual ~KeyServiceUnderTest() = default;
    [[nodiscard]] virtual KeyService& service() = 0;
};

/// A back end of the key seam, as its tests name it and fill it with master keys.
struct KeyServiceBackEnd {
    std::string name;
    std::unique_ptr<KeyServiceUnderTest> (*make)(std::vector<MasterSpec> const& masters,
                                                 bool are_test_keys);
};

/// The vectors and the misuse that every back end of the key seam goes through.
class KeyServiceContract : public testing::TestWithParam<KeyServiceBackEnd> {
protected:
    /// Replaces the service by one with these keys.
    KeyService& hold(std::vector<MasterSpec> const& masters, bool are_test_keys = true) {
        holder_.reset(); // a back end may be there once only
        holder_ = GetParam().make(masters, are_test_keys);
        return holder_->service();
    }

private:
    std::unique_ptr<KeyServiceUnderTest> holder_;
};

} // namespace keys
