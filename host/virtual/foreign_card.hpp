#pragma once

#include "host/virtual/physical_card.hpp"

namespace virtual_card {

/// Cards that are none of social security, for trying that they are refused.
enum class ForeignKind : std::uint8_t {
    bank, ///< has the payment environment 1PAY.SYS.DDF01 and nothing else
    sim,  ///< GSM: class A0, file 3F00
};

/// A foreign card, as far as a program goes that recognizes and refuses it.
class ForeignCard final : public PhysicalCard {
public:
    explicit ForeignCard(ForeignKind kind) : kind_{kind} {}

    void reset() override { waiting_.clear(); }
    [[nodiscard]] apdu::ByteView atr() const override;
    [[nodiscard]] Bytes exchange(apdu::ByteView command) override;

private:
    ForeignKind kind_;
    Bytes waiting_{};
};

} // namespace virtual_card
