#include "tests/keys/contract/back_ends.hpp"

#include "host/virtual/psam_making.hpp"

#include "keys/fallback_key_service.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/psam/psam_key_service.hpp"
#include "keys/software_key_service.hpp"

namespace keys {
namespace {

/// The virtual PSAM as a reader has it.
class PsamInSlot final : public apdu::CardConnection {
public:
    explicit PsamInSlot(virtual_card::Psam& psam) : psam_{psam} { psam_.reset(); }
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        Bytes const answer = psam_.exchange(command);
        apdu::copy_bytes(answer, response);
        return answer.size();
    }
    apdu::Result<apdu::Done> reset() override {
        psam_.reset();
        return apdu::Done{};
    }
    [[nodiscard]] apdu::ByteView atr() const override { return psam_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

private:
    virtual_card::Psam& psam_;
};

/// The office's STKSSSE enciphers too; by the standard's usage byte it only makes MACs, and no PIN
/// is reset. card.md §3.2.
constexpr std::array<psam::PsamKeyPlace, 1> stk_that_enciphers{
    {{apdu::KeyName::stk_ssse, {0x28, 0x09}}}};

/// A PSAM with city keys of the worked vectors' region, both environments, and those keys. It has
/// one version of each: the highest that is asked for.
virtual_card::PsamMemory psam_memory(std::vector<MasterSpec> specs) {
    virtual_card::PsamPlan plan;
    plan.enciphering_keys = {apdu::KeyName::stk_ssse};
    for (MasterSpec const& spec : specs) {
        plan.key_version = std::max(plan.key_version, spec.version.value_or(1));
    }
    // No PSAM is made without a key; the contract asks for none of this name.
    specs.push_back({apdu::KeyName::rk1_df04, CipherKind::des3, Bytes(16, 0x5A)});
    std::vector<MasterKey> const masters = masters_of(specs);
    return virtual_card::make_psam(plan, {masters, true}).value();
}

class PsamUnderTest final : public KeyServiceUnderTest {
public:
    PsamUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys)
        : psam_{psam_memory(specs), cipher_, 1}, service_{card_, settings(are_test_keys)} {}
    KeyService& service() override { return service_; }

private:
    static psam::PsamSettings settings(bool are_test_keys) {
        psam::PsamSettings settings;
        settings.exceptions = stk_that_enciphers;
        settings.holds_test_keys = are_test_keys;
        return settings;
    }

    openssl::EvpCipher cipher_{};
    virtual_card::Psam psam_;
    PsamInSlot slot_{psam_};
    psam::PsamCard card_{slot_};
    psam::PsamKeyService service_;
};

/// A PSAM that is asked first, and the same keys in memory behind it.
class FallbackUnderTest final : public KeyServiceUnderTest, private FallbackListener {
public:
    FallbackUnderTest(std::vector<MasterSpec> const& specs, bool are_test_keys)
        : psam_{specs, are_test_keys}, masters_{masters_of(specs)}, behind_{cipher_,
                                                                            {masters_,
                                                                             are_test_keys}} {}
    KeyService& service() override { return service_; }

private:
    void fell_back(FallbackReason /*reason*/, KeyFault const& fault) override {
        EXPECT_TRUE(fallback_reason(fault).has_value());
    }

    PsamUnderTest psam_;
    openssl::EvpCipher cipher_{};
    std::vector<MasterKey> masters_;
    SoftwareKeyService behind_;
    FallbackKeyService service_{psam_.service(), behind_, *this};
};

template <typename UnderTest>
std::unique_ptr<KeyServiceUnderTest> make_psam(std::vector<MasterSpec> const& masters,
                                               bool are_test_keys) {
    return std::make_unique<UnderTest>(masters, are_test_keys);
}

/// A PSAM makes no cards, and does not tell a key's size.
std::vector<Limit> limits_of_psam() {
    std::vector<Purpose> refused = making_purposes();
    refused.push_back(Purpose::key_size);
    return {{refused, std::nullopt, KeyFaultReason::key_missing}};
}

} // namespace

void add_psams(std::vector<KeyServiceBackEnd>& back_ends) {
    back_ends.push_back({"psam", make_psam<PsamUnderTest>, limits_of_psam(), VersionsHeld::one});
    back_ends.push_back({"fallback", make_psam<FallbackUnderTest>});
}

} // namespace keys
