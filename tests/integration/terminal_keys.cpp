#include "tests/integration/terminal_keys.hpp"

#include "tests/integration/sitting.hpp"

#include "keys/check_value.hpp"
#include "keys/hex_text.hpp"
#include "keys/openssl/evp_aes.hpp"

#include <gtest/gtest.h>

namespace integration {
namespace {

constexpr auto* first_of_bdk = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* second_of_bdk = "11112222333344445555666677778888";
constexpr auto* first_of_kbpk = "0123456789ABCDEFFEDCBA98765432100123456789ABCDEFFEDCBA9876543211";
constexpr auto* second_of_kbpk = "1111222233334444555566667777888811112222333344445555666677778888";

/// A sheet of something else.
constexpr auto* another_of_kbpk =
    "2222333344445555666677778888999922223333444455556666777788889999";

template <std::size_t size>
std::array<std::uint8_t, size> bytes_of(std::string_view hex) {
    std::array<std::uint8_t, size> bytes{};
    EXPECT_TRUE(keys::read_hex(hex, bytes)) << hex;
    return bytes;
}

template <std::size_t size>
std::array<std::uint8_t, size> xor_of(std::array<std::uint8_t, size> left,
                                      std::array<std::uint8_t, size> const& right) {
    for (std::size_t i = 0; i < size; ++i) {
        left.at(i) ^= right.at(i);
    }
    return left;
}

template <std::size_t size>
std::string check_value_of(std::array<std::uint8_t, size> const& key) {
    constexpr auto aes_size = static_cast<keys::AesSize>(size);
    keys::openssl::EvpAes aes;
    auto const value = keys::check_value_of(aes, keys::AesKey{aes_size, key}).value();
    std::string text(2 * value.size(), '0');
    keys::write_hex(value, text);
    return text;
}

/// `command` by two custodians, whose parts come from a descriptor.
template <std::size_t size>
Finished with_custodians(Office const& office, Arguments command, std::string_view first,
                         std::string_view second) {
    auto const one = bytes_of<size>(first);
    auto const other = bytes_of<size>(second);
    command.insert(command.end(), {"--algorithm", "AES" + std::to_string(8 * size), "--custodian",
                                   "张三", "--custodian", "李四", "--parts-fd", "0",
                                   "--check-value", check_value_of(xor_of(one, other))});
    return office.sscard(command, typed({std::string{first}, check_value_of(one),
                                         std::string{second}, check_value_of(other)}));
}

template <std::size_t size>
void make_key(Office const& office, std::string const& use, std::string const& id,
              std::string_view first, std::string_view second) {
    auto const made =
        with_custodians<size>(office, {"keys", "terminal-ceremony", use, id}, first, second);
    ASSERT_EQ(made.status, 0) << made.err;
}

/// What a custodian at the terminal says to every question.
std::optional<std::string> say_yes(std::string const& /*shown*/) { return "yes"; }

} // namespace

std::array<std::uint8_t, 32> kiosk_transport_key() {
    return xor_of(bytes_of<32>(first_of_kbpk), bytes_of<32>(second_of_kbpk));
}

void make_keys_with_terminals(Office const& office) {
    (void)office.answer({"keys", "create-store", "--import", key_file(), "--passphrase-fd", "0"},
                        typed({terminals_passphrase}));
    make_key<16>(office, "BDK", "12345678", first_of_bdk, second_of_bdk);
    make_key<32>(office, "KBPK", kiosk_id, first_of_kbpk, second_of_kbpk);
}

Finished provision_kiosk(Office const& office, KioskParts parts) {
    return with_custodians<32>(
        office, {"terminal", "provision", kiosk_id, "--reader", "1", "--json"}, first_of_kbpk,
        parts == KioskParts::right ? second_of_kbpk : another_of_kbpk);
}

std::string hand_out_initial_key(Office const& office) {
    std::string file = office.folder() + "/kiosk.key";
    auto const given = office.sit({"keys", "initial-key", kiosk_id, "--output", file, "--custodian",
                                   "张三", "--custodian", "李四", "--reason", "kiosk 1 is set up"},
                                  say_yes);
    EXPECT_EQ(given.status, 0) << given.screen;
    return file;
}

} // namespace integration
