// PIN resets by the keys in a token of SoftHSM2, card after card of one city, over as many bare
// calls of its module as their derivations and operations need. sscard_hsm_bench json|text
#include "tests/bench/expect.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/keys/pkcs11/test_hsm.hpp"

#include "keys/pkcs11/attributes.hpp"

#include <chrono>

namespace bench {
namespace {

using namespace keys::pkcs11;
using Clock = std::chrono::steady_clock;

constexpr unsigned cards = 300;
constexpr unsigned hsm_rounds = 7;
constexpr double times_max = 1 / 0.8; ///< at least 80 % of the bare calls' rate

/// What one PIN reset needs of the token once the keys of its city are there, for PUK and for
/// STKSSSE: the card's key and the session key, which go again; one encryption for the proof, two
/// for PIN and MAC.
constexpr unsigned derivations = 4;
constexpr unsigned encryptions = 3;
constexpr unsigned calls_each = derivations * 2 + encryptions * 2;

keys::CardIdentity card_of(unsigned number) {
    keys::CardIdentity card{keys::Algorithm::des3, {0x63, 0x99, 0x00}, {}};
    card.historical[11] = static_cast<std::uint8_t>(number >> 8U);
    card.historical[12] = static_cast<std::uint8_t>(number);
    return card;
}

void reset_pin(TokenGroup& group, unsigned number) {
    keys::Challenge const challenge{1, 2, 3, 4, 5, 6, 7, 8};
    static auto const pin = keys::Pin::from_digits("471128");
    auto const leased = group.lease();
    expect(leased.ok(), "the token");
    keys::KeyService& service = *leased.value();
    keys::CardIdentity const card = card_of(number);
    expect(service.external_authentication(card, {apdu::KeyName::puk}, challenge, challenge).ok() &&
               service.pin_reset_command(card, challenge, pin.value()).ok(),
           "a PIN reset");
}

/// The same calls on one session and one key, and nothing else.
class BareCalls {
public:
    explicit BareCalls(std::string const& module, std::string const& label) {
        auto token = Token::open(
            {module, label},
            [](std::function<void(apdu::ByteView)> const& use) {
                use({reinterpret_cast<std::uint8_t const*>(hsm_pin.data()), hsm_pin.size()});
                return true;
            },
            LoginBy::person);
        expect(token.ok(), "the token for bare calls");
        token_ = std::move(token).value();
        auto session = token_->take();
        expect(session.ok(), "a session for bare calls");
        session_.emplace(std::move(session).value());
        CK_OBJECT_HANDLE master = 0;
        for (TokenKey const& key : token_->keys()->keys) {
            master =
                key.label.name == apdu::KeyName::puk && key.label.kind == keys::CipherKind::des3
                    ? key.object
                    : master;
        }
        expect(master != 0, "the master key for bare calls");
        std::array<CK_BYTE, 16> city{};
        city_ = derive(master, city);
    }
    BareCalls(BareCalls const&) = delete;
    BareCalls& operator=(BareCalls const&) = delete;

    void do_reset(unsigned number) {
        CK_FUNCTION_LIST const& functions = session_->session->functions();
        CK_SESSION_HANDLE const session = session_->session->handle();
        std::array<CK_OBJECT_HANDLE, derivations> made{};
        std::array<CK_BYTE, 16> data{static_cast<CK_BYTE>(number),
                                     static_cast<CK_BYTE>(number >> 8U)};
        for (std::size_t i = 0; i < made.size(); ++i) { // a card's key, its session key, twice
            made[i] = derive(i % 2 == 0 ? city_ : made[i - 1], data);
        }
        for (unsigned i = 0; i < encryptions; ++i) {
            CK_MECHANISM how{des3_mechanisms.blocks, nullptr, 0};
            CK_ULONG size = data.size();
            expect(functions.C_EncryptInit(session, &how, made.back()) == CKR_OK &&
                       functions.C_Encrypt(session, data.data(), data.size(), data.data(), &size) ==
                           CKR_OK,
                   "C_Encrypt");
        }
        for (CK_OBJECT_HANDLE const key : made) {
            expect(functions.C_DestroyObject(session, key) == CKR_OK, "C_DestroyObject");
        }
    }

private:
    CK_OBJECT_HANDLE derive(CK_OBJECT_HANDLE from, std::array<CK_BYTE, 16>& data) {
        CK_OBJECT_HANDLE key = 0;
        DerivedKeyAttributes attributes{des3_mechanisms};
        CK_KEY_DERIVATION_STRING_DATA parameter{data.data(), data.size()};
        CK_MECHANISM how{des3_mechanisms.derive, &parameter, sizeof parameter};
        expect(session_->session->functions().C_DeriveKey(session_->session->handle(), &how, from,
                                                          attributes.list().data(),
                                                          attributes.list().size(), &key) == CKR_OK,
               "C_DeriveKey");
        return key;
    }

    std::shared_ptr<Token> token_{};
    std::optional<PooledSession> session_{};
    CK_OBJECT_HANDLE city_ = 0;
};

template <typename Work>
double seconds_of_cards(Work const& work) {
    static unsigned number = 0; // always another card
    auto const start = Clock::now();
    for (unsigned i = 0; i < cards; ++i) {
        work(++number);
    }
    return std::chrono::duration<double>{Clock::now() - start}.count();
}

Measurement hsm_resets() {
    TestHsm hsm;
    auto const group = hsm.group();
    expect(group->take_in({hsm_masters(), true}).ok(), "keys in the token");
    TokenSettings const token = TestHsm::token();
    BareCalls bare{token.module, token.label};
    (void)seconds_of_cards(
        [&](unsigned number) { reset_pin(*group, number); }); // fills what is kept
    hsm.plan() = {};
    reset_pin(*group, 0xFFFF);
    unsigned const calls = hsm.plan().calls;
    expect(calls == calls_each, "no more calls than the derivations and operations need");
    std::vector<double> ours;
    std::vector<double> theirs;
    for (unsigned round = 0; round < hsm_rounds; ++round) { // by turns: a busy machine burdens both
        ours.push_back(seconds_of_cards([&](unsigned number) { reset_pin(*group, number); }));
        theirs.push_back(seconds_of_cards([&](unsigned number) { bare.do_reset(number); }));
    }
    double const our_s = median(std::move(ours)) / cards;
    double const their_s = median(std::move(theirs)) / cards;
    return {"hsm_resets", our_s / their_s, "times", times_max,
            std::to_string(calls) + " bare module calls each; these are " +
                std::to_string(static_cast<long>(1 / our_s)) + " resets a second"};
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    bench::expect(argc == 2, "usage: sscard_hsm_bench json|text");
    bool const as_json = std::string_view{argv[1]} == "json";
    std::puts(bench::to_line(bench::hsm_resets(), as_json).c_str());
    return 0;
}
