#include "keys/custody/key_components.hpp"

#include "keys/custody/typed_hex.hpp"

#include "keys/constant_time.hpp"
#include "keys/file/key_strength.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/sealed/sealing_key.hpp"
#include "keys/wiped_buffer.hpp"

#include <algorithm>

namespace keys::custody {
namespace {

CustodyResult<CheckValue> checked(CardKey const& key) {
    openssl::EvpCipher cipher;
    auto const value = check_value_of(cipher, key);
    if (!value.ok()) {
        return CustodyFault::failed;
    }
    return value.value();
}

} // namespace

CustodyResult<KeyComponents> KeyComponents::begin(CipherKind kind, std::size_t count) {
    apdu::require(count >= components_min && count <= components_max);
    auto memory = sealed::LockedMemory::take(count * key_size(kind));
    if (!memory.ok()) {
        return CustodyFault::memory_unlocked;
    }
    return KeyComponents{kind, count, std::move(memory).value()};
}

apdu::ByteSpan KeyComponents::component(std::size_t index) const {
    apdu::require(index < count());
    return memory_.bytes().subspan(index * key_size(kind_), key_size(kind_));
}

CardKey KeyComponents::as_key(std::size_t index) const { return {kind_, component(index)}; }

CustodyResult<apdu::Done> KeyComponents::generate() {
    constexpr int rounds_max = 8; // a weak one is a matter of chance, of less than 2^-50
    for (int round = 0; round < rounds_max; ++round) {
        if (!sealed::fill_at_random(memory_.bytes()).ok()) {
            return CustodyFault::failed;
        }
        bool is_weak_one = false;
        for (std::size_t i = 0; i < count(); ++i) {
            taken_[i] = true;
            is_weak_one = is_weak_one || file::is_weak(as_key(i));
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
    WipedBuffer<key_size_max> buffer;
    apdu::ByteSpan const bytes = apdu::ByteSpan{buffer.expose()}.first(key_size(kind_));
    if (!read_typed_hex(typed, bytes)) {
        return CustodyFault::part_malformed;
    }
    CardKey const key{kind_, bytes};
    auto const value = checked(key);
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
    if (file::is_weak(key)) {
        return CustodyFault::part_weak;
    }
    apdu::copy_bytes(bytes, component(index));
    taken_[index] = true;
    return value;
}

CustodyResult<CheckValue> KeyComponents::check_value(std::size_t index) const {
    return checked(as_key(index));
}

CustodyResult<CardKey> KeyComponents::combined() const {
    if (std::find(taken_.begin(), taken_.end(), false) != taken_.end()) {
        return CustodyFault::part_missing;
    }
    WipedBuffer<key_size_max> buffer;
    apdu::ByteSpan const sum = apdu::ByteSpan{buffer.expose()}.first(key_size(kind_));
    for (std::size_t i = 0; i < count(); ++i) {
        apdu::ByteSpan const one = component(i);
        std::transform(sum.begin(), sum.end(), one.begin(), sum.begin(),
                       [](std::uint8_t left, std::uint8_t right) {
                           return static_cast<std::uint8_t>(left ^ right);
                       });
    }
    CardKey key{kind_, sum};
    if (file::is_weak(key)) {
        return CustodyFault::key_weak;
    }
    return key;
}

} // namespace keys::custody
