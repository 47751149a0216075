#include "keys/secured_command.hpp"

#include "keys/data_encryption.hpp"
#include "keys/mac.hpp"

namespace keys {

CipherResult<SecuredCommand> maced_command(BlockCipher& cipher, CardKey const& key,
                                           apdu::Command const& header, apdu::ByteView data,
                                           apdu::ByteView initial) {
    apdu::require(data.size() <= maced_data_max);
    apdu::require(header.data().empty() && header.ne() == 0);
    SecuredCommand command{};
    command.bytes[0] = header.cla().value();
    command.bytes[1] = static_cast<std::uint8_t>(header.ins());
    command.bytes[2] = header.p1();
    command.bytes[3] = header.p2();
    command.bytes[4] = static_cast<std::uint8_t>(data.size() + mac_size);
    apdu::copy_bytes(data, apdu::ByteSpan{command.bytes}.subspan(5));
    command.size = 5 + data.size();
    auto const code = mac(cipher, key, command.view(), initial);
    if (!code.ok()) {
        return code.error();
    }
    apdu::copy_bytes(code.value(), apdu::ByteSpan{command.bytes}.subspan(command.size));
    command.size += mac_size;
    return command;
}

CipherResult<SecuredCommand> pin_reset_command(BlockCipher& cipher, CardKey const& session,
                                               Pin const& new_pin) {
    std::array<std::uint8_t, block_size_max> encrypted{};
    auto const size = encrypt_data(cipher, session, new_pin.expose(), encrypted);
    if (!size.ok()) {
        return size.error();
    }
    apdu::Command const header{apdu::Cla::proprietary_secure, apdu::Ins::pin_change_unblock, 0x00,
                               0x01};
    return maced_command(cipher, session, header, apdu::ByteView{encrypted}.first(size.value()));
}

} // namespace keys
