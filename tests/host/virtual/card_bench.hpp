#pragma once

#include "host/virtual/card_making.hpp"
#include "host/virtual/local_connection.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <string>
#include <string_view>

namespace virtual_card {

/// Master keys of tests/vectors/test_keys.json.
[[nodiscard]] keys::MasterKeySet test_masters();

/// A person of our invention, as a record for make_personalized().
inline constexpr std::string_view zhang_san = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "ethnic_group": "01", "birth_place": "110101",
                          "birth_date": "1900-01-01"},
    "residence": {"residence_address": "北京市东城区某街1号", "residence_region": "110101"}})";

[[nodiscard]] CardPlan plan_of(apdu::SpecVersion version, keys::Algorithm algorithm);
/// 2.00 with 3DES.
[[nodiscard]] CardPlan plan_2();
/// 3.00 with SM4.
[[nodiscard]] CardPlan plan_3();

[[nodiscard]] CardMemory bare(CardPlan const& plan);
[[nodiscard]] CardMemory blank(CardPlan const& plan);
[[nodiscard]] CardMemory personalized(CardPlan const& plan, std::string_view person = zhang_san);

/// A card on the bench: commands and answers in hex, and a terminal that has the master keys.
class Bench {
public:
    explicit Bench(CardPlan plan, CardMemory memory, std::vector<Fault> faults = {},
                   MemoryStore* store = nullptr, AntiTearing anti_tearing = AntiTearing::none);

    /// Sends hex, as T=0 does it; GET RESPONSE and commands repeated for 6Cxx are not sent by
    /// themselves. @returns the answer in hex, status word last: "9000", "0102039000".
    std::string send(std::string_view hex);
    std::string send(apdu::ByteView command);
    /// The same, GET RESPONSE and the repetition included.
    std::string ask(std::string_view hex);

    /// SELECT by name or AID.
    std::string select(apdu::Directory directory);
    /// SELECT by FID: "EF05".
    std::string select_fid(std::string_view fid);

    /// EXTERNAL AUTHENTICATE with that key over two challenges.
    std::string authenticate(keys::KeyReference key, bool sends_version = false);
    /// EXTERNAL AUTHENTICATE with the MK of the current directory.
    std::string authenticate_mk(apdu::KeyName mk);
    std::string verify(std::string_view digits);
    /// CHANGE PIN; empty: that side is absent.
    std::string change_pin(std::string_view old_digits, std::string_view new_digits);
    /// 84 24 00 01 after one GET CHALLENGE, by STKSSSE.
    std::string reset_pin(std::string_view digits);

    /// A command with a MAC by `key` over one GET CHALLENGE: `head` is CLA INS P1 P2.
    std::vector<std::uint8_t> maced(std::string_view head, std::string_view data_hex,
                                    keys::KeyReference key);

    [[nodiscard]] LocalConnection& connection() { return connection_; }
    [[nodiscard]] CardMemory const& memory() const { return connection_.memory(); }
    [[nodiscard]] keys::KeyService& keys() { return keys_; }
    [[nodiscard]] keys::CardIdentity identity() const { return plan_.identity(); }
    [[nodiscard]] CardPlan const& plan() const { return plan_; }

    keys::Challenge challenge();

private:
    CardPlan plan_;
    LocalConnection connection_;
    keys::openssl::EvpCipher cipher_{};
    keys::SoftwareKeyService keys_{cipher_, test_masters()};
};

/// Hex in capitals, no spaces.
[[nodiscard]] std::string hex_of(apdu::ByteView bytes);

} // namespace virtual_card
