#include "keys/custody/key_components.hpp"

#include "keys/custody/typed_hex.hpp"

#include "keys/constant_time.hpp"
#include "keys/file/key_strength.hpp"
#include "keys/openssl/evp_aes.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/sealed/sealing_key.hpp"
#include "keys/wiped_buffer.hpp"

#include <algorithm>

namespace keys::custody {
namespace {

std::size_t size_of(KeyKind kind) {
    auto const* const cipher = std::get_if<CipherKind>(&kind);
    return cipher != nullptr ? key_size(*cipher) : bytes_of(std::get<AesSize>(kind));
}

ComposedKey key_of(KeyKind kind, apdu::ByteView bytes) {
    if (auto const* const cipher = std::get_if<CipherKind>(&kind)) {
        return CardKey{*cipher, bytes};
    }
    return AesKey{std::get<AesSize>(kind), bytes};
}

bool is_weak(ComposedKey const& key) {
    if (auto const* const of_card = std::get_if<CardKey>(&key)) {
        return file::is_weak(*of_card);
    }
    return file::is_weak(std::get<AesKey>(key));
}

} // namespace

CustodyResult<CheckValue> check_value_of(ComposedKey const& key) {
    openssl::EvpCipher cipher;
    openssl::EvpAes aes_cipher;
    auto const* const of_card = std::get_if<CardKey>(&key);
    auto const value = of_card != nullptr ? keys::check_value_of(cipher, *of_card)
                                          : keys::check_value_of(aes_cipher, std::get<AesKey>(key));
    if (!value.ok()) {
        return CustodyFault::failed;
    }
    return value.value();
}

std::size_t KeyComponents::size() const { return size_of(kind_); }

CustodyResult<KeyComponents> KeyComponents::begin(KeyKind kind, std::size_t count) {
    apdu::require(count >= components_min && count <= components_max);
    auto memory = sealed::LockedMemory::take(count * size_of(kind));
    if (!memory.ok()) {
        return CustodyFault::memory_unlocked;
    }
    return KeyComponents{kind, count, std::move(memory).value()};
}

apdu::ByteSpan KeyComponents::component(std::size_t index) const {
    apdu::require(index < count());
    return memory_.bytes().subspan(index * size(), size());
}

CustodyResult<apdu::Done> KeyComponents::generate() {
    constexpr int rounds_max = 8; // a weak one is a matter of chance, of less than 2^-50
    for (int round = 0; round < rounds_max; ++round) {
        if (!sealed::fill_at_random(memory_.bytes()).ok()) {
            return CustodyFault::failed;
        }
        bool is_weak_one = false;
        for (std::size_t i = 0; i < count(); ++i) {
            taken_[i] = true;
            is_weak_one = is_weak_one || is_weak(key_of(kind_, component(i)));
        }
        are_generated_ = !is_weak_one && combined().ok();
        std::fill(taken_.begin(), taken_.end(), false); // until each is typed back
        if (are_generated_) {
            return apdu::Done{};
        }
    }
    return CustodyFault::failed;
}

std::string KeyComponents::text_of(std::size_t index) const {
    apdu::require(are_generated_);
    return grouped_hex(component(index));
}

bool KeyComponents::is_repeated(std::size_t index, apdu::ByteView typed) const {
    for (std::size_t i = 0; i < count(); ++i) {
        if (i != index && taken_[i] && equal_in_constant_time(component(i), typed)) {
            return true;
        }
    }
    return false;
}

CustodyResult<CheckValue> KeyComponents::take(std::size_t index, std::string_view typed,
                                              std::optional<CheckValue> const& expected) {
    WipedBuffer<aes_key_size_max> buffer;
    apdu::ByteSpan const bytes = apdu::ByteSpan{buffer.expose()}.first(size());
    if (!read_typed_hex(typed, bytes)) {
        return CustodyFault::part_malformed;
    }
    ComposedKey const key = key_of(kind_, bytes);
    auto const value = check_value_of(key);
    if (!value.ok()) {
        return value;
    }
    if (expected && *expected != value.value()) {
        return CustodyFault::check_value_differs;
    }
    if (are_generated_ && !equal_in_constant_time(component(index), bytes)) {
        return CustodyFault::part_not_shown;
    }
    if (is_repeated(index, bytes)) {
        return CustodyFault::part_repeated;
    }
    if (is_weak(key)) {
        return CustodyFault::part_weak;
    }
    apdu::copy_bytes(bytes, component(index));
    taken_[index] = true;
    return value;
}

CustodyResult<CheckValue> KeyComponents::check_value(std::size_t index) const {
    return check_value_of(key_of(kind_, component(index)));
}

CustodyResult<ComposedKey> KeyComponents::combined() const {
    if (std::find(taken_.begin(), taken_.end(), false) != taken_.end()) {
        return CustodyFault::part_missing;
    }
    WipedBuffer<aes_key_size_max> buffer;
    apdu::ByteSpan const sum = apdu::ByteSpan{buffer.expose()}.first(size());
    for (std::size_t i = 0; i < count(); ++i) {
        apdu::ByteSpan const one = component(i);
        std::transform(sum.begin(), sum.end(), one.begin(), sum.begin(),
                       [](std::uint8_t left, std::uint8_t right) {
                           return static_cast<std::uint8_t>(left ^ right);
                       });
    }
    ComposedKey key = key_of(kind_, sum);
    if (is_weak(key)) {
        return CustodyFault::key_weak;
    }
    return key;
}

} // namespace keys::custody
