#pragma once

#include "keys/pkcs11/token_fault.hpp"

#include <memory>

namespace keys::pkcs11 {

/// A vendor's PKCS #11 library, loaded and initialized; ended with the last that shares it. Any
/// thread may call its functions.
class Module {
public:
    /// The library at that path, shared with whoever has it already, as a process may initialize it
    /// only once. Faults: module_missing, module_failed (also: it is not made for threads).
    [[nodiscard]] static TokenResult<std::shared_ptr<Module>> load(std::string const& path);
    Module(Module const&) = delete;
    Module& operator=(Module const&) = delete;
    ~Module();

    [[nodiscard]] CK_FUNCTION_LIST const& functions() const { return *functions_; }

private:
    Module(void* library, CK_FUNCTION_LIST* functions, bool is_ours)
        : library_{library}, functions_{functions}, is_ours_{is_ours} {}
    [[nodiscard]] static TokenResult<std::shared_ptr<Module>> load_first(std::string const& path);
    void* library_;
    CK_FUNCTION_LIST* functions_;
    bool is_ours_; ///< initialized by us, so that we end it
};

} // namespace keys::pkcs11
