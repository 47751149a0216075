#pragma once

#include "keys/openssl/evp_cipher.hpp"
#include "keys/pkcs11/token_group.hpp"

#include "tests/keys/pkcs11/vendor_module.hpp"
#include "tests/keys/vectors.hpp"

#include <filesystem>

namespace keys::pkcs11 {

inline constexpr std::string_view hsm_pin = "481516";
inline constexpr std::string_view hsm_officer_pin = "23421108";

/// An HSM with fresh tokens in a directory of its own: the vendor's module for tests, over
/// SoftHSM2. One at a time in a process.
class TestHsm {
public:
    explicit TestHsm(std::vector<std::string> const& labels = {"office"});
    TestHsm(TestHsm const&) = delete;
    TestHsm& operator=(TestHsm const&) = delete;
    ~TestHsm();

    /// What the module is to do; counts anew.
    VendorModulePlan& plan();
    /// That token as sscard is configured for it, with the vendor's SM4.
    [[nodiscard]] static TokenSettings token(std::string label = "office");
    /// The tokens are gone, as if pulled, until put_back(); seen after the module began anew.
    void take_away() const;
    void put_back() const;

    /// What was told of tokens, as "office: lost", "office: well".
    std::vector<std::string> told{};
    /// The PIN that is given; empty: none.
    std::string pin{hsm_pin};

    /// A group over those tokens.
    [[nodiscard]] std::unique_ptr<TokenGroup>
    group(std::vector<TokenSettings> tokens = {token()},
          CardKeyExport card_keys = CardKeyExport::allowed);

private:
    std::filesystem::path directory_;
    void* module_ = nullptr;
};

/// Master keys of every kind and tier, marked as test keys.
[[nodiscard]] std::vector<MasterKey> hsm_masters();

} // namespace keys::pkcs11
