#pragma once

#include "keys/pkcs11/new_token_key.hpp"
#include "keys/pkcs11/token.hpp"
#include "keys/pkcs11/token_cipher.hpp"

#include "keys/key_service.hpp"

#include <chrono>
#include <condition_variable>

namespace keys::pkcs11 {

/// Tokens with the same keys, the first that works first.
struct GroupSettings {
    std::vector<TokenSettings> tokens{};
    CardKeyExport card_keys = CardKeyExport::refused;
    std::size_t jobs_max = 16;                    ///< at a time; more wait
    std::size_t waiting_max = 32;                 ///< more than these are refused
    std::chrono::milliseconds wait_max{10'000};   ///< for a job that waits
    std::chrono::milliseconds retry_after{2'000}; ///< between attempts at a token that is lost
};

/// What is seen of one token of the group.
struct TokenReport {
    std::string label{};
    std::optional<TokenFault> fault{};                      ///< why it is not in use
    bool is_in_use = false;                                 ///< the one that jobs get
    std::vector<std::pair<Algorithm, std::string>> lacks{}; ///< see lacking(); of an open one
    std::vector<KeyLabel> missing{}; ///< that the token in use has and this open one has not
};

/// A key that a token of the group has made.
struct GeneratedKey {
    CheckValue check_value{};
    std::string token{};                ///< its label
    std::vector<std::string> without{}; ///< labels of the others, which cannot get it
};

/// What the group gives of its keys.
struct GroupReport {
    std::vector<TokenReport> tokens{};
    std::vector<std::pair<TokenKey, CheckValue>> keys{}; ///< of the token in use
};

/// The keys that the other token has and this one has not.
[[nodiscard]] std::vector<KeyLabel> missing_in(Token const& token, Token const& other);

/// Called with a token's label when it is lost, refused or found again (no fault then); for a log.
using TokenObserver = std::function<void(std::string const&, std::optional<TokenFault> const&)>;

/// Key services over the tokens of an HSM. A token that is lost costs the job that finds it lost,
/// and no other: each job has one token from beginning to end, and a lost one is opened anew before
/// the next. For any thread.
class TokenGroup {
public:
    /// `software` makes the ciphers for keys whose bytes are at hand.
    TokenGroup(GroupSettings settings, PinSource pin,
               std::function<std::unique_ptr<BlockCipher>()> software, TokenObserver observer);
    TokenGroup(TokenGroup const&) = delete;
    TokenGroup& operator=(TokenGroup const&) = delete;

    /// The keys for one job, which lets go of them at its end and before the group's. Waits while
    /// all sessions are taken. The fault is that of the last token; busy: too many wait, or for too
    /// long.
    [[nodiscard]] TokenResult<std::shared_ptr<KeyService>> lease();

    /// Logs in anew to each token that is not open, as a person wishes. The fault: none is open.
    [[nodiscard]] TokenResult<apdu::Done> log_in();
    /// Logs out of all tokens, when the jobs that have them are done.
    void log_out();

    /// Opens what may be opened, and tells of it.
    [[nodiscard]] GroupReport report();

    /// Takes those keys into every token of the group, wrapped for it, sensitive and never to leave
    /// it. All tokens must be open. Faults: key_known, refused, those of opening.
    [[nodiscard]] TokenResult<apdu::Done> take_in(MasterKeySet masters);
    /// Destroys a key in every token. Faults: key_unknown, and as above.
    [[nodiscard]] TokenResult<apdu::Done> remove(apdu::KeyName name, Algorithm algorithm,
                                                 std::optional<std::uint8_t> version);

    /// Has one token make that master key for itself, the one of that label or else the one in use;
    /// it never leaves it, so that no other token of the group gets it. It serves nobody until
    /// keep_generated(), and is gone when another is made, with its token, and by log_out().
    /// Faults: token_missing (no such label), key_known, those of opening and of
    /// NewTokenKey::make().
    [[nodiscard]] TokenResult<GeneratedKey> generate(KeyLabel const& key,
                                                     std::string const& token = {});
    /// Has its token keep it. Faults: key_unknown (it is gone), key_known, those of
    /// NewTokenKey::keep().
    [[nodiscard]] TokenResult<apdu::Done> keep_generated();
    /// Forgets it, if it is not kept.
    void drop_generated();

private:
    using Clock = std::chrono::steady_clock;
    struct Member {
        TokenSettings settings;
        std::shared_ptr<Token> token{};
        std::weak_ptr<Token> former{}; ///< lost, and still with jobs
        std::optional<TokenFault> fault{};
        Clock::time_point retry_at{};
    };
    class Job;

    [[nodiscard]] std::shared_ptr<Token> open_member(Member& member, LoginBy by);
    [[nodiscard]] TokenResult<std::vector<std::shared_ptr<Token>>> all_tokens();
    [[nodiscard]] bool is_known(KeyLabel const& key) const;
    void forget(Member& member);
    void note(Member& member, std::optional<TokenFault> fault);
    void end_job();

    GroupSettings settings_;
    PinSource pin_;
    std::function<std::unique_ptr<BlockCipher>()> software_;
    TokenObserver observer_;

    std::mutex opening_{}; ///< around members_: held while a token is opened
    std::vector<Member> members_{};
    std::unique_ptr<NewTokenKey> new_key_{}; ///< made, and not kept

    std::mutex places_{};
    std::condition_variable place_free_{};
    std::size_t jobs_ = 0;
    std::size_t waiting_ = 0;
};

} // namespace keys::pkcs11
