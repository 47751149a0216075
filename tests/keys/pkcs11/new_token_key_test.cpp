// Master keys that a token makes for itself.
#include "tests/keys/pkcs11/test_hsm.hpp"
#include "tests/sanitized.hpp"

#include <gtest/gtest.h>

namespace keys::pkcs11 {
namespace {

using apdu::KeyName;

KeyLabel label(KeyName name = KeyName::irk, CipherKind kind = CipherKind::des3,
               std::optional<std::uint8_t> version = 2) {
    return {name, version, Tier::city, kind, true};
}

class AGeneratedKey : public testing::Test {
protected:
    /// That code, or "ok".
    template <typename T>
    static std::string code_of(TokenResult<T> const& result) {
        return result.ok() ? "ok" : std::string{to_text(result.error().code)};
    }
    std::string make(KeyLabel const& key = label()) { return code_of(group_->generate(key)); }
    std::string make_and_keep(KeyLabel const& key = label()) {
        std::string const made = make(key);
        return made == "ok" ? code_of(group_->keep_generated()) : made;
    }
    [[nodiscard]] std::size_t keys() { return group_->report().keys.size(); }

    TestHsm hsm_{{"office", "spare"}};
    std::unique_ptr<TokenGroup> group_ = hsm_.group();
};

TEST_F(AGeneratedKey, ServesOnceItIsKeptWithTheCheckValueThatWasTold) {
    for (CipherKind const kind : {CipherKind::des3, CipherKind::sm4}) {
        auto const made = group_->generate(label(KeyName::irk, kind));
        ASSERT_TRUE(made.ok());
        EXPECT_EQ(made.value().token, "office");
        Algorithm const algorithm = card_algorithm(kind);
        EXPECT_FALSE(group_->lease().value()->has(algorithm, {KeyName::irk, 2}));
        ASSERT_TRUE(group_->keep_generated().ok());
        auto const lease = group_->lease().value();
        EXPECT_TRUE(lease->has(algorithm, {KeyName::irk, 2}));
        EXPECT_TRUE(lease->internal_answer(sample_card(algorithm), 2, {}, {}).ok());
        auto const told = group_->report().keys.back();
        EXPECT_EQ(told.first.label, label(KeyName::irk, kind));
        EXPECT_EQ(told.second, made.value().check_value);
    }
}

TEST_F(AGeneratedKey, IsSensitiveNeverExtractableAndForDerivingOnly) {
    ASSERT_EQ(make_and_keep(label(KeyName::puk)), "ok");
    ASSERT_EQ(make_and_keep(label(KeyName::transport_key)), "ok");
    auto const token = Token::open(
        TestHsm::token(),
        [this](auto const& use) {
            use(apdu::ByteView{reinterpret_cast<std::uint8_t const*>(hsm_.pin.data()),
                               hsm_.pin.size()});
            return true;
        },
        LoginBy::person);
    ASSERT_TRUE(token.ok());
    auto const taken = token.value()->take();
    ASSERT_TRUE(taken.ok());
    TokenSession& session = *taken.value().session;
    ASSERT_EQ(token.value()->keys()->keys.size(), 2U);
    for (TokenKey const& key : token.value()->keys()->keys) {
        bool const is_transport_key = key.label.name == KeyName::transport_key;
        EXPECT_FALSE(key.may_leave);
        EXPECT_TRUE(session.is_set(key.object, CKA_NEVER_EXTRACTABLE));
        EXPECT_TRUE(session.is_set(key.object, CKA_ALWAYS_SENSITIVE));
        EXPECT_TRUE(session.is_set(key.object, CKA_PRIVATE));
        EXPECT_EQ(session.is_set(key.object, CKA_DERIVE), !is_transport_key);
        EXPECT_EQ(session.is_set(key.object, CKA_ENCRYPT), is_transport_key);
        EXPECT_FALSE(session.is_set(key.object, CKA_DECRYPT));
        EXPECT_FALSE(session.attribute(key.object, CKA_VALUE, key_size_max).ok());
    }
}

TEST_F(AGeneratedKey, ThatNobodyKeepsIsNowhere) {
    ASSERT_EQ(make(), "ok");
    group_->drop_generated();
    EXPECT_EQ(code_of(group_->keep_generated()), "key_unknown");
    ASSERT_EQ(make(), "ok");
    group_->log_out();
    ASSERT_TRUE(group_->log_in().ok());
    EXPECT_EQ(code_of(group_->keep_generated()), "key_unknown");
    EXPECT_EQ(keys(), 0U);
}

TEST_F(AGeneratedKey, IsOneOfItsNameAndVersion) {
    ASSERT_EQ(make_and_keep(), "ok");
    EXPECT_EQ(make(), "key_known");
    EXPECT_EQ(make_and_keep(label(KeyName::irk, CipherKind::des3, 3)), "ok");
    ASSERT_EQ(make(label(KeyName::bk)), "ok");
    std::vector<MasterKey> imported;
    imported.push_back({KeyName::bk, 2, Tier::city, CardKey{CipherKind::des3, Bytes(16, 0x5A)}});
    ASSERT_TRUE(group_->take_in({imported, true}).ok()); // meanwhile
    EXPECT_EQ(code_of(group_->keep_generated()), "key_known");
    ASSERT_TRUE(group_->remove(KeyName::irk, Algorithm::des3, 2).ok());
    EXPECT_EQ(keys(), 2U);
}

TEST_F(AGeneratedKey, IsMadeOnlyWhereTheTokenHasTheMechanism) {
    EXPECT_EQ(make(label(KeyName::stk_ssse, CipherKind::des)), "mechanism_missing")
        << "its halves would differ";
    TokenSettings token = TestHsm::token();
    token.mechanisms.sm4->generate.reset();
    group_ = hsm_.group({token});
    EXPECT_EQ(make(label(KeyName::irk, CipherKind::sm4)), "mechanism_missing");
    token.mechanisms.sm4.reset();
    group_ = hsm_.group({token});
    EXPECT_EQ(make(label(KeyName::irk, CipherKind::sm4)), "mechanism_missing");
    EXPECT_EQ(make(), "ok");
}

TEST_F(AGeneratedKey, IsInOneTokenAndTheSparesLackOfItIsTold) {
    group_ = hsm_.group({TestHsm::token("office"), TestHsm::token("spare")});
    auto const made = group_->generate(label());
    ASSERT_TRUE(made.ok());
    EXPECT_EQ(made.value().without, std::vector<std::string>{"spare"});
    ASSERT_TRUE(group_->keep_generated().ok());
    auto const report = group_->report();
    EXPECT_TRUE(report.tokens[0].missing.empty());
    EXPECT_EQ(report.tokens[1].missing, std::vector<KeyLabel>{label()});
    auto const named = group_->generate(label(KeyName::bk), "spare");
    ASSERT_TRUE(named.ok());
    EXPECT_EQ(named.value().token, "spare");
    EXPECT_EQ(code_of(group_->generate(label(KeyName::puk), "third")), "token_missing");
    ASSERT_TRUE(group_->remove(KeyName::irk, Algorithm::des3, 2).ok()); // where it is
    EXPECT_EQ(keys(), 0U);
}

TEST_F(AGeneratedKey, IsWholeOrNotThereWhicheverCallFails) {
    for (CK_RV const fault : {CKR_DEVICE_MEMORY, CKR_DEVICE_REMOVED}) {
        bool has_gone_through = false;
        unsigned failures = 0;
        for (unsigned at = 1; !has_gone_through && at < 100; at += point_distance) {
            hsm_.plan() = {};
            hsm_.plan().fails_at = at;
            hsm_.plan().fault = fault;
            bool const is_kept = make_and_keep() == "ok";
            has_gone_through = is_kept && hsm_.plan().calls < at;
            failures += is_kept ? 0 : 1;
            hsm_.plan() = {};
            group_->drop_generated();
            bool const is_there = keys() == 1;
            EXPECT_TRUE(is_there || !is_kept) << at;
            if (is_there) { // also where only what came after it failed
                EXPECT_TRUE(group_->lease()
                                .value()
                                ->internal_answer(sample_card(Algorithm::des3), 2, {}, {})
                                .ok());
                EXPECT_TRUE(group_->remove(KeyName::irk, Algorithm::des3, 2).ok()) << at;
            }
            EXPECT_EQ(keys(), 0U) << at;
        }
        EXPECT_TRUE(has_gone_through);
        EXPECT_GT(failures, 5 / point_distance);
    }
}

} // namespace
} // namespace keys::pkcs11
