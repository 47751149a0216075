#include "keys/terminal_provisioning.hpp"

#include "keys/wiped_buffer.hpp"

#include "apdu/ccid/terminal_escape.hpp"

namespace keys {

apdu::Result<std::size_t> send_provisioning(apdu::ccid::ReaderFunctions& reader,
                                            TerminalTransportKey const& transport,
                                            apdu::ByteSpan answer) {
    constexpr std::size_t id_at = 2;
    constexpr std::size_t key_at = id_at + std::tuple_size_v<decltype(InitialKeyId::bytes)>;
    WipedBuffer<key_at + aes_key_size_max> escape;
    apdu::ByteSpan const bytes{escape.expose()};
    bytes[0] = apdu::ccid::terminal_escape_mark;
    bytes[1] = static_cast<std::uint8_t>(apdu::ccid::TerminalFunction::provision);
    apdu::copy_bytes(transport.terminal.bytes, bytes.subspan(id_at));
    apdu::copy_bytes(transport.key.expose(), bytes.subspan(key_at));
    return reader.escape(bytes.first(key_at + transport.key.size()), answer);
}

} // namespace keys
