#pragma once

#include "host/virtual/physical_card.hpp"

namespace bench {

/// A chip that gives so many bytes, and takes what it is told.
class PlainChip final : public virtual_card::PhysicalCard {
public:
    static constexpr std::uint8_t read_binary = 0xB0;
    static constexpr std::uint8_t data_size = 250;

    void reset() override {}
    /// With historical bytes that say who it is.
    apdu::ByteView atr() const override { return atr_; }
    virtual_card::Bytes exchange(apdu::ByteView command) override {
        std::size_t const size = command[1] == read_binary ? data_size : 0;
        virtual_card::Bytes answer(size + 2, 0x5A);
        answer[size] = 0x90;
        answer[size + 1] = 0x00;
        return answer;
    }
    bool takes_data(apdu::ByteView header) const override { return header[1] != read_binary; }

private:
    std::array<std::uint8_t, 17> atr_{0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x4E, 0x43, 0x23,
                                      0x86, 0x97, 0x15, 0x99, 0x00, 0xBF, 0x7C, 0x7A};
};

} // namespace bench
