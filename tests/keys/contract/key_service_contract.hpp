#pragma once

#include "keys/key_service.hpp"
#include "keys/master_key.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

namespace keys {

/// One master key that a key service under test is to hold.
struct MasterSpec {
    apdu::KeyName name;
    CipherKind kind;
    Bytes value;
    std::optional<std::uint8_t> version = std::nullopt;
    Tier tier = Tier::ministry;

    friend bool operator==(MasterSpec const&, MasterSpec const&) = default;
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

/// What a key service is asked for.
enum class Purpose : std::uint8_t {
    internal_answer,
    external_authentication,
    maced_command,
    pin_reset,
    card_id,
    transport_proof,
    temporary_mk,
    key_load,
    pin_load,
    mk_authentication,
    key_size,
};

/// Something that a back end cannot do with a key that it was given, and how it says so.
struct Limit {
    std::vector<Purpose> purposes;
    std::optional<Algorithm> algorithm; ///< nothing: for cards of any
    KeyFaultReason reason;
};

/// How many versions of one key a back end holds.
enum class VersionsHeld : std::uint8_t { every, one };

/// A back end of the key seam, as its tests name it and fill it with master keys.
struct KeyServiceBackEnd {
    std::string name;
    std::unique_ptr<KeyServiceUnderTest> (*make)(std::vector<MasterSpec> const& masters,
                                                 bool are_test_keys);
    std::vector<Limit> limits{};
    VersionsHeld versions = VersionsHeld::every;
};

/// All that a card's making takes, and a PIN's reset does not.
inline std::vector<Purpose> making_purposes() {
    using enum Purpose;
    return {card_id, transport_proof, temporary_mk, key_load, pin_load, mk_authentication};
}

/// All that takes a cipher.
inline std::vector<Purpose> cipher_purposes() {
    using enum Purpose;
    std::vector<Purpose> all = making_purposes();
    all.insert(all.end(), {internal_answer, external_authentication, maced_command, pin_reset});
    return all;
}

/// Those keys as a key service over ciphers takes them.
inline std::vector<MasterKey> masters_of(std::vector<MasterSpec> const& specs) {
    std::vector<MasterKey> masters;
    masters.reserve(specs.size());
    for (MasterSpec const& spec : specs) {
        masters.push_back({spec.name, spec.version, spec.tier, CardKey{spec.kind, spec.value}});
    }
    return masters;
}

/// All back ends of the key seam, each with what it cannot do. Those of tokens are there where
/// SoftHSM2 is, the firmware's where mbedTLS is.
[[nodiscard]] std::vector<KeyServiceBackEnd> every_back_end();

/// The vectors and the misuse that every back end of the key seam goes through.
class KeyServiceContract : public testing::TestWithParam<KeyServiceBackEnd> {
protected:
    /// A service with these keys: the last one where it has them, as tokens take their time.
    KeyService& hold(std::vector<MasterSpec> const& masters, bool are_test_keys = true) {
        if (!holder_ || masters != masters_ || are_test_keys != are_test_keys_) {
            holder_.reset(); // a back end may be there once only
            holder_ = GetParam().make(masters, are_test_keys);
            masters_ = masters;
            are_test_keys_ = are_test_keys;
        }
        return holder_->service();
    }

    /// How this back end refuses what others do; nothing where it does it too.
    static std::optional<KeyFaultReason> refusal(Purpose purpose, Algorithm algorithm) {
        for (Limit const& limit : GetParam().limits) {
            bool const is_limit = std::find(limit.purposes.begin(), limit.purposes.end(),
                                            purpose) != limit.purposes.end();
            if (is_limit && limit.algorithm.value_or(algorithm) == algorithm) {
                return limit.reason;
            }
        }
        return std::nullopt;
    }
    /// True where the key is there, as far as the back end can have it.
    static bool may_have(Purpose purpose, Algorithm algorithm) {
        return refusal(purpose, algorithm) != KeyFaultReason::key_missing;
    }
    static bool holds_every_version() { return GetParam().versions == VersionsHeld::every; }

    /// True for an answer. What this back end cannot do must come out as its refusal, for the
    /// card's algorithm: then, and where anything else is wrong, false.
    template <typename T>
    static bool is_done(Purpose purpose, Algorithm algorithm, KeyResult<T> const& result) {
        auto const refused = refusal(purpose, algorithm);
        EXPECT_EQ(result.ok(), !refused.has_value());
        if (!result.ok()) {
            EXPECT_EQ(result.error().reason, refused.value_or(result.error().reason));
            EXPECT_EQ(result.error().algorithm, algorithm);
        }
        return result.ok() && !refused;
    }

private:
    std::unique_ptr<KeyServiceUnderTest> holder_{};
    std::vector<MasterSpec> masters_{};
    bool are_test_keys_ = true;
};

} // namespace keys
