#pragma once

#include <mutex>
#include <set>
#include <string>

namespace store {

/// Which chips' makings are somebody's right now, so that two threads never go on with the same
/// one: two chips may have the same historical bytes.
class MakingClaims {
public:
    /// Held as long as somebody has the making; must not outlive the claims.
    class Claim {
    public:
        Claim(MakingClaims& claims, std::string chip);
        Claim(Claim&& from) noexcept;
        Claim& operator=(Claim&&) = delete;
        ~Claim();

        /// False: somebody else has it.
        [[nodiscard]] bool is_held() const { return claims_ != nullptr; }

    private:
        MakingClaims* claims_;
        std::string chip_;
    };

private:
    std::mutex mutex_{};
    std::set<std::string> chips_{};
};

} // namespace store
