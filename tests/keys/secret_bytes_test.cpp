#include "keys/secret_bytes.hpp"

#include "keys/aes_key.hpp"
#include "keys/card_key.hpp"
#include "keys/pin.hpp"
#include "keys/secret_command.hpp"
#include "keys/wiped_buffer.hpp"

#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <new>

namespace keys {
namespace {

static_assert(!std::is_copy_constructible_v<SecretBytes<16>>);
static_assert(!std::is_copy_assignable_v<SecretBytes<16>>);
static_assert(!std::is_default_constructible_v<SecretBytes<16>>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes<16>>);
static_assert(std::is_nothrow_move_assignable_v<SecretBytes<16>>);
static_assert(!std::is_copy_constructible_v<CardKey> && std::is_move_constructible_v<CardKey>);
static_assert(!std::is_copy_constructible_v<Pin> && std::is_move_constructible_v<Pin>);
static_assert(!std::is_copy_constructible_v<SecretCommand> &&
              std::is_move_constructible_v<SecretCommand>);

/// Raw storage for one object, which can be looked at after the object has gone.
template <typename T>
class Storage {
public:
    template <typename... Arguments>
    T& make(Arguments&&... arguments) {
        return *new (bytes_.data()) T(std::forward<Arguments>(arguments)...);
    }
    /// True when `wanted` stands somewhere in the storage.
    [[nodiscard]] bool holds(Bytes const& wanted) const {
        return std::search(bytes_.begin(), bytes_.end(), wanted.begin(), wanted.end()) !=
               bytes_.end();
    }

private:
    alignas(T) std::array<std::uint8_t, sizeof(T)> bytes_{};
};

Bytes const secret = apdu::bytes("0123456789ABCDEFFEDCBA9876543210");
Bytes const sent_pin = apdu::bytes("56789ABC");

SecretBytes<16> make_secret() { return SecretBytes<16>{array_of<16>(secret)}; }

TEST(Wipe, LeavesZeros) {
    Bytes bytes = secret;
    wipe(bytes);
    EXPECT_EQ(bytes, Bytes(16));
}

TEST(SecretBytes, AreGoneWhenDestroyed) {
    Storage<SecretBytes<16>> storage;
    SecretBytes<16>& object = storage.make(array_of<16>(secret));
    ASSERT_TRUE(storage.holds(secret));
    std::destroy_at(&object);
    EXPECT_TRUE(storage.holds(Bytes(16)));
}

TEST(SecretBytes, AreGoneWhereTheyWereMovedFrom) {
    Storage<SecretBytes<16>> storage;
    SecretBytes<16>& from = storage.make(array_of<16>(secret));
    SecretBytes<16> const to{std::move(from)};
    EXPECT_EQ(apdu::copy_of(to.expose()), secret);
    EXPECT_TRUE(storage.holds(Bytes(16)));
    std::destroy_at(&from);
}

TEST(SecretBytes, AreGoneWhereTheyWereAssignedFrom) {
    Storage<SecretBytes<16>> storage;
    SecretBytes<16>& from = storage.make(array_of<16>(secret));
    SecretBytes<16> to{std::array<std::uint8_t, 16>{}};
    to = std::move(from);
    EXPECT_EQ(apdu::copy_of(to.expose()), secret);
    EXPECT_TRUE(storage.holds(Bytes(16)));
    std::destroy_at(&from);
}

TEST(SecretBytes, SurviveAssignmentToThemselves) {
    SecretBytes<16> bytes = make_secret();
    SecretBytes<16>& same = bytes;
    bytes = std::move(same);
    EXPECT_EQ(apdu::copy_of(bytes.expose()), secret);
}

TEST(CardKey, IsGoneWhenDestroyed) {
    Storage<CardKey> storage;
    CardKey& key = storage.make(CipherKind::sm4, secret);
    ASSERT_TRUE(storage.holds(secret));
    std::destroy_at(&key);
    EXPECT_FALSE(storage.holds(apdu::bytes("0123")));
    EXPECT_TRUE(storage.holds(Bytes(16)));
}

TEST(AesKey, IsGoneWhenDestroyedOrMovedFrom) {
    Storage<AesKey> first;
    Storage<AesKey> second;
    AesKey& original = first.make(AesSize::aes128, secret);
    ASSERT_TRUE(first.holds(secret));
    AesKey& moved = second.make(std::move(original));
    EXPECT_FALSE(first.holds(apdu::bytes("0123")));
    EXPECT_TRUE(second.holds(secret));
    std::destroy_at(&moved);
    EXPECT_FALSE(second.holds(apdu::bytes("0123")));
    std::destroy_at(&original);
}

TEST(WipedBuffer, IsGoneWhenDestroyed) {
    Storage<WipedBuffer<16>> storage;
    WipedBuffer<16>& buffer = storage.make();
    apdu::copy_bytes(secret, buffer.expose());
    ASSERT_TRUE(storage.holds(secret));
    std::destroy_at(&buffer);
    EXPECT_TRUE(storage.holds(Bytes(16)));
}

TEST(Pin, IsGoneWhenDestroyedOrMovedFrom) {
    Bytes const digits = apdu::bytes("125678901234");
    Storage<Pin> first;
    Storage<Pin> second;
    Pin& original = first.make(Pin::from_digits("125678901234").value());
    ASSERT_TRUE(first.holds(digits));
    Pin& moved = second.make(std::move(original));
    EXPECT_FALSE(first.holds(digits));
    EXPECT_TRUE(second.holds(digits));
    std::destroy_at(&moved);
    EXPECT_FALSE(second.holds(digits));
    std::destroy_at(&original);
}

TEST(SecretCommand, IsGoneWhenDestroyedOrMovedFrom) {
    apdu::Command const command{apdu::Cla::interindustry, apdu::Ins::verify, 0x00, 0x00};
    Storage<SecretCommand> first;
    Storage<SecretCommand> second;
    SecretCommand& original = first.make(command.with_data(sent_pin));
    ASSERT_TRUE(first.holds(sent_pin));
    SecretCommand& moved = second.make(std::move(original));
    EXPECT_FALSE(first.holds(sent_pin));
    EXPECT_TRUE(second.holds(sent_pin));
    std::destroy_at(&moved);
    EXPECT_FALSE(second.holds(sent_pin));
    std::destroy_at(&original);
}

} // namespace
} // namespace keys
