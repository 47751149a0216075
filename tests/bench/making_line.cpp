#include "tests/bench/making_line.hpp"

#include "tests/bench/expect.hpp"
#include "tests/host/personalization/remembered_makings.hpp"

#include "host/personalization/personalize.hpp"
#include "host/virtual/card_making.hpp"
#include "host/virtual/local_connection.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <algorithm>
#include <array>

namespace bench {
namespace {

/// INS of commands that change nothing in the card: SELECT, GET RESPONSE, READ, challenges and
/// authentications.
constexpr std::array<std::uint8_t, 8> passing{0xA4, 0xC0, 0xB0, 0xB2, 0x84, 0x82, 0x88, 0x20};

/// Adds up what goes through it.
class CountedConnection final : public apdu::CardConnection {
public:
    explicit CountedConnection(apdu::CardConnection& inner) : inner_{inner} {}

    [[nodiscard]] apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                                     apdu::ByteSpan response) override {
        auto const size = inner_.transmit(command, response);
        if (size.ok()) {
            auto const answer = response.first(size.value());
            total.all.add(line_, command, answer);
            if (std::find(passing.begin(), passing.end(), command[1]) == passing.end()) {
                total.kept.add(line_, command, answer);
            }
        }
        return size;
    }
    [[nodiscard]] apdu::Result<apdu::Done> reset() override { return inner_.reset(); }
    [[nodiscard]] apdu::ByteView atr() const override { return inner_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return inner_.protocol(); }

    MakingLine total{};

private:
    apdu::CardConnection& inner_;
    virtual_card::LineTime line_{};
};

} // namespace

MakingLine making_line(keys::file::KeyFile const& keys, std::string const& record) {
    auto chip = virtual_card::make_bare({}, keys.masters());
    expect(chip.ok(), "a bare chip");
    virtual_card::LocalConnection card{std::move(chip).value().memory};
    CountedConnection connection{card};
    session::CardChannel channel{connection};
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService service{cipher, keys.masters()};
    personalization::RememberedMakings makings;
    auto person = personalization::PersonRecord::check(record, apdu::TextProfile::gbk);
    auto pin = keys::Pin::from_digits("123456");
    expect(person.record.has_value() && pin.ok(), "a person's record");
    personalization::PersonalizationRequest request{.stage = personalization::Stage::both,
                                                    .version = apdu::SpecVersion::v2_00,
                                                    .algorithm = keys::Algorithm::des3,
                                                    .region = "639900",
                                                    .person = std::move(person.record),
                                                    .default_pin = std::move(pin).value()};
    auto const made = personalization::personalize(channel, service, makings, request,
                                                   [](personalization::StepProgress const&) {});
    expect(made.ok(), "a card that is made");
    return connection.total;
}

} // namespace bench
