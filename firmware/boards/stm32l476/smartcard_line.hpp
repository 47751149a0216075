#pragma once

#include "firmware/boards/cortex_m/interrupt_ring.hpp"
#include "firmware/boards/stm32l476/card_contacts.hpp"
#include "firmware/boards/stm32l476/interrupts.hpp"

namespace stm32l476 {

/// An USART in smart-card mode, and the pins that it uses. Of the chip's five, only USART1 to
/// USART3 have the mode. RM0351 §40.4.
struct SmartcardPort {
    UsartRegisters& usart; ///< runs on core_hz
    Interrupt interrupt;
    Pin io;                 ///< its TX
    Pin clock;              ///< its CK
    std::uint8_t function;  ///< of both pins
    std::uint8_t prescaler; ///< CLK is core_hz / 2 / this; 1…31
};

/// A card's line. The USART sends the error signal and repeats what one came for, three times each;
/// CLK is its own. At a change of format CLK stands still for less than a microsecond: ASSUMED to
/// be nothing to a card.
class SmartcardLine final : public hal::CardLine, public InterruptSource {
public:
    /// `clock` must outlive it.
    SmartcardLine(SmartcardPort const& port, ContactPins const& contacts, hal::Clock& clock);

    [[nodiscard]] bool is_card_in() override { return contacts_.is_card_in(); }
    [[nodiscard]] std::uint32_t clock_hz() const override;
    void set_supply(std::optional<hal::VoltageClass> voltage) override;
    void set_clock(bool is_running) override;
    void set_reset(bool is_high) override { contacts_.set_reset(is_high); }
    void set_io(bool is_high) override;
    void set_format(hal::CharacterFormat const& format) override;
    void send(std::uint8_t character) override;
    [[nodiscard]] Sending sending() override;
    [[nodiscard]] std::optional<Character> receive() override;

    void on_interrupt() override;
    /// True while a guard time ends that no interrupt tells of: the core must not sleep.
    [[nodiscard]] bool is_guarding();

private:
    static constexpr std::size_t received_max = 16;

    void stop();
    void apply();
    [[nodiscard]] std::uint64_t us_of_etu(std::uint32_t etu) const;
    [[nodiscard]] bool is_echo() const;
    void take_character(std::uint32_t status);
    void finish_sending(bool is_refused);

    SmartcardPort port_;
    CardContacts contacts_;
    hal::Clock& clock_;
    hal::CharacterFormat format_{};
    bool is_clock_on_ = false;
    bool is_io_high_ = false;
    std::uint64_t free_from_us_ = 0; ///< the next character of ours may begin
    cortex_m::InterruptRing<Character, received_max> received_{};
    bool is_any_lost_ = false;         ///< of the interrupt alone, as what follows
    bool is_just_sent_ = false;        ///< nothing has come since
    std::uint32_t sent_at_us_ = 0;     ///< by TIM2
    std::uint32_t echo_within_us_ = 0; ///< of sent_at_us_
    std::atomic<bool> is_sending_ = false;
    std::atomic<bool> is_refused_ = false;
};

} // namespace stm32l476
