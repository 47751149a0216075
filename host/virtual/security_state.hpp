#pragma once

#include "host/virtual/card_memory.hpp"

#include <bitset>

namespace virtual_card {

/// Level bytes that authentication or VERIFY has reached.
using Levels = std::bitset<256>;

/// Numbers that GET CHALLENGE gave, 4, 8 or 16 bytes each; empty: none.
struct Challenges {
    Bytes last{};     ///< of the command just before
    Bytes previous{}; ///< of the one before that, when both were GET CHALLENGE
};

/// A load or purchase that INITIALIZE has begun; good for the next command only.
struct PendingTransaction {
    /// What DEBIT or CREDIT must follow.
    enum class Kind : std::uint8_t { load, purchase };
    Kind kind;
    std::uint8_t key_version;
    std::uint16_t sequence;
    std::array<std::uint8_t, 4> random;
    std::uint32_t account_amount;
    std::uint32_t self_paid_amount; ///< of a purchase
    std::uint32_t pool_amount;      ///< of a purchase
    std::array<std::uint8_t, 6> terminal;
};

/// What a card forgets when it loses power or is reset.
struct SecurityState {
    bool transport_key_verified = false;
    std::optional<std::size_t> directory{}; ///< current DF; a bare chip has none
    std::optional<FileIndex> file{};        ///< current EF; DIR may stand in another directory
    std::optional<std::size_t> record{};    ///< record pointer in it
    Levels global{};     ///< by keys of the environment (P2 bit 7 = 0) and by the PIN
    Levels local{};      ///< by keys of the current directory (P2 bit 7 = 1); of the MF by its MK
    Challenges fresh{};  ///< for the next command
    Challenges usable{}; ///< for the command that is being carried out
    std::optional<PendingTransaction> transaction{};
    /// T8…TD of UPDATE ATR, until the first 11 bytes follow.
    std::optional<std::array<std::uint8_t, 6>> new_transport_data{};
};

/// Makes `directory` current. On a change every right, and a transaction that has begun, is lost;
/// the current EF is lost always. card.md §1.2.
void enter_directory(SecurityState& state, std::size_t directory);

/// The rights that keys of the current directory itself reach.
[[nodiscard]] Levels const& own_levels(CardMemory const& memory, SecurityState const& state);
[[nodiscard]] Levels& own_levels(CardMemory const& memory, SecurityState& state);

/// True when the current directory's MK has been proved.
[[nodiscard]] bool has_mk_right(CardMemory const& memory, SecurityState const& state);

/// What a file's control bytes guard.
enum class Operation : std::uint8_t { read, write };

/// True when the control bytes of that file let `operation` happen now. Inside a directory whose
/// structure stage is open everything may; an empty PIN counts as verified (ASSUMED, as for GET
/// BALANCE). cos-t514.md §3, CREATE EF.
[[nodiscard]] bool may(CardMemory const& memory, SecurityState const& state, FileIndex file,
                       Operation operation);

} // namespace virtual_card
