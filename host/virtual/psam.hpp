#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/physical_card.hpp"
#include "host/virtual/psam_memory.hpp"
#include "host/virtual/secure_messaging.hpp"

#include "keys/block_cipher.hpp"
#include "keys/exchange_values.hpp"

#include "apdu/command.hpp"
#include "apdu/status_word.hpp"

#include <vector>

namespace virtual_card {

/// A SAM card at the contacts, under T=0, with all commands of card.md §4.3 and the files of §3.3.
/// What it was given while it is powered or reset stays for as long as the object lives. The card's
/// own machine, shared with no terminal.
class Psam final : public PhysicalCard {
public:
    /// `cipher` must outlive it.
    Psam(PsamMemory memory, keys::BlockCipher& cipher, std::uint64_t random_seed)
        : memory_{std::move(memory)}, cipher_{cipher}, random_{random_seed} {}

    void reset() override;
    [[nodiscard]] apdu::ByteView atr() const override;
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;

    [[nodiscard]] PsamMemory const& memory() const { return memory_; }

private:
    /// A session key, and what it may do. Good for one run of CIPHER DATA.
    struct Session {
        keys::CardKey key;
        bool can_mac;
        bool can_encrypt;
        Bytes chain{}; ///< of a MAC that goes on; empty: none was begun
    };
    /// Challenges given one after the other; good for the next command only.
    struct GivenChallenges {
        Bytes last{};
        Bytes before{};
    };
    struct CommandParts {
        std::uint8_t p1;
        std::uint8_t p2;
        std::uint8_t p3; ///< 00 where there is none
        apdu::ByteView data;
    };

    /// An answer without data.
    [[nodiscard]] static Bytes word(apdu::StatusWord status);
    [[nodiscard]] Bytes carry_out(apdu::Ins ins, CommandParts const& command, apdu::ByteView whole);
    [[nodiscard]] Bytes select(CommandParts const& command);
    [[nodiscard]] Bytes select_name(apdu::ByteView name);
    [[nodiscard]] Bytes read_binary(CommandParts const& command) const;
    [[nodiscard]] Bytes external_authenticate(CommandParts const& command);
    [[nodiscard]] Bytes write_key(CommandParts const& command, apdu::ByteView whole);
    [[nodiscard]] Bytes keep_key(PsamStoredKey key, bool is_new);
    [[nodiscard]] Bytes initialize_purchase(CommandParts const& command);
    [[nodiscard]] Bytes credit_purchase(CommandParts const& command);
    /// The card's key below `root`; nothing where `factors`, the card's first, are not as many as
    /// its usage byte says.
    [[nodiscard]] std::optional<keys::CardKey> below(PsamStoredKey const& root,
                                                     apdu::ByteView factors);
    [[nodiscard]] Bytes challenge(std::uint8_t size);
    [[nodiscard]] Bytes initialize_environment(CommandParts const& command);
    [[nodiscard]] Bytes deliver(CommandParts const& command);
    [[nodiscard]] Bytes cipher_data(CommandParts const& command);
    [[nodiscard]] Bytes encrypt(apdu::ByteView data);
    [[nodiscard]] Bytes chain(std::uint8_t p1, apdu::ByteView data);
    [[nodiscard]] Bytes get_response(std::uint8_t size);
    [[nodiscard]] Bytes keep(Bytes data);
    [[nodiscard]] PsamStoredKey const* find(std::uint8_t type, std::uint8_t id) const;
    /// The file of that identifier in the current directory; empty: none.
    [[nodiscard]] Bytes file(std::uint16_t id) const;
    void leave_application();

    PsamMemory memory_;
    keys::BlockCipher& cipher_;
    SeededRandom random_;
    PsamEnvironment* environment_ = nullptr; ///< null: the MF is current
    bool is_in_application_ = false;
    bool is_initialized_ = false;
    std::uint16_t file_ = 0; ///< the current EF; 0: none
    std::optional<Session> session_{};
    GivenChallenges challenges_{};
    std::array<bool, 4> proved_{};        ///< by EXTERNAL AUTHENTICATE, in the application
    std::optional<keys::Mac> purchase_{}; ///< MAC2 that the purchase under way must end with
    Bytes waiting_{};
};

} // namespace virtual_card
