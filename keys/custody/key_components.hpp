#pragma once

#include "keys/custody/custody_fault.hpp"
#include "keys/sealed/locked_memory.hpp"

#include "keys/aes_key.hpp"
#include "keys/check_value.hpp"

#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace keys::custody {

/// Custodians of one key at least, and at most.
inline constexpr std::size_t components_min = 2;
inline constexpr std::size_t components_max = 8;

/// What kind of key is made: a card's or a terminal's.
using KeyKind = std::variant<CipherKind, AesSize>;
/// The key itself.
using ComposedKey = std::variant<CardKey, AesKey>;

/// A key in parts that are XORed together, each with its own custodian, so that fewer than all of
/// them know nothing of the key. In locked memory, wiped with the object. DES parity is neither
/// looked at nor set right: components and key are what was given, bit by bit.
class KeyComponents {
public:
    /// `count` components, none of them there yet. Fault: memory_unlocked. require: count is
    /// components_min to components_max.
    [[nodiscard]] static CustodyResult<KeyComponents> begin(KeyKind kind, std::size_t count);

    /// Makes all of them from the operating system's random numbers. Fault: failed.
    [[nodiscard]] CustodyResult<apdu::Done> generate();

    /// What a custodian writes down: the component in groups of four digits. require: it was made
    /// by generate(). The caller wipes it.
    [[nodiscard]] std::string text_of(std::size_t index) const;

    /// Takes a custodian's component as they typed it, in the place of an earlier one; where it was
    /// generated, it must be the same. Gives its check value. Faults: part_malformed,
    /// check_value_differs (from `expected`), part_not_shown, part_repeated, part_weak, failed.
    [[nodiscard]] CustodyResult<CheckValue> take(std::size_t index, std::string_view typed,
                                                 std::optional<CheckValue> const& expected);

    /// The check value of one that is there.
    [[nodiscard]] CustodyResult<CheckValue> check_value(std::size_t index) const;

    /// The key that they make together. Faults: part_missing, key_weak.
    [[nodiscard]] CustodyResult<ComposedKey> combined() const;

    [[nodiscard]] std::size_t count() const { return taken_.size(); }
    /// Bytes of the key, and of each component.
    [[nodiscard]] std::size_t size() const;

private:
    KeyComponents(KeyKind kind, std::size_t count, sealed::LockedMemory memory)
        : kind_{kind}, taken_(count, false), memory_{std::move(memory)} {}
    [[nodiscard]] apdu::ByteSpan component(std::size_t index) const;
    [[nodiscard]] bool is_repeated(std::size_t index, apdu::ByteView typed) const;

    KeyKind kind_;
    std::vector<bool> taken_; ///< by custodian
    bool are_generated_ = false;
    sealed::LockedMemory memory_;
};

/// The check value of such a key. Fault: failed.
[[nodiscard]] CustodyResult<CheckValue> check_value_of(ComposedKey const& key);

} // namespace keys::custody
