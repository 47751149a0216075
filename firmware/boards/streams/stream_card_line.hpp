#pragma once

#include "firmware/boards/streams/contact_link.hpp"
#include "firmware/hal/card_line.hpp"

namespace streams {

/// A socket whose contacts are events on a stream.
class StreamCardLine final : public hal::CardLine, private ContactListener {
public:
    /// How long a character takes.
    enum class Pacing : std::uint8_t {
        none,      ///< as long as the stream needs to take it
        real_time, ///< its guard time at the line's rate
    };

    /// The link must outlive it. `clock_hz`: cycles of CLK a second, not 0. require: nobody else
    /// listens to that socket.
    StreamCardLine(ContactLink& link, std::uint8_t socket, std::uint32_t clock_hz, Pacing pacing);

    [[nodiscard]] bool is_card_in() override;
    [[nodiscard]] std::uint32_t clock_hz() const override { return clock_hz_; }
    void set_supply(std::optional<hal::VoltageClass> voltage) override;
    void set_clock(bool is_running) override;
    void set_reset(bool is_high) override;
    void set_io(bool is_high) override;
    /// require: a TA1 says the rate.
    void set_format(hal::CharacterFormat const& format) override;
    void send(std::uint8_t character) override;
    [[nodiscard]] Sending sending() override;
    [[nodiscard]] std::optional<Character> receive() override;

    /// Of a character, each way.
    static constexpr unsigned repetitions_max = 3;

private:
    void on_event(ContactEvent const& event) override;
    void on_presence(bool is_in);
    void on_character(std::uint8_t value, bool is_parity_wrong);
    void on_error_signal();
    void pump();
    void set_contacts(std::uint8_t contacts);
    void set_contact(std::uint8_t bit, bool is_high);
    void transmit();
    void send_event(ContactEvent::Type type, std::uint8_t value);
    void send_contacts();

    ContactLink& link_;
    std::uint8_t socket_;
    std::uint32_t clock_hz_;
    Pacing pacing_;
    hal::CharacterFormat format_{};
    std::uint8_t contacts_ = 0;
    bool is_in_ = false;
    bool is_answered_ = false; ///< whether a card is in
    std::uint64_t ask_us_ = 0; ///< it is asked for again
    bool is_behind_ = true;    ///< the card side may not know the contacts
    std::uint32_t losses_ = 0;
    Ring<Character, 320> in_{};
    unsigned signalled_ = 0;             ///< errors of the character that is to come
    std::optional<std::uint8_t> last_{}; ///< what the card may still signal an error for
    unsigned repeated_ = 0;
    bool is_refused_ = false;
    std::uint64_t sent_us_ = 0; ///< the last character and its guard time are over
};

} // namespace streams
