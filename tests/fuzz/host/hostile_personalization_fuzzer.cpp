// A card that the input plays while it is personalized: wholly, or an honest one whose answers are
// corrupted, as the first byte says; then the same command again on what came of it, and the card
// is voided. All of it ends, within its bound of commands; no fault tells a PIN; and a card that is
// said to be made is made.
#include "tests/fuzz/host/fuzzed_cards.hpp"
#include "tests/fuzz/host/hostile_card.hpp"
#include "tests/host/personalization/remembered_makings.hpp"
#include "tests/host/session/scripted_keys.hpp"

#include "host/personalization/journaling.hpp"
#include "host/personalization/personalize.hpp"
#include "host/personalization/voiding.hpp"
#include "host/session/basic_data.hpp"

#include "host/virtual/local_connection.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

namespace {

using namespace personalization;
using hostile::CountedConnection;
using hostile::Input;

constexpr std::string_view default_digits = "739204";
constexpr std::string_view holder_digits = "481537";
constexpr std::string_view zhang_san = R"({
    "issuer_data": {"card_class": "3", "issue_date": "2024-01-01", "expiry_date": "2034-01-01",
                    "card_number": "A0000002X"},
    "holder_basic_data": {"social_security_number": "110101190001010014", "name": "张三",
                          "sex": "1", "ethnic_group": "01", "birth_place": "110101",
                          "birth_date": "1900-01-01"}})";

/// Recognition and clearing ahead of a plan, and the whole of voiding: a few readings.
constexpr std::size_t around_plan_max = 4 * hostile::reading_operation_max;
constexpr std::size_t steps_max = 2000;

keys::Pin pin_of(std::string_view digits) {
    return std::move(keys::Pin::from_digits(digits)).value();
}

/// The stages, both kinds of card, with and without a holder's PIN.
PersonalizationRequest request_of(std::uint8_t mode) {
    static auto const person = PersonRecord::check(zhang_san, apdu::TextProfile::gbk).record;
    auto const plan = virtual_card::fuzz_plan((mode & 4U) != 0);
    PersonalizationRequest request{.stage = static_cast<Stage>((mode >> 4U) % 3U),
                                   .default_pin = pin_of(default_digits)};
    if (request.stage != Stage::data) {
        request.version = plan.version;
        request.algorithm = plan.algorithm;
        request.region = "639900";
    }
    if (request.stage != Stage::structure) {
        request.person = person;
    }
    if ((mode & 8U) != 0 && request.stage != Stage::structure) {
        request.holder_pin = pin_of(holder_digits);
    }
    return request;
}

virtual_card::CardMemory const& start_of(Stage stage, bool is_sm4) {
    static std::vector<virtual_card::CardMemory> const cards = [] {
        std::vector<virtual_card::CardMemory> made;
        for (bool const each : {false, true}) {
            auto plan = virtual_card::fuzz_plan(each);
            plan.pin = default_digits;
            auto const masters = virtual_card::fuzz_masters();
            made.push_back(virtual_card::make_bare(plan, masters).value().memory);
            made.push_back(virtual_card::make_blank(plan, masters).value().memory);
        }
        return made;
    }();
    return cards[(is_sm4 ? 2U : 0U) + (stage == Stage::data ? 1U : 0U)];
}

/// One office, with the journals of its makings.
class Office {
public:
    Office(CountedConnection& connection, Input const& input, std::uint8_t mode)
        : connection_{connection}, input_{input}, request_{request_of(mode)} {}

    [[nodiscard]] bool personalize() {
        session::CardChannel channel{connection_};
        connection_.allow(around_plan_max + steps_max * step_commands_max);
        auto const report = personalization::personalize(channel, keys_, makings_, request_, {},
                                                         nullptr, session::counted_numbers);
        check(report);
        return report.ok();
    }
    void plan() {
        session::CardChannel channel{connection_};
        connection_.allow(around_plan_max);
        auto const plan = plan_for_card(channel, keys_, request_);
        check(plan);
        if (plan.ok()) {
            apdu::require(plan.value().steps.size() <= steps_max);
            apdu::require(describe(plan.value()).size() >= plan.value().steps.size() / 2);
        }
    }
    void make_void() {
        session::CardChannel channel{connection_};
        connection_.allow(around_plan_max);
        check(void_card(channel, keys_, makings_, t514(), nullptr, "spoiled"));
    }
    [[nodiscard]] keys::KeyService& keys() { return keys_; }
    [[nodiscard]] Stage stage() const { return request_.stage; }

private:
    template <typename T>
    void check(session::Outcome<T> const& outcome) const {
        if (!outcome.ok()) {
            hostile::expect_no_secret(outcome.error(), input_, default_digits);
            hostile::expect_no_secret(outcome.error(), input_, holder_digits);
        }
    }

    CountedConnection& connection_;
    Input const& input_;
    PersonalizationRequest request_;
    keys::openssl::EvpCipher cipher_{};
    keys::SoftwareKeyService keys_{cipher_, virtual_card::fuzz_masters()};
    RememberedMakings makings_{};
};

void work_with(Office& office, std::uint8_t mode) {
    if ((mode & 2U) != 0) {
        office.plan();
    }
    if (!office.personalize()) {
        (void)office.personalize();
    }
    office.make_void();
}

/// The card as it is, seen by somebody whose answers nobody corrupts, after it was said to be made:
/// where it can be read, it has the number. (Who stands between can keep a key from being written.)
void expect_made(virtual_card::LocalConnection& honest, Office& office) {
    session::CardChannel channel{honest};
    auto card = session::CardSession::open(channel, &office.keys(), session::counted_numbers);
    if (!card.ok() || office.stage() == Stage::structure) {
        return;
    }
    auto const data = session::read_basic_data(card.value());
    apdu::require(!data.ok() || data.value().card_number == "A0000002X");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Input input{data, size};
    std::uint8_t const mode = input.next();
    if ((mode & 1U) == 0) {
        hostile::PlayedCard card{input};
        Office office{card, input, mode};
        work_with(office, mode);
        return 0;
    }
    virtual_card::LocalConnection honest{start_of(request_of(mode).stage, (mode & 4U) != 0)};
    hostile::CorruptedCard card{honest, input};
    Office office{card, input, mode};
    if (office.personalize()) {
        expect_made(honest, office);
        return 0;
    }
    work_with(office, mode);
    return 0;
}
