#include "keys/pkcs11/module.hpp"

#include <dlfcn.h>

#include <map>
#include <mutex>

namespace keys::pkcs11 {
namespace {

/// The modules of this process; an end and a new beginning never overlap under its mutex.
struct LoadedModules {
    std::mutex mutex{};
    std::map<std::string, std::weak_ptr<Module>> by_path{};
};

LoadedModules& loaded_modules() {
    static LoadedModules modules;
    return modules;
}

std::string loader_words() {
    char const* const words = ::dlerror();
    return words == nullptr ? std::string{} : std::string{words};
}

} // namespace

Module::~Module() {
    if (is_ours_) {
        functions_->C_Finalize(nullptr);
    }
    ::dlclose(library_);
}

TokenResult<std::shared_ptr<Module>> Module::load_first(std::string const& path) {
    void* const library = ::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        return TokenFault{TokenFaultCode::module_missing, loader_words()};
    }
    auto const get_functions =
        reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (get_functions == nullptr || get_functions(&functions) != CKR_OK || functions == nullptr) {
        ::dlclose(library);
        return TokenFault{TokenFaultCode::module_missing, path + ": C_GetFunctionList"};
    }
    CK_C_INITIALIZE_ARGS arguments{};
    arguments.flags = CKF_OS_LOCKING_OK;
    CK_RV const value = functions->C_Initialize(&arguments);
    if (value != CKR_OK && value != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
        ::dlclose(library);
        return TokenFault{TokenFaultCode::module_failed, "C_Initialize: " + name_of(value)};
    }
    return std::shared_ptr<Module>{new Module{library, functions, value == CKR_OK}};
}

TokenResult<std::shared_ptr<Module>> Module::load(std::string const& path) {
    LoadedModules& modules = loaded_modules();
    std::lock_guard const lock{modules.mutex};
    if (auto module = modules.by_path[path].lock()) {
        return module;
    }
    auto module = load_first(path);
    if (module.ok()) {
        modules.by_path[path] = module.value();
    }
    return module;
}

} // namespace keys::pkcs11
