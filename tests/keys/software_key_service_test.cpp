#include "keys/software_key_service.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include "tests/keys/contract/key_service_contract.hpp"
#include "tests/keys/failing_cipher.hpp"

namespace keys {
namespace {

/// Asks until the back end no longer fails; every failure must come out as such.
template <typename Ask>
void expect_failures_to_come_out(std::vector<MasterSpec> const& specs, Ask ask) {
    openssl::EvpCipher cipher;
    std::vector<MasterKey> const masters = masters_of(specs);
    constexpr unsigned requests_max = 20;
    for (unsigned works = 0; works < requests_max; ++works) {
        FailingCipher failing{cipher, works};
        SoftwareKeyService service{failing, {masters, true}};
        auto const result = ask(service);
        ASSERT_EQ(result.ok(), !failing.has_failed()) << works;
        if (result.ok()) {
            EXPECT_GT(works, 3U);
            return;
        }
        EXPECT_EQ(result.error().reason, KeyFaultReason::back_end_failed);
    }
    FAIL() << "never done";
}

TEST(SoftwareKeyService, SaysSoWhereverItsCipherFails) {
    using apdu::KeyName;
    CardIdentity const card = sample_card(Algorithm::sm4);
    Bytes const value = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    expect_failures_to_come_out({{KeyName::irk, CipherKind::sm4, value}}, [&](KeyService& service) {
        return service.internal_answer(card, 1, {}, {});
    });
    expect_failures_to_come_out(
        {{KeyName::stk_ssse, CipherKind::sm4, value}}, [&](KeyService& service) {
            return service.pin_reset_command(card, {}, Pin::from_digits("1234").value());
        });
    expect_failures_to_come_out(
        {{KeyName::uk_ssse, CipherKind::sm4, value}, {KeyName::mk_ssse, CipherKind::sm4, value}},
        [&](KeyService& service) {
            KeyLoad const load{{KeyName::uk_ssse}, {KeyName::mk_ssse}, {}, 0x00};
            return service.key_load_command(card, load, {});
        });
}

/// A back end without any cipher.
class NoCipher final : public BlockCipher {
public:
    CipherResult<apdu::Done> encrypt(CardKey const& /*key*/, apdu::ByteSpan /*blocks*/) override {
        return CipherError::unsupported;
    }
    CipherResult<apdu::Done> decrypt(CardKey const& /*key*/, apdu::ByteSpan /*blocks*/) override {
        return CipherError::unsupported;
    }
    CipherResult<apdu::Done> chain(CardKey const& /*key*/, apdu::ByteSpan /*state*/,
                                   apdu::ByteView /*blocks*/) override {
        return CipherError::unsupported;
    }
};

TEST(SoftwareKeyService, SaysThatTheBackEndHasNotTheCardsCipher) {
    NoCipher cipher;
    std::vector<MasterKey> const masters =
        masters_of({{apdu::KeyName::irk, CipherKind::sm4, Bytes(16, 0x5A)}});
    SoftwareKeyService service{cipher, {masters, true}};
    auto const answer = service.internal_answer(sample_card(Algorithm::sm4), 1, {}, {});
    ASSERT_FALSE(answer.ok());
    EXPECT_EQ(answer.error().reason, KeyFaultReason::algorithm_unsupported);
}

} // namespace
} // namespace keys
