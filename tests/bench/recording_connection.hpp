#pragma once

#include "apdu/card_connection.hpp"

#include <cstdint>
#include <vector>

namespace bench {

/// A card connection that keeps every command which went through it, so that the same commands can
/// be sent again without the layers above.
class RecordingConnection final : public apdu::CardConnection {
public:
    /// `inner` must outlive the object.
    explicit RecordingConnection(apdu::CardConnection& inner) : inner_{inner} {}

    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                                     apdu::ByteSpan response) override {
        commands_.emplace_back(command.begin(), command.end());
        return inner_.transmit(command, response);
    }
    [[nodiscard]] apdu::Result<apdu::Done> reset() override { return inner_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return inner_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return inner_.protocol(); }

    /// Every command so far, as the protocol carried it.
    [[nodiscard]] std::vector<std::vector<std::uint8_t>> const& commands() const {
        return commands_;
    }

private:
    apdu::CardConnection& inner_;
    std::vector<std::vector<std::uint8_t>> commands_{};
};

} // namespace bench
