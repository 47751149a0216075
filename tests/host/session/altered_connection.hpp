#pragma once

#include "apdu/card_connection.hpp"

#include <functional>
#include <optional>
#include <vector>

namespace session {

/// Stands between a card and a session and alters what goes by.
class AlteredConnection final : public apdu::CardConnection {
public:
    using Bytes = std::vector<std::uint8_t>;
    /// Gives an answer in the card's stead, or nothing. The number counts commands from 1.
    using Instead = std::function<std::optional<Bytes>(std::size_t number, Bytes const& command)>;
    /// Alters the card's answer.
    using Alter = std::function<void(std::size_t number, Bytes& answer)>;

    explicit AlteredConnection(apdu::CardConnection& card)
        : AlteredConnection{card, card.protocol()} {}
    /// Under another protocol than the card's.
    AlteredConnection(apdu::CardConnection& card, apdu::Protocol protocol)
        : card_{card}, protocol_{protocol} {}
    void answer_instead(Instead instead) { instead_ = std::move(instead); }
    void alter_answers(Alter alter) { alter_ = std::move(alter); }

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        ++commands_;
        auto answer = instead_ ? instead_(commands_, {command.begin(), command.end()})
                               : std::optional<Bytes>{};
        if (!answer.has_value()) {
            Bytes from_card(response.size());
            auto const size = card_.transmit(command, from_card);
            if (!size.ok()) {
                return size.error();
            }
            from_card.resize(size.value());
            answer = std::move(from_card);
        }
        if (alter_) {
            alter_(commands_, *answer);
        }
        if (answer->size() > response.size()) {
            return apdu::Error::too_long;
        }
        apdu::copy_bytes(*answer, response);
        return answer->size();
    }
    apdu::Result<apdu::Done> reset() override { return card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }
    [[nodiscard]] std::size_t commands() const { return commands_; }

private:
    apdu::CardConnection& card_;
    apdu::Protocol protocol_;
    Instead instead_{};
    Alter alter_{};
    std::size_t commands_ = 0;
};

} // namespace session
