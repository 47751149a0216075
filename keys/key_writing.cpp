#include "keys/key_writing.hpp"

#include "keys/data_encryption.hpp"

namespace keys {
namespace {

/// Header and body as they stand in the command before it is encrypted.
class WriteKeyData {
public:
    WriteKeyData(KeyHeader const& header, apdu::ByteView key_or_pin) {
        bytes_.fill(0xFF);
        apdu::copy_bytes(header, bytes_);
        apdu::copy_bytes(key_or_pin, apdu::ByteSpan{bytes_}.subspan(header.size()));
    }
    WriteKeyData(WriteKeyData const&) = delete;
    WriteKeyData& operator=(WriteKeyData const&) = delete;
    ~WriteKeyData() { wipe(bytes_); }

    /// The header and the first `body_size` bytes of the body.
    [[nodiscard]] apdu::ByteView expose(std::size_t body_size) const {
        return apdu::ByteView{bytes_}.first(std::tuple_size_v<KeyHeader> + body_size);
    }

private:
    std::array<std::uint8_t, std::tuple_size_v<KeyHeader> + key_body_size> bytes_{};
};

apdu::Command write_key_header(apdu::Cla cla, std::uint8_t p1) {
    return apdu::Command{cla, apdu::Ins::t514_write_key, p1, 0x00};
}

CipherResult<SecuredCommand> encrypted_command(BlockCipher& cipher, CardKey const& mk,
                                               std::uint8_t p1, apdu::ByteView plain,
                                               std::array<std::uint8_t, 4> const& challenge) {
    std::array<std::uint8_t,
               encrypted_size(CipherKind::sm4, std::tuple_size_v<KeyHeader> + key_body_size)>
        encrypted{};
    auto const size = encrypt_data(cipher, mk, plain, encrypted);
    if (!size.ok()) {
        return size.error();
    }
    return maced_command(cipher, mk, write_key_header(apdu::Cla::proprietary_secure, p1),
                         apdu::ByteView{encrypted}.first(size.value()), challenge);
}

} // namespace

SecretCommand plain_write_key_command(std::uint8_t p1, KeyHeader const& header,
                                      CardKey const& key) {
    WriteKeyData const data{header, key.expose()};
    return SecretCommand{
        write_key_header(apdu::Cla::interindustry, p1).with_data(data.expose(key_body_size))};
}

CipherResult<SecuredCommand> write_key_command(BlockCipher& cipher, CardKey const& mk,
                                               std::uint8_t p1, KeyHeader const& header,
                                               CardKey const& key,
                                               std::array<std::uint8_t, 4> const& challenge) {
    WriteKeyData const data{header, key.expose()};
    return encrypted_command(cipher, mk, p1, data.expose(key.size()), challenge);
}

CipherResult<SecuredCommand> write_pin_command(BlockCipher& cipher, CardKey const& mk,
                                               KeyHeader const& header, Pin const& pin,
                                               std::array<std::uint8_t, 4> const& challenge) {
    WriteKeyData const data{header, pin.expose()};
    return encrypted_command(cipher, mk, 0x00, data.expose(key_body_size), challenge);
}

} // namespace keys
