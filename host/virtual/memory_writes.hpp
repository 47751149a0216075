#pragma once

#include "host/virtual/card_memory.hpp"
#include "host/virtual/write_gate.hpp"

namespace virtual_card {

/// Bytes that the chip writes at once. ASSUMED.
inline constexpr std::size_t memory_page_size = 64;

/// Turns `now` into `target` as a chip would that keeps no copy of what it writes over: write by
/// write, each by leave of `gate`. What is equal is not written. ASSUMED, as nothing public says
/// how a card of this kind writes:
/// - bytes in place (a record, a transparent file, the historical bytes) go page by page; a torn
///   page has the first half of its changed bytes new and the rest old; a record that changes its
///   length has it with its first page, and FF where nothing was yet;
/// - a key or PIN in place: first its value, then its head (version, tries, algorithm, level);
/// - a record added to a full cyclic file: into the oldest one's place, then the pointer moves on;
/// - one write with a mark that is written last, so that torn is not done: a directory, file, key
///   or record that is added or deleted, the end of a stage, a block;
/// - one write that is done or not: a medical account with counters and proof, for which a
///   terminal asks after a tear (card.md §6).
void write_changes(CardMemory& now, CardMemory const& target, WriteGate& gate);

} // namespace virtual_card
