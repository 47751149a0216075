#pragma once

#include "keys/pkcs11/module.hpp"

#include "apdu/bytes.hpp"

#include <span>
#include <vector>

namespace keys::pkcs11 {

/// Objects that a search gives at most.
inline constexpr std::size_t objects_max = 4096;

/// One session of a token, closed with the object, which also ends its session objects. One thread
/// at a time. Every function's faults are those of fault_of().
class TokenSession {
public:
    /// Opens a session on that slot, to read or to write token objects.
    [[nodiscard]] static TokenResult<std::unique_ptr<TokenSession>>
    open(std::shared_ptr<Module> module, CK_SLOT_ID slot, bool writes);
    TokenSession(TokenSession const&) = delete;
    TokenSession& operator=(TokenSession const&) = delete;
    ~TokenSession();

    /// C_DeriveKey by encrypting `data` under `from`.
    [[nodiscard]] TokenResult<CK_OBJECT_HANDLE> derive(CK_OBJECT_HANDLE from,
                                                       CK_MECHANISM_TYPE mechanism,
                                                       apdu::ByteView data,
                                                       std::span<CK_ATTRIBUTE> key);
    /// C_Encrypt into `out`, which takes as many bytes as there are in `in`.
    [[nodiscard]] TokenResult<apdu::Done> encrypt(CK_OBJECT_HANDLE key, CK_MECHANISM mechanism,
                                                  apdu::ByteView in, apdu::ByteSpan out);
    /// The bytes of an attribute; at most `size_max`, else refused.
    [[nodiscard]] TokenResult<std::vector<std::uint8_t>>
    attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, std::size_t size_max);
    /// An attribute that is a secret, of exactly out.size() bytes.
    [[nodiscard]] TokenResult<apdu::Done>
    secret_attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type, apdu::ByteSpan out);
    /// A yes or no; false where the token does not tell.
    [[nodiscard]] bool is_set(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
    /// The objects with those attributes.
    [[nodiscard]] TokenResult<std::vector<CK_OBJECT_HANDLE>>
    find(std::span<CK_ATTRIBUTE> attributes);
    /// C_DestroyObject.
    [[nodiscard]] TokenResult<apdu::Done> destroy(CK_OBJECT_HANDLE object);

    /// The library and the session's number, for functions that are called once.
    [[nodiscard]] CK_FUNCTION_LIST const& functions() const { return module_->functions(); }
    [[nodiscard]] CK_SESSION_HANDLE handle() const { return session_; }

    /// What showed that the token is lost or in disorder: from then on nothing is derived or
    /// encrypted by the session.
    [[nodiscard]] std::optional<TokenFault> const& loss() const { return loss_; }

    /// fault_of(), noted where it is the token's loss.
    [[nodiscard]] TokenFault noted(std::string_view function, CK_RV value);

private:
    TokenSession(std::shared_ptr<Module> module, CK_SESSION_HANDLE session)
        : module_{std::move(module)}, session_{session} {}
    std::shared_ptr<Module> module_;
    CK_SESSION_HANDLE session_;
    std::optional<TokenFault> loss_{};
};

} // namespace keys::pkcs11
