#pragma once

#include "firmware/boards/streams/contact_port.hpp"
#include "firmware/hal/card_line.hpp"
#include "firmware/hal/clock.hpp"

namespace streams {

/// The contacts of a socket as events on a stream, with a clock of CLK that it keeps to where it is
/// told to: a character then takes as long as it takes on a wire.
class StreamCardLine final : public hal::CardLine {
public:
    /// Both must outlive it.
    StreamCardLine(ContactPort& port, std::uint8_t socket, hal::Clock& clock,
                   std::uint32_t clock_hz, bool is_paced)
        : port_{port}, socket_{socket}, clock_{clock}, clock_hz_{clock_hz}, is_paced_{is_paced} {}

    [[nodiscard]] bool is_card_in() override;
    [[nodiscard]] std::uint32_t clock_hz() const override { return clock_hz_; }
    [[nodiscard]] std::uint32_t lag_us() const override { return is_paced_ ? 0 : unpaced_lag_us; }
    void set_supply(std::optional<hal::VoltageClass> voltage) override;
    void set_clock(bool is_running) override;
    void set_reset(bool is_high) override;
    void set_io(bool is_high) override;
    void set_format(hal::CharacterFormat const& format) override;
    void send(std::uint8_t character) override;
    [[nodiscard]] Sending sending() override;
    [[nodiscard]] std::optional<Character> receive() override;

private:
    static constexpr std::size_t received_max = 16;
    /// A card is a process here, which waits for a processor of a busy machine.
    static constexpr std::uint32_t unpaced_lag_us = 150'000;
    /// Repetitions that an error signal asks for. ISO/IEC 7816-3:2006 §7.3.
    static constexpr unsigned repetitions_max = 3;
    /// A card that is there answers at once; one that is not never does.
    static constexpr std::uint64_t taken_max_us = 50'000;

    void pump();
    void take(ContactEvent const& event);
    void take_presence(bool is_in);
    void take_character(std::uint8_t value, bool is_parity_wrong);
    void take_error_signal();
    void turn_received_round();
    void tell(ContactEvent::Kind kind, std::uint8_t value) { port_.send({kind, socket_, value}); }
    void tell_contacts();
    void put(std::uint8_t character);
    void greet_new_peer();

    ContactPort& port_;
    std::uint8_t socket_;
    hal::Clock& clock_;
    std::uint32_t clock_hz_;
    bool is_paced_;
    unsigned peer_ = 0;
    bool is_card_in_ = false;
    bool has_supply_ = false; ///< as the core set it
    bool has_left_ = false; ///< a card with power; the next one counts once its power is taken off
    std::uint8_t contacts_ = 0;
    hal::CharacterFormat format_{};
    std::uint8_t rate_code_ = 0x11;
    std::array<Character, received_max> received_{};
    std::size_t first_ = 0;
    std::size_t size_ = 0;
    std::uint8_t sent_ = 0;    ///< the last character of ours
    unsigned repetitions_ = 0; ///< of it
    unsigned asked_again_ = 0; ///< of the card's
    bool is_refused_ = false;
    std::uint64_t free_from_us_ = 0; ///< the next character of ours may begin
    std::uint64_t taken_until_us_ =
        0; ///< the card says by then how it took the last one; 0: it has
};

} // namespace streams
