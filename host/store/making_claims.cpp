#include "host/store/making_claims.hpp"

#include <utility>

namespace store {

MakingClaims::Claim::Claim(MakingClaims& claims, std::string chip)
    : claims_{nullptr}, chip_{std::move(chip)} {
    std::lock_guard const guard{claims.mutex_};
    if (claims.chips_.insert(chip_).second) {
        claims_ = &claims;
    }
}

MakingClaims::Claim::Claim(Claim&& from) noexcept
    : claims_{std::exchange(from.claims_, nullptr)}, chip_{std::move(from.chip_)} {}

MakingClaims::Claim::~Claim() {
    if (claims_ != nullptr) {
        std::lock_guard const guard{claims_->mutex_};
        claims_->chips_.erase(chip_);
    }
}

} // namespace store
