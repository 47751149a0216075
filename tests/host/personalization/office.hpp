#pragma once

#include "host/personalization/personalize.hpp"
#include "host/personalization/voiding.hpp"
#include "host/virtual/card_making.hpp"
#include "host/virtual/local_connection.hpp"

#include "tests/host/personalization/remembered_makings.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace personalization {

/// A person of our invention, whole and valid; ID number and card number are made up.
inline constexpr std::string_view zhang_san = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "ethnic_group": "01", "birth_place": "110101",
                          "birth_date": "1900-01-01"}})";

/// Zhang San with something in every directory: records, several of one item, a constructed item,
/// cyclic files, a photo, a file that asks for PIN and key.
[[nodiscard]] std::string zhang_san_everywhere();

/// A record that is valid. Throws where it is not.
[[nodiscard]] PersonRecord record_of(std::string_view json);

[[nodiscard]] keys::Pin pin_of(std::string_view digits);

/// Master keys of tests/vectors/test_keys.json.
[[nodiscard]] keys::MasterKeySet test_masters();

/// The same without the named ones.
[[nodiscard]] std::vector<keys::MasterKey> masters_without(std::vector<apdu::KeyName> names);

/// The two kinds of card that are made.
struct CardKind {
    apdu::SpecVersion version;
    keys::Algorithm algorithm;
    std::string_view name;
};
inline constexpr CardKind kind_2_00{apdu::SpecVersion::v2_00, keys::Algorithm::des3, "2_00_3DES"};
inline constexpr CardKind kind_3_00{apdu::SpecVersion::v3_00, keys::Algorithm::sm4, "3_00_SM4"};

[[nodiscard]] virtual_card::CardPlan card_plan(CardKind kind);
[[nodiscard]] virtual_card::CardMemory bare_chip(CardKind kind);
[[nodiscard]] virtual_card::CardMemory blank(CardKind kind);

[[nodiscard]] PersonalizationRequest request_for(Stage stage, CardKind kind);

/// What a test makes of an exchange: gets the command and the card's answer (data and status word),
/// and may change the answer.
using Tampering = std::function<void(apdu::ByteView command, std::vector<std::uint8_t>& answer)>;

/// The instruction of a command.
[[nodiscard]] inline apdu::Ins ins_of(apdu::ByteView command) {
    return static_cast<apdu::Ins>(command[1]);
}

/// True when the detail of `fault` says that.
[[nodiscard]] inline bool says(session::Fault const& fault, std::string_view what) {
    return fault.detail.find(what) != std::string::npos;
}

/// A connection to a virtual card whose answers a test may change on their way.
class TamperedConnection final : public apdu::CardConnection {
public:
    explicit TamperedConnection(virtual_card::LocalConnection& card) : card_{card} {}
    void tamper(Tampering tampering) { tampering_ = std::move(tampering); }
    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                                     apdu::ByteSpan response) override;
    [[nodiscard]] apdu::Result<apdu::Done> reset() override { return card_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return card_.protocol(); }

private:
    virtual_card::LocalConnection& card_;
    Tampering tampering_{};
};

/// A reader with one card in it, and an office that has the keys.
class Office {
public:
    explicit Office(virtual_card::CardMemory memory, std::vector<virtual_card::Fault> faults = {},
                    keys::MasterKeySet masters = test_masters());

    session::Outcome<Report> personalize(PersonalizationRequest const& request,
                                         Progress const& progress = {},
                                         TransportKeyRefusals* refusals = nullptr);

    session::Outcome<VoidedCard> void_card(std::string const& reason,
                                           keys::CardIdentity const* likely = nullptr);

    /// From now on the makings are kept there, and not in the office's own journals.
    void keep_makings_in(RememberedMakings& makings) { makings_ = &makings; }
    [[nodiscard]] RememberedMakings& makings() { return *makings_; }
    [[nodiscard]] RememberedMakings const& makings() const { return *makings_; }

    void tamper(Tampering tampering) { tampered_.tamper(std::move(tampering)); }

    [[nodiscard]] session::CardChannel& channel() { return channel_; }
    [[nodiscard]] keys::KeyService& keys() { return keys_; }
    [[nodiscard]] virtual_card::LocalConnection& connection() { return connection_; }
    [[nodiscard]] virtual_card::CardMemory const& memory() const { return connection_.memory(); }

private:
    virtual_card::LocalConnection connection_;
    TamperedConnection tampered_{connection_};
    keys::openssl::EvpCipher cipher_;
    keys::SoftwareKeyService keys_;
    session::CardChannel channel_;
    RememberedMakings own_makings_{};
    RememberedMakings* makings_ = &own_makings_;
};

} // namespace personalization
