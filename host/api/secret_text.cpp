#include "host/api/secret_text.hpp"

#include "host/api/pin_text.hpp"

namespace api {

// A short text lies inside the object and is copied by a move: what it was moved from is wiped.
SecretText::SecretText(SecretText&& from) noexcept : text_{std::move(from.text_)} { from.wipe(); }

SecretText& SecretText::operator=(SecretText&& from) noexcept {
    if (this != &from) {
        wipe();
        text_ = std::move(from.text_);
        from.wipe();
    }
    return *this;
}

SecretText::~SecretText() { wipe(); }

void SecretText::wipe() {
    text_.resize(text_.capacity()); // all that it ever held
    wipe_characters(text_.data(), text_.size());
    text_.clear();
}

} // namespace api
