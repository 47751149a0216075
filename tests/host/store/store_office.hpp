#pragma once

#include "host/store/card_makings.hpp"
#include "host/store/card_register.hpp"
#include "host/store/journal_text.hpp"

#include <gtest/gtest.h>

namespace store {

inline constexpr std::string_view zhang_san = "110101199001011237"; // made up, like all here
inline constexpr std::string_view li_si = "110101198505050015";

/// Historical bytes that end in `last`.
[[nodiscard]] personalization::HistoricalBytes chip_bytes(std::uint8_t last);
/// The same as the register spells them.
[[nodiscard]] std::string chip_text(std::uint8_t last);

/// Both stages on a chip for a person; the chip keeps its historical bytes.
[[nodiscard]] personalization::Making making_for(std::uint8_t chip, std::string_view person);

/// The n-th command of a run.
[[nodiscard]] personalization::CommandAhead command_ahead(std::size_t number);

/// A directory of its own with a register and journals, gone with the test.
class StoreOffice {
public:
    StoreOffice();
    StoreOffice(StoreOffice const&) = delete;
    StoreOffice& operator=(StoreOffice const&) = delete;
    ~StoreOffice();

    /// Opens register and makings, as a daemon does that starts.
    void open();
    /// Lets go of both, as a daemon does that ends.
    void close();

    [[nodiscard]] CardRegister& cards() { return *cards_; }
    [[nodiscard]] CardMakings& makings() { return *makings_; }

    [[nodiscard]] std::filesystem::path directory() const { return directory_; }
    [[nodiscard]] std::filesystem::path register_file() const { return directory_ / "cards.db"; }
    [[nodiscard]] std::filesystem::path journal(std::uint8_t chip) const;

    /// Of the newest entry for the chip; nothing where the register does not know it.
    [[nodiscard]] std::optional<CardState> state_of(std::uint8_t chip) const;
    [[nodiscard]] std::optional<CardEntry> entry_of(std::uint8_t chip) const;

    std::string now = "2026-07-01T08:30:00Z";

private:
    std::filesystem::path directory_;
    std::unique_ptr<CardRegister> cards_{};
    std::unique_ptr<CardMakings> makings_{};
};

[[nodiscard]] std::string content_of_file(std::filesystem::path const& path);
void write_content(std::filesystem::path const& path, std::string_view text);

/// The code's name, or "ok".
template <typename T>
std::string_view code_of(session::Outcome<T> const& outcome) {
    return outcome.ok() ? "ok" : to_text(outcome.error().code);
}

} // namespace store
