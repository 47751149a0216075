#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace api {

/// A passphrase, or a file of keys, on its way to the daemon: move-only; wiped when moved from and
/// when destroyed. Of any size that a request may have.
class SecretText {
public:
    SecretText() = default;
    /// Takes a copy; the caller wipes its own.
    explicit SecretText(std::string_view text) : text_{text} {}
    SecretText(SecretText const&) = delete;
    SecretText& operator=(SecretText const&) = delete;
    SecretText(SecretText&& from) noexcept;
    SecretText& operator=(SecretText&& from) noexcept;
    ~SecretText();

    /// What was given; valid for as long as the object is.
    [[nodiscard]] std::string_view given() const { return text_; }
    /// The same for whoever wipes what it has read.
    [[nodiscard]] std::span<char> characters() { return text_; }

private:
    void wipe();
    std::string text_{};
};

} // namespace api
