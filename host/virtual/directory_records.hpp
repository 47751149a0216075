#pragma once

#include "host/virtual/card_memory.hpp"

#include "apdu/card_layout.hpp"

namespace virtual_card {

/// SFI of the DIR file. card.md §1.2.
inline constexpr std::uint8_t directory_file_sfi = 0x1E;

/// 70 L FID L2 6F L3 84 n name, and for a directory with a DIR file A5 03 88 01 1E; on an SM4 card
/// the environment also tells its algorithm. card.md §1.2; cos-t514.md §3.
[[nodiscard]] Bytes fci_record(StoredDirectory const& directory, keys::Algorithm algorithm);

/// 61 L 4F AID 50 label; without 4F where there is no AID. card.md §1.2.
[[nodiscard]] Bytes dir_record(apdu::DedicatedFile const& directory);

} // namespace virtual_card
