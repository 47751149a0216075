#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace api {

/// A PIN as it was typed, on its way to the daemon: move-only; wiped when moved from and when
/// destroyed. Whether it is a PIN at all is the daemon's to say.
class PinText {
public:
    /// Longer than any PIN, so that a wrong length is told and never cut.
    static constexpr std::size_t size_max = 64;

    PinText() = default;
    /// Takes a copy; the caller wipes its own. Text over size_max keeps its first size_max
    /// characters, which no card takes for a PIN.
    explicit PinText(std::string_view digits);
    PinText(PinText const&) = delete;
    PinText& operator=(PinText const&) = delete;
    PinText(PinText&& from) noexcept;
    PinText& operator=(PinText&& from) noexcept;
    ~PinText();

    /// What was typed; valid for as long as the object is.
    [[nodiscard]] std::string_view typed() const { return {text_.data(), size_}; }

private:
    void wipe();
    std::array<char, size_max> text_{};
    std::size_t size_ = 0;
};

/// Overwrites characters that held a PIN in a way that a compiler may not leave out.
void wipe_characters(char* first, std::size_t count);

} // namespace api
