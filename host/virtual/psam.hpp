#pragma once

#include "host/virtual/card.hpp"
#include "host/virtual/physical_card.hpp"

#include "keys/block_cipher.hpp"
#include "keys/key_table.hpp"

#include "apdu/command.hpp"
#include "apdu/status_word.hpp"

#include <vector>

namespace virtual_card {

/// A key in a PSAM, which leads to a card's key over as many dispersals as its usage byte says.
struct PsamStoredKey {
    keys::PsamKey place;
    keys::CardKey value;
};

/// A PSAM's keys for the cards of one algorithm: a social security environment with the application
/// DF01 in it.
struct PsamEnvironment {
    keys::Algorithm algorithm;
    std::vector<PsamStoredKey> keys;
};

/// What a PSAM holds. card.md §3.3.
struct PsamMemory {
    std::array<std::uint8_t, 15> public_information{}; ///< EF 0015
    std::array<std::uint8_t, 6> terminal_number{};     ///< EF 0016
    std::array<std::uint8_t, 10> application{};        ///< EF 001A
    std::optional<PsamEnvironment> first{};            ///< "sx1.sh.社会保障"
    std::optional<PsamEnvironment> second{};           ///< "sx2.sh.社会保障"

    /// True when INITIALIZE ENVIRONMENT takes cards whose id begins with that byte: those of its
    /// own province (ASSUMED).
    [[nodiscard]] bool takes(std::uint8_t province) const { return terminal_number[0] == province; }
};

/// A SAM card at the contacts, under T=0, as far as a terminal works with it: selection, its files,
/// challenges, INITIALIZE ENVIRONMENT, DELIVERY SESSION KEY and CIPHER DATA. Its own keys, the
/// loading of keys and purchases are 6D00. The card's own machine, shared with no terminal.
/// card.md §3.3, §4.3.
class Psam final : public PhysicalCard {
public:
    /// `cipher` must outlive it.
    Psam(PsamMemory memory, keys::BlockCipher& cipher, std::uint64_t random_seed)
        : memory_{std::move(memory)}, cipher_{cipher}, random_{random_seed} {}

    void reset() override;
    [[nodiscard]] apdu::ByteView atr() const override;
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;

private:
    /// A session key, and what it may do. Good for one run of CIPHER DATA.
    struct Session {
        keys::CardKey key;
        bool can_mac;
        bool can_encrypt;
        Bytes chain{}; ///< of a MAC that goes on; empty: none was begun
    };
    struct CommandParts {
        std::uint8_t p1;
        std::uint8_t p2;
        std::uint8_t p3; ///< 00 where there is none
        apdu::ByteView data;
    };

    /// An answer without data.
    [[nodiscard]] static Bytes word(apdu::StatusWord status);
    [[nodiscard]] Bytes carry_out(apdu::Ins ins, CommandParts const& command);
    [[nodiscard]] Bytes select(CommandParts const& command);
    [[nodiscard]] Bytes select_name(apdu::ByteView name);
    [[nodiscard]] Bytes read_binary(CommandParts const& command) const;
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
    [[nodiscard]] apdu::ByteView file(std::uint16_t id) const;

    PsamMemory memory_;
    keys::BlockCipher& cipher_;
    SeededRandom random_;
    PsamEnvironment const* environment_ = nullptr; ///< null: the MF is current
    bool is_in_application_ = false;
    bool is_initialized_ = false;
    std::uint16_t file_ = 0; ///< the current EF; 0: none
    std::optional<Session> session_{};
    Bytes waiting_{};
};

} // namespace virtual_card
