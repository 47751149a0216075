#pragma once

#include "apdu/clock_rate.hpp"

#include <cstdint>
#include <optional>

namespace hal {

/// Supply voltages. ISO/IEC 7816-3:2006 §5.2.
enum class VoltageClass : std::uint8_t {
    a, ///< 5 V
    b, ///< 3 V
    c, ///< 1.8 V
};

/// Which level of I/O a one is. ISO/IEC 7816-3:2006 §8.1.
enum class Convention : std::uint8_t { direct, inverse };

/// How characters go over I/O.
struct CharacterFormat {
    apdu::ClockRate rate = apdu::default_clock_rate;
    Convention convention = Convention::direct;
    std::uint16_t guard_time_etu = 12; ///< from one leading edge of ours to the next
    /// T=0: a character that comes with wrong parity is asked for again by an error signal, and one
    /// that the card signals an error for is sent again, three times each.
    bool has_error_signal = false;

    friend constexpr bool operator==(CharacterFormat const&, CharacterFormat const&) = default;
};

/// The contacts of one card, or SAM, in a socket. What a contact is set to it stays at; a board
/// takes the contacts down by itself, in the standard's order, when the card leaves. Holds no
/// characters of ours beyond the one that it sends.
class CardLine {
public:
    /// A character that came.
    struct Character {
        std::uint8_t value;
        bool is_parity_wrong;
    };
    /// What became of what was sent.
    enum class Sending : std::uint8_t {
        idle,    ///< all is sent, its guard time is over
        busy,    ///< a character is under way
        refused, ///< the card signalled errors for all repetitions of one; until the next send()
    };

    CardLine() = default;
    CardLine(CardLine const&) = delete;
    CardLine& operator=(CardLine const&) = delete;
    virtual ~CardLine() = default;

    /// True while a card is in the socket.
    [[nodiscard]] virtual bool is_card_in() = 0;
    /// Cycles of CLK a second.
    [[nodiscard]] virtual std::uint32_t clock_hz() const = 0;

    /// How much later than it is on I/O a character may be seen here, as whoever stands for a card
    /// may have to wait for a processor; 0 on wires.
    [[nodiscard]] virtual std::uint32_t lag_us() const { return 0; }

    /// VCC; nothing: 0 V.
    virtual void set_supply(std::optional<VoltageClass> voltage) = 0;
    virtual void set_clock(bool is_running) = 0;
    virtual void set_reset(bool is_high) = 0;
    /// I/O as the terminal leaves it: pulled up, or held low. What came before is forgotten.
    virtual void set_io(bool is_high) = 0;
    /// Holds for what is sent and comes from now on. require: nothing is under way.
    virtual void set_format(CharacterFormat const& format) = 0;

    /// Sends a character. require: sending() is not busy.
    virtual void send(std::uint8_t character) = 0;
    [[nodiscard]] virtual Sending sending() = 0;

    /// The next character that has come; nothing where none has. Holds 16 for who looks late.
    [[nodiscard]] virtual std::optional<Character> receive() = 0;
};

} // namespace hal
