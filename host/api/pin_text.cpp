#include "host/api/pin_text.hpp"

#include <algorithm>
#include <cstring>

namespace api {

void wipe_characters(char* first, std::size_t count) { explicit_bzero(first, count); }

PinText::PinText(std::string_view digits) : size_{std::min(digits.size(), size_max)} {
    std::copy_n(digits.begin(), size_, text_.begin());
}

PinText::PinText(PinText&& from) noexcept : text_{from.text_}, size_{from.size_} { from.wipe(); }

PinText& PinText::operator=(PinText&& from) noexcept {
    if (this != &from) {
        text_ = from.text_;
        size_ = from.size_;
        from.wipe();
    }
    return *this;
}

PinText::~PinText() { wipe(); }

void PinText::wipe() {
    wipe_characters(text_.data(), text_.size());
    size_ = 0;
}

} // namespace api
