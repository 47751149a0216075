#include "keys/transaction_key.hpp"

#include "keys/session_key.hpp"

namespace keys {
namespace {

CipherResult<CardKey> transaction_session_key(BlockCipher& cipher, CardKey const& key,
                                              std::span<std::uint8_t const, 4> random,
                                              std::span<std::uint8_t const, 2> sequence,
                                              std::span<std::uint8_t const, 2> last_two) {
    std::array<std::uint8_t, 8> input{};
    apdu::copy_bytes(random, input);
    apdu::copy_bytes(sequence, apdu::ByteSpan{input}.subspan(4));
    apdu::copy_bytes(last_two, apdu::ByteSpan{input}.subspan(6));
    return session_key(cipher, key, input);
}

} // namespace

CardKey tac_key(CardKey const& dtk) {
    if (dtk.kind() != CipherKind::des3) {
        return CardKey{dtk.kind(), dtk.expose()};
    }
    std::array<std::uint8_t, key_size(CipherKind::des)> halves{};
    for (std::size_t i = 0; i < dtk.size(); ++i) {
        halves[i % halves.size()] ^= dtk.expose()[i];
    }
    CardKey key{CipherKind::des, halves};
    wipe(halves);
    return key;
}

CipherResult<CardKey> purchase_session_key(BlockCipher& cipher, CardKey const& dpk,
                                           std::span<std::uint8_t const, 4> random,
                                           std::span<std::uint8_t const, 2> sequence,
                                           std::span<std::uint8_t const, 4> terminal_sequence) {
    return transaction_session_key(cipher, dpk, random, sequence, terminal_sequence.last<2>());
}

CipherResult<CardKey> load_session_key(BlockCipher& cipher, CardKey const& dlk,
                                       std::span<std::uint8_t const, 4> random,
                                       std::span<std::uint8_t const, 2> sequence) {
    std::array<std::uint8_t, 2> const constant{0x80, 0x00};
    return transaction_session_key(cipher, dlk, random, sequence, constant);
}

} // namespace keys
