#pragma once

#include "keys/pkcs11/attributes.hpp"
#include "keys/pkcs11/derived_keys.hpp"
#include "keys/pkcs11/token_session.hpp"

#include <functional>
#include <mutex>

namespace keys::pkcs11 {

/// Sessions that one token has open at a time, at most.
inline constexpr std::size_t sessions_max = 64;

/// Where a token is, and what its ciphers are called.
struct TokenSettings {
    std::string module; ///< path of the vendor's library
    std::string label;  ///< of the token, without the blanks that fill it up
    MechanismMap mechanisms{};
};

/// Calls what it is given with the user PIN, which it keeps in locked memory; false: it has none.
using PinSource = std::function<bool(std::function<void(apdu::ByteView)> const&)>;

/// Who stands behind an attempt to log in: only a person may risk a token's last tries.
enum class LoginBy : std::uint8_t { program, person };

/// A master key as it lies in a token.
struct TokenKey {
    KeyLabel label;
    CK_OBJECT_HANDLE object;
    bool may_leave; ///< not sensitive, or extractable: it was not made by us
};

/// The master keys of a token as they were at one time.
struct TokenKeys {
    std::vector<TokenKey> keys{};
    std::vector<MasterKey> masters{}; ///< the same, for a key service
    bool is_test = false;             ///< one of them is marked so

    /// For a key service; valid as long as this object.
    [[nodiscard]] MasterKeySet set() const { return {masters, is_test}; }
};

/// A session with what it derived.
struct PooledSession {
    std::unique_ptr<TokenSession> session;
    DerivedKeys derived{};
};

/// A token that is logged in to, once for all its sessions. For any thread.
class Token {
public:
    /// Loads the module, finds the token and logs in. Faults: all but key_known and key_unknown.
    [[nodiscard]] static TokenResult<std::shared_ptr<Token>> open(TokenSettings const& settings,
                                                                  PinSource const& pin, LoginBy by);
    Token(Token const&) = delete;
    Token& operator=(Token const&) = delete;

    /// An idle session, or a new one. Faults: busy, those of C_OpenSession.
    [[nodiscard]] TokenResult<PooledSession> take();
    /// Keeps a session for the next job, or closes one that found the token lost.
    void give_back(PooledSession session);
    /// What a session found: the token is lost, and must be opened anew.
    [[nodiscard]] std::optional<TokenFault> loss() const;
    /// Notes what a session that is not of the pool found, where it found that.
    void note_loss(TokenSession const& session);

    /// Its master keys, as they were when it was opened or last changed.
    [[nodiscard]] std::shared_ptr<TokenKeys const> keys() const;
    /// Looks at them again, after a change.
    [[nodiscard]] TokenResult<apdu::Done> list_keys();
    [[nodiscard]] TokenSettings const& settings() const { return settings_; }

    /// What the token allows with that mechanism, as CKF_ flags; 0: it has it not, or is lost.
    [[nodiscard]] CK_FLAGS uses_of(CK_MECHANISM_TYPE mechanism) const;
    /// A session that may write, for administration.
    [[nodiscard]] TokenResult<std::unique_ptr<TokenSession>> writing_session();
    /// The check value of a master key, worked out by the token.
    [[nodiscard]] TokenResult<CheckValue> check_value(TokenSession& session, TokenKey const& key);

private:
    Token(TokenSettings settings, std::shared_ptr<Module> module, CK_SLOT_ID slot)
        : settings_{std::move(settings)}, module_{std::move(module)}, slot_{slot} {}
    [[nodiscard]] TokenResult<apdu::Done> log_in(PinSource const& pin);

    TokenSettings settings_;
    std::shared_ptr<Module> module_;
    CK_SLOT_ID slot_;
    std::unique_ptr<TokenSession> login_{}; ///< stays open: the login ends with the last session

    mutable std::mutex mutex_{};
    std::shared_ptr<TokenKeys const> keys_{};
    std::vector<PooledSession> idle_{};
    std::size_t taken_ = 0;
    std::optional<TokenFault> loss_{};
};

} // namespace keys::pkcs11
