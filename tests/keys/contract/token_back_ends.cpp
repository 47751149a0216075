#include "tests/keys/contract/back_ends.hpp"

#include "tests/keys/pkcs11/test_hsm.hpp"

namespace keys {
namespace {

using pkcs11::CardKeyExport;
using pkcs11::TestHsm;
using pkcs11::TokenFaultCode;
using pkcs11::TokenSettings;

class TokenUnderTest final : public KeyServiceUnderTest {
public:
    TokenUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys,
                   TokenSettings const& token, CardKeyExport card_keys)
        : group_{hsm_.group({token}, card_keys)} {
        std::vector<MasterSpec> fitting;
        for (MasterSpec const& spec : specs) {
            if (token.mechanisms.of(spec.kind) != nullptr) {
                fitting.push_back(spec);
                continue;
            }
            auto const refused = group_->take_in({masters_of({spec}), are_test_keys});
            EXPECT_EQ(refused.error().code, TokenFaultCode::mechanism_missing);
        }
        std::vector<MasterKey> const masters = masters_of(fitting);
        if (!masters.empty()) { // a key pair is made for each taking in
            EXPECT_TRUE(group_->take_in({masters, are_test_keys}).ok());
        }
        auto lease = group_->lease();
        EXPECT_TRUE(lease.ok());
        service_ = lease.value();
    }
    KeyService& service() override { return *service_; }

private:
    TestHsm hsm_{};
    std::unique_ptr<pkcs11::TokenGroup> group_;
    std::shared_ptr<KeyService> service_{};
};

std::unique_ptr<KeyServiceUnderTest> make_vendor_token(std::vector<MasterSpec> const& masters,
                                                       bool are_test_keys) {
    return std::make_unique<TokenUnderTest>(masters, are_test_keys, TestHsm::token(),
                                            CardKeyExport::allowed);
}

std::unique_ptr<KeyServiceUnderTest> make_softhsm(std::vector<MasterSpec> const& masters,
                                                  bool are_test_keys) {
    TokenSettings token = TestHsm::token();
    token.mechanisms.sm4.reset();
    return std::make_unique<TokenUnderTest>(masters, are_test_keys, token, CardKeyExport::refused);
}

/// No SM4 key gets in, and where a card's key would have to come out, it does not.
std::vector<Limit> limits_of_softhsm() {
    std::vector<Purpose> all = cipher_purposes();
    all.push_back(Purpose::key_size);
    return {{all, Algorithm::sm4, KeyFaultReason::key_missing},
            {{Purpose::card_id, Purpose::temporary_mk, Purpose::key_load, Purpose::pin_load},
             Algorithm::des3,
             KeyFaultReason::key_held_back}};
}

} // namespace

void add_tokens(std::vector<KeyServiceBackEnd>& back_ends) {
    back_ends.push_back({"pkcs11", make_vendor_token});
    back_ends.push_back({"softhsm", make_softhsm, limits_of_softhsm()});
}

} // namespace keys
