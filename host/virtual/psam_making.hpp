#pragma once

#include "host/virtual/psam.hpp"

#include "keys/master_key.hpp"

#include "apdu/result.hpp"

#include <string>

namespace virtual_card {

/// What PSAM is to be made.
struct PsamPlan {
    std::array<std::uint8_t, 6> terminal_number{0x63, 0x99, 0x00, 0x00, 0x00, 0x01};
    keys::Tier tier = keys::Tier::city; ///< of its keys that are no national level-1 roots
    bool has_des3 = true;
    bool has_sm4 = true;
    std::uint8_t key_version = 1;              ///< of the keys that it has, 1…3
    std::vector<apdu::KeyName> without_keys{}; ///< though their masters are at hand
    /// That make MACs and encipher (type 08), whatever type they have by the standard.
    std::vector<apdu::KeyName> enciphering_keys{};

    /// Of the cards that it serves: the first six digits of its terminal number.
    [[nodiscard]] std::array<std::uint8_t, 3> region() const {
        return {terminal_number[0], terminal_number[1], terminal_number[2]};
    }
};

/// The PSAM's own keys, each of them: everybody knows it.
inline constexpr std::array<std::uint8_t, 16> psam_test_key{
    0x50, 0x53, 0x41, 0x4D, 0x20, 0x74, 0x65, 0x73, 0x74, 0x20, 0x6B, 0x65, 0x79, 0x20, 0x30, 0x31};

/// A PSAM with psam_test_key as its own keys, and with every key that the key table gives it a
/// place for and whose master is at hand: the first environment for 3DES cards, the second for SM4
/// cards (ASSUMED). card.md §3.2–3.3. Errors: what keeps it from being made.
[[nodiscard]] apdu::Result<PsamMemory, std::string> make_psam(PsamPlan const& plan,
                                                              keys::MasterKeySet const& masters);

} // namespace virtual_card
