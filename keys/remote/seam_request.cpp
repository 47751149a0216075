#include "keys/remote/seam_request.hpp"

namespace keys::remote {
namespace {

constexpr std::array<std::string_view, seam_request_count> request_names{
    "internal_answer",   "external_authentication",    "maced_command",
    "pin_reset_command", "terminal_pin_reset_command", "card_id_authentication",
    "transport_proof",   "temporary_mk_command",       "key_load_command",
    "pin_load_command",  "mk_authentication"};

/// Stands in a card's place to get hold of a command that only a card may see.
class CommandCatch final : public apdu::CardConnection {
public:
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        caught_.assign(command.begin(), command.end());
        apdu::require(response.size() >= 2);
        return std::size_t{2};
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return {}; }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }
    std::vector<std::uint8_t> take() { return std::move(caught_); }

private:
    std::vector<std::uint8_t> caught_{};
};

std::vector<std::uint8_t> bytes_of(SecuredCommand const& command) {
    return {command.view().begin(), command.view().end()};
}

std::vector<std::uint8_t> bytes_of(SecretCommand const& command) {
    CommandCatch instead_of_card;
    std::array<std::uint8_t, 2> status{};
    apdu::require(command.transmit(instead_of_card, status).ok());
    return instead_of_card.take();
}

template <std::size_t size>
std::vector<std::uint8_t> bytes_of(std::array<std::uint8_t, size> const& data) {
    return {data.begin(), data.end()};
}

template <typename T>
SeamAnswer answer_of(KeyResult<T> const& result) {
    if (!result.ok()) {
        return result.error();
    }
    return bytes_of(result.value());
}

/// Each request by the member function of its name.
class Performance {
public:
    Performance(KeyService& keys, CardIdentity const& card) : keys_{keys}, card_{card} {}

    SeamAnswer operator()(InternalAnswer const& call) const {
        return answer_of(keys_.internal_answer(card_, call.version, call.process, call.original));
    }
    SeamAnswer operator()(ExternalAuthentication const& call) const {
        return answer_of(
            keys_.external_authentication(card_, call.key, call.process, call.original));
    }
    SeamAnswer operator()(MacedCommand const& call) const {
        apdu::Command const header{apdu::Cla{call.header[0]},
                                   static_cast<apdu::Ins>(call.header[1]), call.header[2],
                                   call.header[3]};
        return answer_of(keys_.maced_command(card_, call.key, call.process, header, call.data));
    }
    SeamAnswer operator()(PinReset const& call) const {
        apdu::require(call.pin.has_value());
        return answer_of(keys_.pin_reset_command(card_, call.process, *call.pin));
    }
    SeamAnswer operator()(TerminalPinReset const& call) const {
        return answer_of(keys_.terminal_pin_reset_command(card_, call.process, call.pin));
    }
    SeamAnswer operator()(CardIdAuthentication const& call) const {
        return answer_of(keys_.card_id_authentication(card_, call.first_parts));
    }
    SeamAnswer operator()(TransportProof const& /*call*/) const {
        return answer_of(keys_.transport_proof(card_));
    }
    SeamAnswer operator()(TemporaryMk const& call) const {
        return answer_of(keys_.temporary_mk_command(card_, call.header));
    }
    SeamAnswer operator()(KeyLoading const& call) const {
        return answer_of(keys_.key_load_command(card_, call.load, call.challenge));
    }
    SeamAnswer operator()(PinLoading const& call) const {
        apdu::require(call.pin.has_value());
        return answer_of(
            keys_.pin_load_command(card_, call.under, call.header, *call.pin, call.challenge));
    }
    SeamAnswer operator()(MkAuthentication const& call) const {
        return answer_of(keys_.mk_authentication(card_, call.mk, call.challenge));
    }

private:
    KeyService& keys_;
    CardIdentity const& card_;
};

} // namespace

std::string_view to_text(SeamRequest request) {
    return request_names.at(static_cast<std::size_t>(request));
}

std::optional<SeamRequest> seam_request_from_text(std::string_view text) {
    for (std::size_t i = 0; i < request_names.size(); ++i) {
        if (request_names.at(i) == text) {
            return static_cast<SeamRequest>(i);
        }
    }
    return std::nullopt;
}

SeamRequest request_of(SeamCall const& call) { return static_cast<SeamRequest>(call.index()); }

SeamAnswer perform(KeyService& keys, CardIdentity const& card, SeamCall const& call) {
    return std::visit(Performance{keys, card}, call);
}

} // namespace keys::remote
