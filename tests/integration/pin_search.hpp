#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace integration {

/// The search for a PIN in a machine's memory, in all forms that a terminal may have it in: digits
/// as numbers, as ASCII, as BCD from a byte's start and from its middle, in the field of an ISO
/// 9564-1 format 4 block, in a command, and as characters on their way to the card's contacts. A
/// part of the PIN is enough: six digits in a row where each has a byte, eight as BCD.
class PinSearch {
public:
    /// At least eight digits, odd enough to stand nowhere by chance.
    explicit PinSearch(std::string_view digits);

    /// The forms that are there: "as BCD".
    [[nodiscard]] std::vector<std::string> found_in(std::string_view memory) const;

private:
    /// Bytes, of which the first and the last may count in part.
    struct Needle {
        std::string form;
        std::string bytes;
        std::uint8_t first_mask = 0xFF;
        std::uint8_t last_mask = 0xFF;
    };
    [[nodiscard]] static bool is_in(std::string_view memory, Needle const& needle);
    void add_part_of_bytes(std::string_view digits);
    /// `is_place_even`: its place in the PIN.
    void add_part_of_bcd(std::string_view digits, bool is_place_even);

    std::vector<Needle> needles_{};
};

} // namespace integration
