#include "keys/secret_command.hpp"

#include <utility>

namespace keys {

SecretCommand::SecretCommand(apdu::Command const& command) {
    apdu::require(command.is_short() && command.ne() == 0);
    auto const size = command.encode(bytes_);
    apdu::require(size.ok());
    size_ = size.value();
}

SecretCommand::SecretCommand(SecretCommand&& from) noexcept
    : bytes_{from.bytes_}, size_{std::exchange(from.size_, 0)} {
    wipe(from.bytes_);
}

SecretCommand::~SecretCommand() { wipe(bytes_); }

apdu::Command SecretCommand::header() const {
    apdu::require(size_ != 0);
    return apdu::Command{apdu::Cla{bytes_[0]}, static_cast<apdu::Ins>(bytes_[1]), bytes_[2],
                         bytes_[3]};
}

std::size_t SecretCommand::data_size() const { return size_ > 4 ? bytes_[4] : 0; }

apdu::Result<std::size_t> SecretCommand::transmit(apdu::CardConnection& connection,
                                                  apdu::ByteSpan response) const {
    apdu::require(size_ != 0);
    return connection.transmit(apdu::ByteView{bytes_}.first(size_), response);
}

SecretCommand verify_command(Pin const& pin) {
    apdu::Command const header{apdu::Cla::interindustry, apdu::Ins::verify, 0x00, 0x00};
    return SecretCommand{header.with_data(pin.expose())};
}

SecretCommand change_pin_command(Pin const& old_pin, Pin const& new_pin) {
    std::array<std::uint8_t, pin_size_max + 1 + pin_size_max> data{};
    apdu::copy_bytes(old_pin.expose(), data);
    data[old_pin.size()] = 0xFF;
    apdu::copy_bytes(new_pin.expose(), apdu::ByteSpan{data}.subspan(old_pin.size() + 1));
    apdu::Command const header{apdu::Cla::proprietary, apdu::Ins::change_pin, 0x01, 0x00};
    SecretCommand command{
        header.with_data(apdu::ByteView{data}.first(old_pin.size() + 1 + new_pin.size()))};
    wipe(data);
    return command;
}

} // namespace keys
