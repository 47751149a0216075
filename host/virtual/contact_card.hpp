#pragma once

#include "host/virtual/contact_event.hpp"
#include "host/virtual/faulty_card.hpp"
#include "host/virtual/line_fault.hpp"
#include "host/virtual/line_protocol.hpp"

#include "apdu/clock_rate.hpp"

#include <deque>
#include <memory>
#include <string>

namespace virtual_card {

/// Whether characters take the time that they take on a wire.
enum class Pace : std::uint8_t { at_once, as_on_a_wire };

/// How a card is at its contacts.
struct ContactOptions {
    bool speaks_t1 = false;
    std::uint8_t rate_code = 0x11; ///< TA1
    bool is_inverse = false;
    bool has_crc = false;       ///< T=1
    std::uint8_t ifsc = 254;    ///< T=1
    bool is_one_by_one = false; ///< T=0: each byte of data behind a procedure byte
    Pace pace = Pace::at_once;
    std::uint32_t clock_hz = 4'000'000; ///< that the terminal gives
    std::vector<LineFault> faults{};
};

/// A card at its contacts, character by character: what a terminal does there, and what the card
/// says and when. Without a stream and without a clock: times are microseconds of its user's.
class ContactCard {
public:
    /// What the card sends, and when it is there in whole.
    struct Outgoing {
        ContactEvent event;
        std::uint64_t at_us;
    };

    /// `card` must outlive it; under T=1 it takes whole APDUs.
    ContactCard(FaultyCard& card, ContactOptions options);

    /// Something happens at the contacts.
    void take(ContactEvent const& event, std::uint64_t now_us);
    /// Time goes on.
    void look(std::uint64_t now_us);
    /// What leaves the card by now, the first of it.
    [[nodiscard]] std::optional<ContactEvent> next(std::uint64_t now_us);
    /// When there is something to do again, by time alone.
    [[nodiscard]] std::optional<std::uint64_t> due_us() const;

    /// Out of the socket, and into it again.
    void remove(std::uint64_t now_us);
    void insert(std::uint64_t now_us);
    [[nodiscard]] bool is_in() const { return is_in_; }

    /// What the terminal did wrong at the contacts, in words; taken away.
    [[nodiscard]] std::vector<std::string> take_violations();

    /// The ATR at the contacts. TA1 and T=1 are ASSUMED: the standard's cards have neither.
    [[nodiscard]] Bytes atr() const;

private:
    static constexpr std::uint64_t us_of_second = 1'000'000;
    static constexpr std::uint64_t character_etu = 12;

    enum class State : std::uint8_t { off, reset, answering, pps, working, silent, babbling };

    void on_levels(ContactLevels levels, std::uint64_t now_us);
    void on_reset_high(std::uint64_t now_us);
    void on_character(std::uint8_t value, bool is_parity_wrong, std::uint64_t now_us);
    void on_pps(std::uint8_t value, std::uint64_t now_us);
    void on_error_signal(std::uint64_t now_us);
    void carry_out(LineReply const& reply, std::uint64_t now_us);
    void say(apdu::ByteView characters, std::uint64_t from_us, std::uint64_t step_us);
    void say_one(std::uint8_t value, std::uint64_t at_us);
    void put(std::uint8_t value, bool is_parity_wrong, std::uint64_t at_us);
    void tell_presence(std::uint64_t now_us);
    void start_protocol();
    [[nodiscard]] bool has(LineFaultKind kind) const;
    [[nodiscard]] bool needs_error_signal() const;
    [[nodiscard]] std::uint64_t us_of_etu(std::uint64_t etu) const;
    [[nodiscard]] std::uint64_t silence_us() const;

    FaultyCard& card_;
    ContactOptions options_;
    std::unique_ptr<LineProtocol> protocol_;
    bool is_in_ = true;
    State state_ = State::off;
    ContactLevels levels_{};
    std::uint64_t reset_low_since_us_ = 0;
    Bytes own_atr_{}; ///< as the card has it without a line
    Bytes historical_{};
    std::uint8_t card_rate_ = 0x11;
    std::uint8_t rate_after_pps_ = 0; ///< 0: none
    std::uint8_t terminal_rate_ = 0x11;
    std::size_t number_ = 0; ///< characters since the reset
    std::size_t at_ = 0;     ///< the one that faults are looked up for
    Bytes pps_{};
    bool may_pps_ = false;
    std::uint64_t heard_us_ = 0; ///< the terminal's last character; 0: the block is at its end
    std::deque<Outgoing> out_{};
    std::uint64_t free_from_us_ = 0;               ///< the card's last character is over
    std::optional<std::uint64_t> held_until_us_{}; ///< an error signal may come
    std::uint8_t held_value_ = 0;
    unsigned repetitions_ = 0;
    std::vector<std::string> violations_{};
};

} // namespace virtual_card
