// A card that the input plays: wholly, or an honest one whose answers are corrupted, as the first
// byte says. Every operation of host/session ends, within its bound of commands, with a fault or
// well, and no fault tells the PIN.
#include "tests/fuzz/host/fuzzed_cards.hpp"
#include "tests/fuzz/host/hostile_card.hpp"
#include "tests/host/session/scripted_keys.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/block.hpp"
#include "host/session/file_access.hpp"
#include "host/session/file_text.hpp"

#include "host/virtual/local_connection.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <tuple>

namespace {

using namespace session;
using hostile::CountedConnection;
using hostile::Input;

constexpr std::string_view old_digits = "739204";
constexpr std::string_view new_digits = "481537";
constexpr std::string_view holder =
    R"({"issuer_data": {"card_number": "A0000002X"}, "holder_basic_data": {"sex": "1"}})";

keys::Pin const& pin_of(std::string_view digits) {
    static keys::Pin const old_pin = std::move(keys::Pin::from_digits(old_digits)).value();
    static keys::Pin const new_pin = std::move(keys::Pin::from_digits(new_digits)).value();
    return digits == old_digits ? old_pin : new_pin;
}

virtual_card::CardMemory const& live_card(bool is_sm4) {
    static std::vector<virtual_card::CardMemory> const cards = [] {
        std::vector<virtual_card::CardMemory> made;
        for (bool const each : {false, true}) {
            auto plan = virtual_card::fuzz_plan(each);
            plan.pin = old_digits;
            made.push_back(
                virtual_card::make_personalized(plan, virtual_card::fuzz_masters(), holder)
                    .value()
                    .memory);
        }
        return made;
    }();
    return cards[is_sm4 ? 1 : 0];
}

/// The operations of a session, one after the other as the input says.
class Work {
public:
    Work(CountedConnection& connection, Input& input, keys::KeyService* keys)
        : connection_{connection}, input_{input}, keys_{keys} {}

    void run() {
        CardChannel channel{connection_};
        connection_.allow(hostile::reading_operation_max);
        auto card = CardSession::open(channel, keys_, counted_numbers);
        check(card);
        if (!card.ok()) {
            return;
        }
        std::size_t const count = 1U + input_.next() % 8U;
        for (std::size_t i = 0; i < count; ++i) {
            operate(card.value());
        }
    }

private:
    template <typename T>
    void check(Outcome<T> const& outcome) const {
        if (!outcome.ok()) {
            hostile::expect_no_secret(outcome.error(), input_, old_digits);
            hostile::expect_no_secret(outcome.error(), input_, new_digits);
        }
    }

    void operate(CardSession& card) {
        std::uint8_t const choice = input_.next();
        keys::Pin const& pin = pin_of(old_digits);
        connection_.allow(hostile::reading_operation_max);
        if (choice % 16U == 0) {
            return check(read_basic_data(card));
        }
        if (choice % 16U < 8) {
            return use_file(card, {.pin = (choice & 0x10U) != 0 ? nullptr : &pin,
                                   .use_keys = (choice & 0x20U) == 0});
        }
        connection_.allow(hostile::short_operation_max);
        switch (choice % 16U) {
        case 8:
            return check(pin_status(card));
        case 9:
            return check(verify_pin(card, pin, LastTry::refuse));
        case 10:
            return check(change_pin(card, pin, pin_of(new_digits), LastTry::spend));
        case 11:
            return check(reset_pin(card, pin_of(new_digits)));
        case 12:
            return check(unblock_pin(card));
        case 13:
            return check(card.check_genuine());
        case 14:
            return check(block_application(card, apdu::Directory::df01));
        default:
            return check(block_card(card));
        }
    }

    void use_file(CardSession& card, Rights const& rights) {
        auto const& directories = card.layout().directories;
        auto const& directory = directories[input_.next() % directories.size()];
        auto const& file = directory.files[input_.next() % directory.files.size()];
        apdu::FilePlace const place{&directory, &file};
        bool const is_transparent = file.type == apdu::FileType::transparent;
        std::uint8_t const way = input_.next();
        if ((way & 3U) == 0) {
            return read_one(card, place, rights);
        }
        if ((way & 3U) != 1) {
            return read_all(card, place, rights);
        }
        hostile::Bytes const bytes(is_transparent ? 300U : 6U, 0x41);
        check(is_transparent                        ? write_binary(card, place, bytes, rights)
              : file.type == apdu::FileType::cyclic ? append_record(card, place, bytes, rights)
                                                    : write_record(card, place, 1, bytes, rights));
    }
    void read_one(CardSession& card, apdu::FilePlace place, Rights const& rights) {
        if (place.file->type != apdu::FileType::transparent) {
            auto const number = static_cast<std::uint8_t>(1U + input_.next() % 254U);
            check(read_record(card, place, number, rights));
        }
    }
    void read_all(CardSession& card, apdu::FilePlace place, Rights const& rights) {
        auto const content = read_file(card, place, rights);
        check(content);
        if (content.ok() && place.file->type != apdu::FileType::transparent) {
            apdu::require(file_text(*place.file, content.value()).ok());
        }
    }

    CountedConnection& connection_;
    Input& input_;
    keys::KeyService* keys_;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Input input{data, size};
    std::uint8_t const mode = input.next();
    if ((mode & 1U) == 0) {
        ScriptedKeys keys;
        hostile::PlayedCard card{input};
        Work{card, input, (mode & 2U) == 0 ? &keys : nullptr}.run();
        return 0;
    }
    bool const is_sm4 = (mode & 4U) != 0;
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService keys{cipher, virtual_card::fuzz_masters()};
    virtual_card::LocalConnection honest{live_card(is_sm4)};
    hostile::CorruptedCard card{honest, input};
    Work{card, input, (mode & 2U) == 0 ? &keys : nullptr}.run();
    return 0;
}
