// The key seam over a token: what only a token can do.
#include "keys/software_key_service.hpp"

#include "tests/keys/pkcs11/test_hsm.hpp"
#include "tests/sanitized.hpp"

namespace keys::pkcs11 {
namespace {

constexpr Challenge process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
constexpr Challenge original{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

/// Everything that is asked of keys for a PIN reset, in its order. card.md §4.5.
bool resets_pin(KeyService& keys, CardIdentity const& card) {
    auto const proof = keys.external_authentication(card, {apdu::KeyName::puk}, process, original);
    auto const command = keys.pin_reset_command(card, process, Pin::from_digits("123456").value());
    return proof.ok() && command.ok();
}

/// A group with keys in its token and a job's service.
class TokenKeys : public testing::Test {
protected:
    TokenKeys() { EXPECT_TRUE(group_->take_in({masters_, true}).ok()); }
    std::shared_ptr<KeyService> lease() {
        auto lease = group_->lease();
        EXPECT_TRUE(lease.ok());
        return lease.ok() ? lease.value() : nullptr;
    }

    TestHsm hsm_{};
    std::vector<MasterKey> masters_ = hsm_masters();
    std::unique_ptr<TokenGroup> group_ = hsm_.group();
};

TEST_F(TokenKeys, APinResetTakesNoMoreCallsThanItsDerivationsAndOperations) {
    for (Algorithm const algorithm : {Algorithm::des3, Algorithm::sm4}) {
        auto const keys = lease();
        CardIdentity const card = sample_card(algorithm);
        hsm_.plan() = {};
        ASSERT_TRUE(resets_pin(*keys, card));
        // PUK: three levels, the session key, one encryption of two calls. STK: two levels, the
        // session key, two encryptions.
        EXPECT_EQ(hsm_.plan().calls, (3U + 1U + 2U) + (2U + 1U + 4U));
        hsm_.plan() = {};
        CardIdentity other = card;
        other.historical.back() ^= 1U;
        ASSERT_TRUE(resets_pin(*keys, other));
        // The keys of province and city are there already.
        EXPECT_EQ(hsm_.plan().calls, (1U + 1U + 2U) + (1U + 1U + 4U));
    }
}

TEST_F(TokenKeys, KeepNoMoreThanTheirNumberOfDerivedKeys) {
    auto const keys = lease();
    CardIdentity card = sample_card(Algorithm::des3);
    for (std::uint8_t i = 0; i < 4 * derived_keys_max; ++i) {
        card.historical.back() = i;
        ASSERT_TRUE(resets_pin(*keys, card));
    }
    hsm_.plan() = {};
    card.historical.back() = 0xF0;
    ASSERT_TRUE(resets_pin(*keys, card));
    // Four keys are made for a new card, and as many go.
    EXPECT_EQ(hsm_.plan().calls, 4U + 4U + 6U);
}

TEST_F(TokenKeys, StayInsideWhereTheyMayNotLeave) {
    auto const strict = hsm_.group({TestHsm::token()}, CardKeyExport::refused);
    group_.reset();
    auto const keys = strict->lease();
    ASSERT_TRUE(keys.ok());
    CardIdentity const card = sample_card(Algorithm::des3);
    std::array<std::uint8_t, 8> const header{};
    auto const held_back = [](auto const& result) {
        return !result.ok() && result.error().reason == KeyFaultReason::key_held_back;
    };
    KeyReference const mk{apdu::KeyName::mk_ssse};
    EXPECT_TRUE(held_back(keys.value()->temporary_mk_command(card, header)));
    EXPECT_TRUE(held_back(
        keys.value()->key_load_command(card, {{apdu::KeyName::uk_ssse}, mk, header, 0}, {})));
    EXPECT_TRUE(
        held_back(keys.value()->card_id_authentication(card, std::array<std::uint8_t, 12>{})));
    EXPECT_TRUE(resets_pin(*keys.value(), card));
}

TEST_F(TokenKeys, AreSensitiveNotExtractableAndForDerivingOnly) {
    auto const token = Token::open(
        TestHsm::token(),
        [this](auto const& use) {
            use(apdu::ByteView{reinterpret_cast<std::uint8_t const*>(hsm_.pin.data()),
                               hsm_.pin.size()});
            return true;
        },
        LoginBy::person);
    ASSERT_TRUE(token.ok());
    auto const session = token.value()->take();
    ASSERT_TRUE(session.ok());
    for (TokenKey const& key : token.value()->keys()->keys) {
        bool const is_transport_key = key.label.name == apdu::KeyName::transport_key;
        EXPECT_FALSE(key.may_leave);
        EXPECT_EQ(session.value().session->is_set(key.object, CKA_DERIVE), !is_transport_key);
        EXPECT_EQ(session.value().session->is_set(key.object, CKA_ENCRYPT), is_transport_key);
        EXPECT_FALSE(session.value().session->is_set(key.object, CKA_DECRYPT));
    }
    EXPECT_EQ(token.value()->keys()->keys.size(), masters_.size());
}

TEST_F(TokenKeys, HaveTheCheckValuesThatTheyCameWith) {
    openssl::EvpCipher cipher;
    auto const report = group_->report();
    ASSERT_EQ(report.keys.size(), masters_.size());
    for (auto const& [key, value] : report.keys) {
        for (MasterKey const& master : masters_) {
            if (master.name == key.label.name && master.secret.kind() == key.label.kind) {
                EXPECT_EQ(value, check_value_of(cipher, master.secret).value());
            }
        }
    }
}

TEST_F(TokenKeys, AreTakenInOnce) {
    EXPECT_EQ(group_->take_in({masters_, true}).error().code, TokenFaultCode::key_known);
    ASSERT_TRUE(group_->remove(apdu::KeyName::puk, Algorithm::des3, std::nullopt).ok());
    EXPECT_EQ(group_->remove(apdu::KeyName::puk, Algorithm::des3, std::nullopt).error().code,
              TokenFaultCode::key_unknown);
    EXPECT_FALSE(lease()->has(Algorithm::des3, {apdu::KeyName::puk}));
    EXPECT_TRUE(lease()->has(Algorithm::sm4, {apdu::KeyName::puk}));
}

TEST(TokenKeysWritten, AreAllThereOrNoneWhicheverCallFails) {
    TestHsm hsm;
    auto const group = hsm.group();
    std::vector<MasterKey> masters;
    for (apdu::KeyName const name : {apdu::KeyName::irk, apdu::KeyName::puk}) {
        masters.push_back({name, 1, Tier::city, CardKey{CipherKind::des3, Bytes(16, 0x5A)}});
    }
    bool has_gone_through = false;
    unsigned failures = 0;
    for (unsigned at = 1; !has_gone_through && at < 100; at += point_distance) {
        hsm.plan() = {};
        hsm.plan().fails_at = at;
        hsm.plan().fault = CKR_DEVICE_MEMORY;
        bool const written = group->take_in({masters, true}).ok();
        has_gone_through = written && hsm.plan().calls < at;
        failures += written ? 0 : 1;
        hsm.plan() = {};
        auto keys = group->lease();
        ASSERT_TRUE(keys.ok()) << at;
        bool const has_first = keys.value()->has(Algorithm::des3, {apdu::KeyName::irk});
        EXPECT_EQ(has_first, keys.value()->has(Algorithm::des3, {apdu::KeyName::puk})) << at;
        keys.value().reset();
        for (MasterKey const& key : masters) {
            EXPECT_EQ(group->remove(key.name, Algorithm::des3, key.version).ok(), has_first) << at;
        }
    }
    EXPECT_TRUE(has_gone_through);
    EXPECT_GT(failures, 10 / point_distance);
}

} // namespace
} // namespace keys::pkcs11
