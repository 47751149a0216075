// Both sides' parsers, and the key seam behind them: by bytes as they come, and by a good message
// with bytes written over it.
#include "keys/remote/key_catalogue.hpp"
#include "keys/remote/operation_messages.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <cstdlib>

namespace {

using namespace keys::remote;

/// Whatever a message is read from, what is written of it reads the same again.
template <typename Parse>
void read_by(std::string_view text, Parse const& parse) {
    auto const message = parse(text);
    if (!message) {
        return;
    }
    WipedText const written = encode(*message);
    auto const again = parse(written.content());
    if (!again || encode(*again).content() != written.content()) {
        std::abort();
    }
}

/// A step that was read can be performed: with keys, none of its values is too much.
void perform_step(std::string_view text) {
    static keys::openssl::EvpCipher cipher;
    static std::vector<keys::MasterKey> const masters = [] {
        std::array<std::uint8_t, 16> const value{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
        std::vector<keys::MasterKey> made;
        for (std::size_t i = 0; i < apdu::key_name_count; ++i) {
            for (auto const kind : {keys::CipherKind::des3, keys::CipherKind::sm4}) {
                made.push_back({static_cast<apdu::KeyName>(i), std::nullopt, keys::Tier::ministry,
                                keys::CardKey{kind, value}});
            }
        }
        return made;
    }();
    keys::SoftwareKeyService service{cipher, {masters, true}};
    if (auto const step = parse_step(text)) {
        auto const answer = perform(service, step->card, step->call);
        auto const read = parse_answer(encode(answer).content(), step->card.algorithm);
        if (!read || read->ok() != answer.ok()) {
            std::abort();
        }
    }
}

void read_as_each(std::string_view text) {
    read_by(text, parse_operation_request);
    read_by(text, parse_operation_grant);
    read_by(text, parse_step);
    read_by(text, parse_catalogue);
    static_cast<void>(parse_end(text));
    for (auto const algorithm : {keys::Algorithm::des3, keys::Algorithm::sm4}) {
        static_cast<void>(parse_answer(text, algorithm));
    }
    perform_step(text);
}

keys::CardIdentity const some_card{keys::Algorithm::sm4, {0x63, 0x99, 0x00}, {}};

WipedText good_message(unsigned which) {
    keys::Pin pin = keys::Pin::from_digits("123456").value();
    switch (which % 8) {
    case 0:
        return encode(OperationRequest{CardPurpose::pin_reset, some_card, "desk-1"});
    case 1:
        return encode(
            OperationGrant{{}, std::chrono::seconds{180}, step_rules(CardPurpose::pin_unblock)});
    case 2:
        return encode(Step{{}, 1, some_card, MacedCommand{{}, {}, {}, {1, 2, 3}}});
    case 3:
        return encode(Step{{}, 1, some_card, PinReset{{}, std::move(pin)}});
    case 4:
        return encode(Step{{}, 1, some_card, PinLoading{{}, {}, std::move(pin), {}}});
    case 5:
        return encode(Step{{}, 1, some_card, KeyLoading{}});
    case 6:
        return encode(Step{{}, 1, some_card, TerminalPinReset{}});
    default:
        return encode(KeyCatalogue{CatalogueState::open,
                                   true,
                                   {{apdu::KeyName::irk, "city", keys::Algorithm::sm4, 1, 16, "A"}},
                                   {{keys::Algorithm::sm4, apdu::KeyName::irk, {}}}});
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    read_as_each(text);
    if (size < 4) {
        return 0;
    }
    std::string changed = good_message(bytes[0]).content();
    std::size_t const at = (bytes[1] * std::size_t{256} + bytes[2]) % changed.size();
    changed.replace(at, bytes[3] % 8U, text.substr(4));
    read_as_each(changed);
    return 0;
}
