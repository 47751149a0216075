#pragma once

#include "keys/master_key.hpp"

namespace keys {

/// What a terminal's key in a store is.
enum class TerminalKeyUse : std::uint8_t {
    bdk,       ///< the id is that of the BDK, four zeros behind
    transport, ///< over the key blocks for the terminal of that id
};

/// Names a terminal's key in a store.
struct TerminalKeyPlace {
    TerminalKeyUse use;
    InitialKeyId id;

    friend bool operator==(TerminalKeyPlace const&, TerminalKeyPlace const&) = default;
};

/// Where such a key is kept.
[[nodiscard]] constexpr TerminalKeyPlace place_of(TerminalBdk const& bdk) {
    return {TerminalKeyUse::bdk, {{bdk.id[0], bdk.id[1], bdk.id[2], bdk.id[3], 0, 0, 0, 0}}};
}
[[nodiscard]] constexpr TerminalKeyPlace place_of(TerminalTransportKey const& transport) {
    return {TerminalKeyUse::transport, transport.terminal};
}

/// The same key once more.
[[nodiscard]] inline MasterKey copy_of(MasterKey const& key) {
    return {key.name, key.version, key.tier, key.secret.duplicate()};
}
[[nodiscard]] inline TerminalBdk copy_of(TerminalBdk const& bdk) {
    return {bdk.id, Bdk{bdk.key.aes_size(), bdk.key.expose()}};
}
[[nodiscard]] inline TerminalTransportKey copy_of(TerminalTransportKey const& transport) {
    return {transport.terminal, KeyBlockKey{transport.key.aes_size(), transport.key.expose()}};
}

/// The BDK with the id that `id` begins with, and a terminal's transport key, of that AES key.
[[nodiscard]] inline TerminalBdk bdk_of(InitialKeyId const& id, AesKey const& key) {
    return {{id.bytes[0], id.bytes[1], id.bytes[2], id.bytes[3]},
            Bdk{key.aes_size(), key.expose()}};
}
[[nodiscard]] inline TerminalTransportKey transport_key_of(InitialKeyId const& terminal,
                                                           AesKey const& key) {
    return {terminal, KeyBlockKey{key.aes_size(), key.expose()}};
}

} // namespace keys
