#pragma once

#include "host/api/fault_text.hpp"

namespace api {

/// Readers and the exchange with a card.
[[nodiscard]] std::span<FaultText const> reader_fault_texts();
/// Cards that cannot be used, and refusals of a card.
[[nodiscard]] std::span<FaultText const> card_fault_texts();
/// Cards in making.
[[nodiscard]] std::span<FaultText const> making_fault_texts();
/// Keys and PINs.
[[nodiscard]] std::span<FaultText const> secret_fault_texts();
/// Master keys, passphrases and test keys.
[[nodiscard]] std::span<FaultText const> key_fault_texts();
/// Keys at a centre.
[[nodiscard]] std::span<FaultText const> centre_fault_texts();
/// Keys in an HSM, and in a PSAM.
[[nodiscard]] std::span<FaultText const> hsm_fault_texts();
/// The sealed store's file.
[[nodiscard]] std::span<FaultText const> store_fault_texts();
/// Ceremonies and their minutes.
[[nodiscard]] std::span<FaultText const> ceremony_fault_texts();
/// Requests, records and the link to the daemon.
[[nodiscard]] std::span<FaultText const> request_fault_texts();

} // namespace api
