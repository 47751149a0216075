#pragma once

#include "tests/integration/office.hpp"

namespace integration {

inline constexpr auto* kiosk_id = "1234567800000001";
inline constexpr auto* terminals_passphrase = "seven blue horses";

/// The transport key (KBPK) of the kiosk, which its components below make. Made up.
[[nodiscard]] std::array<std::uint8_t, 32> kiosk_transport_key();

/// Gives an office whose keys are in a store that it has yet to make the trial's keys, and those of
/// the kiosk's terminal by ceremonies of two custodians: a BDK and the kiosk's KBPK.
void make_keys_with_terminals(Office const& office);

/// What the custodians of the kiosk's KBPK give: the components that the store's came from, or one
/// of them from another sheet.
enum class KioskParts : std::uint8_t { right, mixed_up };
/// Has them put it into the terminal at reader 0, with the kiosk's id.
[[nodiscard]] Finished provision_kiosk(Office const& office, KioskParts parts = KioskParts::right);

/// The kiosk's initial key, wrapped, by the word of both custodians. @returns the file.
[[nodiscard]] std::string hand_out_initial_key(Office const& office);

} // namespace integration
