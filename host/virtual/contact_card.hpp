#pragma once

#include "host/virtual/character_faults.hpp"
#include "host/virtual/contact_order.hpp"
#include "host/virtual/faulty_card.hpp"
#include "host/virtual/pps_answer.hpp"

#include <deque>
#include <functional>
#include <memory>

namespace virtual_card {

/// A card at its contacts: reset, answer to reset, PPS, protocol, error signals. Takes events of
/// its socket, and gives events at the time at which they leave; owns neither line nor clock. Times
/// are in µs and never go back.
class ContactCard {
public:
    using Exchanged = std::function<void(apdu::ByteView command, ExchangeOutcome const&)>;

    /// `card` must outlive it; of `faults` it takes those of characters. `exchanged`, where given,
    /// is told of each command.
    ContactCard(FaultyCard& card, std::vector<Fault> faults, ContactSettings settings,
                Exchanged exchanged = {});

    /// An event from the terminal; those of the other socket are not taken notice of.
    void take(ContactEvent const& event, std::uint64_t now_us);

    /// All that leaves until now.
    [[nodiscard]] std::vector<ContactEvent> leave(std::uint64_t now_us);

    /// When leave() is to be asked next; nothing: not before something is taken.
    [[nodiscard]] std::optional<std::uint64_t> due_us() const;

    /// Out of the reader, or into it, where it has power once more; nothing where it is there
    /// already.
    void remove();
    void insert();
    /// True after a fault has taken its power: no reset brings it back before insert().
    [[nodiscard]] bool lacks_power() const { return lacks_power_; }
    /// The line to the terminal is cut: no contact is up, and the rate is the default again.
    void cut_line();
    [[nodiscard]] bool is_in() const { return is_in_; }

    /// What the terminal did wrong with the contacts, each in words.
    [[nodiscard]] std::vector<std::string> const& violations() const { return order_.violations(); }

private:
    /// From one leading edge to the next.
    static constexpr std::uint64_t contact_character_etu = 12;

    /// A character that is to leave.
    struct Leaving {
        std::uint64_t at_us;
        std::uint8_t value;
        bool is_repetition = false;
    };
    /// A command that the card works on.
    struct Work {
        Bytes answer;
        std::uint64_t ready_us;
        std::uint64_t sign_us;
        std::size_t signs_left;
    };
    enum class Phase : std::uint8_t { off, answering_reset, talking, dead };

    void take_contacts(ContactState next, std::uint64_t now_us);
    void answer_reset(std::uint64_t now_us);
    void take_character(LineCharacter character, std::uint64_t now_us);
    void hear(LineCharacter character, std::uint64_t now_us);
    void take_pps(LineCharacter character, std::uint64_t now_us);
    void take_error_signal(std::uint64_t now_us);
    void run(apdu::ByteView command, std::uint64_t now_us);
    void work_on(std::uint64_t now_us);
    void say(Bytes const& characters, std::uint64_t now_us);
    void hold_back(std::uint64_t now_us);
    [[nodiscard]] std::uint64_t guard_us() const;
    void say_protocol(Bytes characters, std::uint64_t now_us);
    void put(LineCharacter meant, std::vector<ContactEvent>& out) const;
    void take_next_rate();
    void emit(std::uint64_t now_us, std::vector<ContactEvent>& out);
    /// @returns false when the character does not happen.
    [[nodiscard]] bool happens(CharacterFaults::Fate fate, std::uint64_t now_us);
    void go(Phase phase);
    void tell_presence();
    [[nodiscard]] bool works_forever() const;
    /// Of so many etu at the rate that holds.
    [[nodiscard]] std::uint64_t line_us(std::uint64_t etu) const;

    FaultyCard& card_;
    CharacterFaults faults_;
    ContactSettings settings_;
    Exchanged exchanged_;
    std::unique_ptr<CardProtocol> protocol_;
    ContactOrder order_;
    bool is_in_ = true;
    bool lacks_power_ = false;
    Phase phase_ = Phase::off;
    apdu::ClockRate rate_{};
    std::optional<apdu::ClockRate> terminal_rate_{apdu::default_clock_rate};
    std::optional<apdu::ClockRate> next_rate_{}; ///< once the answer to PPS is sent
    bool may_pps_ = false;
    Bytes pps_{};
    std::vector<ContactEvent> urgent_{};
    std::deque<Leaving> leaving_{};
    std::uint64_t line_free_us_ = 0;
    std::uint64_t hold_us_ = 0; ///< nothing leaves before; an error signal may come
    std::optional<std::uint8_t> last_sent_{};
    unsigned repetitions_ = 0;
    unsigned wrong_in_a_row_ = 0;
    std::uint64_t last_came_us_ = 0;
    std::optional<Work> work_{};
    std::optional<std::uint64_t> babble_us_{};
    std::uint8_t babble_character_ = 0;
};

} // namespace virtual_card
