#pragma once

#include "keys/secret_command.hpp"

#include "tests/keys/vectors.hpp"

#include <optional>

namespace keys {

/// A card connection that keeps the last command and answers 9000, or fails as it is told.
class RecordingConnection final : public apdu::CardConnection {
public:
    RecordingConnection() = default;
    explicit RecordingConnection(apdu::Error error) : error_{error} {}

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        last_ = apdu::copy_of(command);
        if (error_) {
            return *error_;
        }
        apdu::copy_bytes(apdu::bytes("9000"), response);
        return std::size_t{2};
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return {}; }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

    [[nodiscard]] Bytes const& last() const { return last_; }

private:
    std::optional<apdu::Error> error_{};
    Bytes last_{};
};

/// The bytes that a secret command puts on the wire.
inline Bytes sent_by(SecretCommand const& command) {
    RecordingConnection connection;
    std::array<std::uint8_t, 2> response{};
    if (!command.transmit(connection, response).ok()) {
        return {};
    }
    return connection.last();
}

} // namespace keys
