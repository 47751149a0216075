#pragma once

#include "host/virtual/t1_line.hpp"

#include "apdu/clock_rate.hpp"

#include <chrono>

namespace virtual_card {

/// Protocol that a card speaks at its contacts.
enum class ContactProtocol : std::uint8_t { t0, t1 };

/// Which level of I/O a one is. ISO/IEC 7816-3:2006 §8.1.
enum class ContactConvention : std::uint8_t { direct, inverse };

/// What a card is like at its contacts.
struct ContactSettings {
    ContactProtocol protocol = ContactProtocol::t0;
    ContactConvention convention = ContactConvention::direct;
    std::optional<std::uint8_t> ta1{}; ///< the fastest that it takes; nothing: TA1 is absent
    T1Settings t1{};
    std::uint8_t socket = 0;
    std::uint32_t clock_hz = 4'000'000;
    bool is_paced = false;               ///< characters take their time; else they leave at once
    bool is_byte_by_byte = false;        ///< T=0: INS ^ FF
    std::size_t signs_before_answer = 0; ///< NULL, or S(WTX), before each answer
    std::chrono::microseconds command_work{0}; ///< of the chip for each command
    std::chrono::microseconds write_work{0};   ///< of the chip for each write of its memory
};

/// The answer to reset of a card at its contacts, from that which the card gives by itself. Under
/// T=0 TA1 is put in; under T=1 it is 3B ED 18 00 81 31 FE 4D, the historical bytes and TCK, with
/// TA1 put in, and IFSC and code as set (assumed: the specification has no card with T=1).
/// require: `own` has no interface bytes TA1 and TD1.
[[nodiscard]] Bytes contact_atr(apdu::ByteView own, ContactSettings const& settings);

/// A character as it stands on the stream in that convention, or back.
struct LineCharacter {
    std::uint8_t value;
    bool is_parity_wrong;
    friend constexpr bool operator==(LineCharacter const&, LineCharacter const&) = default;
};
[[nodiscard]] LineCharacter turned(LineCharacter character, ContactConvention convention);

} // namespace virtual_card
