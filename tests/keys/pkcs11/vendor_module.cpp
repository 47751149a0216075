// A vendor's PKCS #11 module for tests: SoftHSM2, with SM4 under the vendor's numbers and with
// faults as a test plans them.
#include "tests/keys/pkcs11/vendor_module.hpp"

#include "tests/keys/pkcs11/vendor_sm4.hpp"

#include <dlfcn.h>

namespace {

VendorModulePlan plan;
CK_FUNCTION_LIST* real = nullptr;
CK_FUNCTION_LIST functions;

/// CKR_OK, or what the plan says to this call.
CK_RV planned() {
    ++plan.calls;
    bool const fails = plan.fails_at != 0 && (plan.calls == plan.fails_at ||
                                              (plan.for_good && plan.calls > plan.fails_at));
    return fails ? plan.fault : CKR_OK;
}

/// A function of the real module, after the plan is asked.
template <auto member>
struct Planned;
template <typename... Arguments, CK_RV (*CK_FUNCTION_LIST::*member)(Arguments...)>
struct Planned<member> {
    static CK_RV call(Arguments... arguments) {
        CK_RV const value = planned();
        return value == CKR_OK ? (real->*member)(arguments...) : value;
    }
};

CK_RV log_in(CK_SESSION_HANDLE session, CK_USER_TYPE user, CK_UTF8CHAR* pin, CK_ULONG size) {
    ++plan.logins;
    CK_RV const value = planned();
    return value == CKR_OK ? real->C_Login(session, user, pin, size) : value;
}

/// A function that knows SM4 keys, before the real module is asked.
template <auto sm4, auto member>
struct WithSm4;
template <typename... Arguments, std::optional<CK_RV> (*sm4)(CK_FUNCTION_LIST&, Arguments...),
          CK_RV (*CK_FUNCTION_LIST::*member)(Arguments...)>
struct WithSm4<sm4, member> {
    static CK_RV call(Arguments... arguments) {
        if (CK_RV const value = planned(); value != CKR_OK) {
            return value;
        }
        auto const value = sm4(*real, arguments...);
        return value ? *value : (real->*member)(arguments...);
    }
};

bool load() {
    void* const library = ::dlopen(SSCARD_SOFTHSM2, RTLD_NOW | RTLD_LOCAL);
    auto const get =
        library == nullptr
            ? nullptr
            : reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    return get != nullptr && get(&real) == CKR_OK;
}

void plan_functions() {
    functions = *real;
    using List = CK_FUNCTION_LIST;
    functions.C_Initialize = Planned<&List::C_Initialize>::call;
    functions.C_GetSlotList = Planned<&List::C_GetSlotList>::call;
    functions.C_GetTokenInfo = Planned<&List::C_GetTokenInfo>::call;
    functions.C_OpenSession = Planned<&List::C_OpenSession>::call;
    functions.C_Login = log_in;
    functions.C_FindObjectsInit = WithSm4<vendor::find_sm4, &List::C_FindObjectsInit>::call;
    functions.C_FindObjects = WithSm4<vendor::give_sm4, &List::C_FindObjects>::call;
    functions.C_FindObjectsFinal = Planned<&List::C_FindObjectsFinal>::call;
    functions.C_GetAttributeValue = WithSm4<vendor::tell_sm4, &List::C_GetAttributeValue>::call;
    functions.C_GenerateKeyPair = Planned<&List::C_GenerateKeyPair>::call;
    functions.C_GenerateKey = WithSm4<vendor::generate_sm4, &List::C_GenerateKey>::call;
    functions.C_CopyObject = WithSm4<vendor::copy_sm4, &List::C_CopyObject>::call;
    functions.C_EncryptInit = WithSm4<vendor::begin_sm4, &List::C_EncryptInit>::call;
    functions.C_Encrypt = WithSm4<vendor::encrypt_sm4, &List::C_Encrypt>::call;
    functions.C_UnwrapKey = WithSm4<vendor::unwrap_sm4, &List::C_UnwrapKey>::call;
    functions.C_DeriveKey = WithSm4<vendor::derive_sm4, &List::C_DeriveKey>::call;
    functions.C_DestroyObject = WithSm4<vendor::destroy_sm4, &List::C_DestroyObject>::call;
}

} // namespace

extern "C" {

CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    if (real == nullptr && !load()) {
        return CKR_GENERAL_ERROR;
    }
    plan_functions();
    *list = &functions;
    return CKR_OK;
}

VendorModulePlan* vendor_module_plan() { return &plan; }
}
