#pragma once

#include "host/virtual/card_protocol.hpp"

#include <functional>

namespace virtual_card {

/// The card's side of T=0: header of 5, procedure bytes, data one way or the other, SW1 SW2. Its
/// own machine, shared with no terminal. ISO/IEC 7816-3:2006 §10.3.
class T0Line final : public CardProtocol {
public:
    /// Whether a command with that header brings data to the card.
    using TakesData = std::function<bool(apdu::ByteView header)>;

    /// `is_byte_by_byte`: data are asked for, and given, one by one (INS ^ FF).
    explicit T0Line(TakesData takes_data, bool is_byte_by_byte = false)
        : takes_data_{std::move(takes_data)}, is_byte_by_byte_{is_byte_by_byte} {}

    void reset() override { command_.clear(); }
    [[nodiscard]] ProtocolStep take(std::uint8_t character, bool is_parity_wrong) override;
    [[nodiscard]] Bytes answer(apdu::ByteView response) override;
    /// NULL.
    [[nodiscard]] Bytes sign_of_work() override;
    [[nodiscard]] bool has_error_signal() const override { return true; }

private:
    [[nodiscard]] std::uint8_t procedure_byte() const;

    TakesData takes_data_;
    bool is_byte_by_byte_;
    Bytes command_{}; ///< what has come of the command so far; all of it until its answer
};

} // namespace virtual_card
