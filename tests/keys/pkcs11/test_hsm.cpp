#include "tests/keys/pkcs11/test_hsm.hpp"

#include <dlfcn.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

namespace keys::pkcs11 {
namespace {

void expect_ok(CK_RV value, char const* what) {
    if (value != CKR_OK) {
        throw std::runtime_error{what + std::string{": "} + name_of(value)};
    }
}

CK_UTF8CHAR* text(std::string_view of) {
    return reinterpret_cast<CK_UTF8CHAR*>(const_cast<char*>(of.data()));
}

/// The slot whose token is not made yet: SoftHSM has one each time that its module begins.
CK_SLOT_ID free_slot(CK_FUNCTION_LIST const& functions) {
    std::array<CK_SLOT_ID, 16> slots{};
    CK_ULONG count = slots.size();
    expect_ok(functions.C_GetSlotList(CK_FALSE, slots.data(), &count), "C_GetSlotList");
    for (CK_SLOT_ID const slot : std::span{slots}.first(count)) {
        CK_TOKEN_INFO token{};
        expect_ok(functions.C_GetTokenInfo(slot, &token), "C_GetTokenInfo");
        if ((token.flags & CKF_TOKEN_INITIALIZED) == 0) {
            return slot;
        }
    }
    throw std::runtime_error{"no slot is free"};
}

/// Makes a token, as softhsm2-util --init-token does.
void make_token(std::string const& label) {
    auto const module = Module::load(SSCARD_VENDOR_MODULE);
    CK_FUNCTION_LIST const& functions = module.value()->functions();
    CK_SLOT_ID const slot = free_slot(functions);
    std::string padded = label;
    padded.resize(32, ' ');
    expect_ok(
        functions.C_InitToken(slot, text(hsm_officer_pin), hsm_officer_pin.size(), text(padded)),
        "C_InitToken");
    CK_SESSION_HANDLE session = 0;
    expect_ok(functions.C_OpenSession(slot, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr,
                                      &session),
              "C_OpenSession");
    expect_ok(functions.C_Login(session, CKU_SO, text(hsm_officer_pin), hsm_officer_pin.size()),
              "C_Login");
    expect_ok(functions.C_InitPIN(session, text(hsm_pin), hsm_pin.size()), "C_InitPIN");
    expect_ok(functions.C_CloseSession(session), "C_CloseSession");
}

} // namespace

TestHsm::TestHsm(std::vector<std::string> const& labels) {
    std::string pattern = std::filesystem::temp_directory_path() / "sscard-hsm-XXXXXX";
    directory_ = ::mkdtemp(pattern.data());
    std::filesystem::create_directory(directory_ / "tokens");
    std::ofstream{directory_ / "softhsm2.conf"}
        << "directories.tokendir = " << (directory_ / "tokens").string()
        << "\nobjectstore.backend = file\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (directory_ / "softhsm2.conf").c_str(), 1);
    module_ = ::dlopen(SSCARD_VENDOR_MODULE, RTLD_NOW | RTLD_LOCAL);
    if (module_ == nullptr) {
        throw std::runtime_error{::dlerror()};
    }
    for (std::string const& label : labels) {
        make_token(label);
    }
    plan() = {};
}

TestHsm::~TestHsm() {
    std::error_code ignored;
    std::filesystem::remove_all(directory_, ignored);
    ::dlclose(module_);
}

VendorModulePlan& TestHsm::plan() {
    auto const get =
        reinterpret_cast<VendorModulePlanFunction>(::dlsym(module_, "vendor_module_plan"));
    return *get();
}

TokenSettings TestHsm::token(std::string label) {
    return {SSCARD_VENDOR_MODULE,
            std::move(label),
            {des3_mechanisms, CipherMechanisms{vendor_sm4_key, vendor_sm4_blocks, vendor_sm4_chain,
                                               vendor_sm4_derive, vendor_sm4_generate}}};
}

void TestHsm::take_away() const {
    std::filesystem::rename(directory_ / "tokens", directory_ / "away");
    std::filesystem::create_directory(directory_ / "tokens");
}

void TestHsm::put_back() const {
    std::filesystem::remove_all(directory_ / "tokens");
    std::filesystem::rename(directory_ / "away", directory_ / "tokens");
}

std::unique_ptr<TokenGroup> TestHsm::group(std::vector<TokenSettings> tokens,
                                           CardKeyExport card_keys) {
    GroupSettings settings;
    settings.tokens = std::move(tokens);
    settings.card_keys = card_keys;
    settings.jobs_max = 2;
    settings.waiting_max = 1;
    settings.wait_max = std::chrono::milliseconds{50};
    settings.retry_after = std::chrono::milliseconds{0};
    return std::make_unique<TokenGroup>(
        std::move(settings),
        [this](std::function<void(apdu::ByteView)> const& use) {
            if (!pin.empty()) {
                use(apdu::ByteView{reinterpret_cast<std::uint8_t const*>(pin.data()), pin.size()});
            }
            return !pin.empty();
        },
        [] { return std::make_unique<openssl::EvpCipher>(); },
        [this](std::string const& label, std::optional<TokenFault> const& fault) {
            told.push_back(label + ": " + (fault ? std::string{to_text(fault->code)} : "well"));
        });
}

std::vector<MasterKey> hsm_masters() {
    using apdu::KeyName;
    Bytes const value = apdu::bytes("00112233445566778899AABBCCDDEEFF");
    Bytes const single = apdu::bytes("0123456789ABCDEF");
    std::vector<MasterKey> masters;
    for (CipherKind const kind : {CipherKind::des3, CipherKind::sm4}) {
        for (KeyName const name :
             {KeyName::irk, KeyName::puk, KeyName::uk_ssse, KeyName::rk_ssse, KeyName::mk_ssse,
              KeyName::temporary_mk, KeyName::transport_key}) {
            masters.push_back({name, std::nullopt, Tier::ministry, CardKey{kind, value}});
        }
    }
    masters.push_back(
        {KeyName::stk_ssse, std::nullopt, Tier::province, CardKey{CipherKind::des, single}});
    masters.push_back(
        {KeyName::stk_ssse, std::nullopt, Tier::province, CardKey{CipherKind::sm4, value}});
    return masters;
}

} // namespace keys::pkcs11
