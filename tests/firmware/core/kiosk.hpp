#pragma once

// A kiosk's terminal, whole, on a board without hardware: virtual cards at its contacts, a test at
// its host's links, and a clock that the test's steps move.
#include "firmware/boards/streams/stream_card_line.hpp"
#include "firmware/core/terminal.hpp"
#include "host/virtual/card.hpp"
#include "host/virtual/contact_card.hpp"

#include "tests/firmware/core/test_desk.hpp"
#include "tests/firmware/core/test_system.hpp"
#include "tests/firmware/simulated_flash.hpp"

#include "keys/mbedtls/mbedtls_aes.hpp"
#include "keys/mbedtls/mbedtls_signature.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include <ostream>

namespace terminal {

/// A kind of card, and how it is at its contacts.
struct CardKind {
    char const* name;
    bool is_3_00;
    virtual_card::ContactSettings settings;

    [[nodiscard]] bool is_t1() const {
        return settings.protocol == virtual_card::ContactProtocol::t1;
    }
    friend std::ostream& operator<<(std::ostream& out, CardKind const& kind) {
        return out << kind.name;
    }
};

/// When a card comes back that a fault has pulled, in µs; nothing: never.
using ComesBack = std::optional<std::uint64_t>;

/// The kiosk. Time goes on by tick() alone.
class Kiosk {
public:
    /// A character on the user card's line as the standard's direct convention writes it.
    struct Character {
        bool is_from_card;
        std::uint8_t value;
        bool is_parity_wrong;
        friend bool operator==(Character const&, Character const&) = default;
    };
    /// A command that the card's chip carried out, and its answer.
    struct Exchange {
        Bytes command;
        Bytes answer;
    };

    explicit Kiosk(CardKind const& kind);

    /// Takes the card out, and puts one in that has just been made.
    void insert(std::vector<virtual_card::Fault> faults, ComesBack comes_back = {});
    [[nodiscard]] bool is_card_in() const { return card_ && card_->contacts.is_in(); }

    /// One step of terminal and card. Time goes on by a little, by more while nothing moves.
    void tick();
    /// Ticks for so long.
    void run(std::uint64_t us);
    [[nodiscard]] std::uint64_t now_us() { return clock_.us; }
    /// Presses keys, which the terminal forgets unless it asks for them.
    void press(std::string_view keys);

    TestHostLine pad_host{};
    TestHostLine sam_host{};
    std::vector<Character> line{};     ///< since the card is in
    std::vector<Exchange> exchanges{}; ///< since the card is in

private:
    class Clock final : public hal::Clock {
    public:
        std::uint64_t us = 1'000'000;
        std::uint64_t now_us() override { return us; }
    };
    /// One end of the contacts' stream.
    class Stream final : public streams::ByteStream {
    public:
        std::deque<std::uint8_t> to_terminal{};
        Bytes from_terminal{};
        std::optional<std::uint8_t> receive() override;
        bool send(std::uint8_t byte) override;
        unsigned peers() const override { return 1; }
    };
    /// A card with all that it consists of.
    struct InsertedCard {
        InsertedCard(Kiosk& kiosk, std::vector<virtual_card::Fault> faults);

        keys::openssl::EvpCipher cipher{};
        virtual_card::SeededRandom random{1};
        virtual_card::Card chip;
        std::unique_ptr<virtual_card::PhysicalCard> carried;
        virtual_card::FaultyCard faulty;
        virtual_card::ContactCard contacts;
    };

    bool move_events();
    void note(bool is_from_card, std::uint8_t type, std::uint8_t value);
    void bring_back();

    CardKind kind_;
    Clock clock_{};
    TestSystem system_{};
    GoodNoise noise_{};
    PlainGenerator generator_{};
    keys::mbedtls::MbedtlsAes aes_{};
    keys::mbedtls::MbedtlsSignature signature_{};
    Stream card_stream_{};
    Stream sam_stream_{};
    streams::ContactPort card_port_{card_stream_};
    streams::ContactPort sam_port_{sam_stream_};
    streams::StreamCardLine user_line_;
    streams::StreamCardLine sam_line_1_{sam_port_, 0, clock_, 4'800'000, false};
    streams::StreamCardLine sam_line_2_{sam_port_, 1, clock_, 4'800'000, false};
    TestPad pad_{};
    SimulatedFlash key_flash_{2048, 8};
    SimulatedFlash image_flash_{2048, 6};
    hal::Board board_;
    Terminal terminal_;
    virtual_card::ContactEventParser parser_{};
    std::unique_ptr<InsertedCard> card_{};
    ComesBack comes_back_{};
    std::optional<std::uint64_t> pulled_at_us_{};
    unsigned idle_ticks_ = 0;
};

} // namespace terminal
