#include "keys/card_key.hpp"

namespace keys {
namespace {

SecretBytes<key_size_max> whole_key(CipherKind kind, apdu::ByteView bytes) {
    apdu::require(bytes.size() == key_size(kind));
    std::array<std::uint8_t, key_size_max> whole{};
    apdu::copy_bytes(bytes, whole);
    if (kind == CipherKind::des) {
        apdu::copy_bytes(bytes, apdu::ByteSpan{whole}.subspan(bytes.size()));
    }
    SecretBytes<key_size_max> secret{whole};
    wipe(whole);
    return secret;
}

} // namespace

std::optional<CipherKind> cipher_kind(Algorithm algorithm, std::size_t size) {
    if (algorithm == Algorithm::des3 && size == key_size(CipherKind::des)) {
        return CipherKind::des;
    }
    if (algorithm == Algorithm::des3 && size == key_size(CipherKind::des3)) {
        return CipherKind::des3;
    }
    if (algorithm == Algorithm::sm4 && size == key_size(CipherKind::sm4)) {
        return CipherKind::sm4;
    }
    return std::nullopt;
}

CardKey::CardKey(CipherKind kind, apdu::ByteView bytes)
    : kind_{kind}, bytes_{whole_key(kind, bytes)} {}

CardKey::CardKey(CipherKind kind, TokenObject object)
    : kind_{kind}, object_{object}, bytes_{std::array<std::uint8_t, key_size_max>{}} {
    apdu::require(object != 0);
}

CardKey CardKey::duplicate() const {
    return object_ == 0 ? CardKey{kind_, expose()} : CardKey{kind_, object_};
}

} // namespace keys
