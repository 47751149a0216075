#pragma once

#include "host/session/card_session.hpp"
#include "host/virtual/card_making.hpp"
#include "host/virtual/local_connection.hpp"
#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <algorithm>
#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace session {

inline keys::file::KeyFile read_test_keys() {
    auto read = keys::file::read_key_file(SSCARD_TEST_VECTORS "/test_keys.json");
    if (!read.ok()) {
        throw std::runtime_error{"no test keys"};
    }
    return std::move(read).value();
}

/// The project's test keys, read once.
inline keys::file::KeyFile const& test_keys() {
    static keys::file::KeyFile const file = read_test_keys();
    return file;
}

/// A key service over the test keys.
class TestKeys {
public:
    /// All of them but those that are lost.
    explicit TestKeys(std::vector<apdu::KeyName> const& lost = {})
        : some_{some_without(lost)}, service_{cipher_, some_.has_value() ? some_->masters()
                                                                         : test_keys().masters()} {}
    TestKeys(TestKeys const&) = delete;
    TestKeys& operator=(TestKeys const&) = delete;
    [[nodiscard]] keys::KeyService* service() { return &service_; }

private:
    static std::optional<keys::file::KeyFile> some_without(std::vector<apdu::KeyName> const& lost) {
        if (lost.empty()) {
            return std::nullopt;
        }
        auto file = read_test_keys();
        std::erase_if(file.keys, [&](keys::MasterKey const& key) {
            return std::find(lost.begin(), lost.end(), key.name) != lost.end();
        });
        return file;
    }

    std::optional<keys::file::KeyFile> some_;
    keys::openssl::EvpCipher cipher_{};
    keys::SoftwareKeyService service_;
};

inline virtual_card::CardPlan des_card() { return {}; }
inline virtual_card::CardPlan sm4_card() {
    return {.version = apdu::SpecVersion::v3_00, .algorithm = keys::Algorithm::sm4};
}

/// 张三, with something in every kind of file.
inline constexpr std::string_view holder = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "ethnic_group": "01", "birth_place": "110101",
                          "birth_date": "1900-01-01"},
    "residence": {"residence_address": "和平里一号", "phone": "01000000000"},
    "education": {"education": "21"}
})";

inline virtual_card::CardMemory memory_of(virtual_card::MakingResult made) {
    if (!made.ok()) {
        throw std::runtime_error{made.error().at(0)};
    }
    return std::move(made).value().memory;
}
inline virtual_card::CardMemory live_card(virtual_card::CardPlan const& plan,
                                          std::string_view person = holder) {
    return memory_of(virtual_card::make_personalized(plan, test_keys().masters(), person));
}
inline virtual_card::CardMemory blank_card(virtual_card::CardPlan const& plan) {
    return memory_of(virtual_card::make_blank(plan, test_keys().masters()));
}
inline virtual_card::CardMemory bare_card(virtual_card::CardPlan const& plan) {
    return memory_of(virtual_card::make_bare(plan, test_keys().masters()));
}

/// The PIN of made cards.
inline keys::Pin pin_of(std::string_view digits) {
    return std::move(keys::Pin::from_digits(digits)).value();
}

/// A session, or a failed test.
inline CardSession open_session(CardChannel& channel, keys::KeyService* keys) {
    auto session = CardSession::open(channel, keys);
    if (!session.ok()) {
        throw std::runtime_error{std::string{to_text(session.error().code)} + " " +
                                 session.error().detail};
    }
    return std::move(session).value();
}

/// Why it failed; a success is a failed test.
template <typename T>
FaultCode code_of(Outcome<T> const& outcome) {
    EXPECT_FALSE(outcome.ok());
    return outcome.ok() ? FaultCode::no_reader : outcome.error().code;
}

/// A card in a reader, a session on it, and the keys for it.
class CardOnTheTable {
public:
    explicit CardOnTheTable(virtual_card::CardMemory memory,
                            std::vector<apdu::KeyName> const& lost_keys = {})
        : keys{lost_keys}, connection{std::move(memory)}, channel{connection},
          session{open_session(channel, keys.service())} {}

    [[nodiscard]] apdu::FilePlace place(std::string_view name) const {
        return apdu::find_file(session.layout(), name).value();
    }

    TestKeys keys;
    virtual_card::LocalConnection connection;
    CardChannel channel;
    CardSession session;
};

} // namespace session
