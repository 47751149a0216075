// A terminal's keys, from the ceremony that makes its BDK to the PIN that it gives out.
#include "custody_room.hpp"

#include "host/api/base64.hpp"
#include "host/daemon/initial_key_handing.hpp"
#include "host/daemon/key_destruction.hpp"
#include "host/daemon/terminal_key_making.hpp"
#include "host/store/registered_counters.hpp"

#include "keys/dukpt_terminal.hpp"
#include "keys/initial_key_block.hpp"
#include "keys/openssl/evp_aes.hpp"
#include "keys/pan.hpp"
#include "keys/pin_block.hpp"

namespace sscardd {
namespace {

/// The KBPK's components; their XOR is what the terminal was given in its own ceremony.
constexpr auto* first_of_kbpk = "0123456789ABCDEFFEDCBA98765432100123456789ABCDEFFEDCBA9876543211";
constexpr auto* second_of_kbpk = "1111222233334444555566667777888811112222333344445555666677778888";
constexpr auto* kiosk_id = "1234567800000001";
constexpr keys::InitialKeyId kiosk{{0x12, 0x34, 0x56, 0x78, 0, 0, 0, 1}};

class ATerminalsKeys : public CustodyRoom {
protected:
    ATerminalsKeys() : cards_{store::CardRegister::open(folder_.path() / "cards.sqlite").value()} {
        keys_->count_transactions_in(counters_);
    }

    static api::TerminalKeyCeremonyRequest the_bdk() {
        return {"BDK", "12345678", "AES128", {"张三", "李四"}, {"王五"}, false, {}};
    }
    static api::TerminalKeyCeremonyRequest the_kbpk() {
        return {"KBPK", kiosk_id, "AES256", {"张三", "李四"}, {}, false, {}};
    }
    std::string begin_key(api::TerminalKeyCeremonyRequest const& request) {
        auto begun =
            ceremonies_.begin(audit::Act::ceremony, {request.custodians, request.witnesses}, user_,
                              [&] { return TerminalKeyMaking::begin(*keys_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return code_of(begun);
    }
    void make(api::TerminalKeyCeremonyRequest const& request, char const* first,
              char const* second) {
        ASSERT_EQ(begin_key(request), "ok");
        ASSERT_EQ(code_of(give(1, first)), "ok");
        ASSERT_EQ(code_of(give(2, second)), "ok");
        auto const combined = combine();
        ASSERT_EQ(code_of(combined), "ok");
        ASSERT_EQ(code_of(finish(combined.value().check_value)), "ok");
    }
    void make_both() {
        make(the_bdk(), first_component, second_component);
        make(the_kbpk(), first_of_kbpk, second_of_kbpk);
    }
    std::string begin_handing(std::string const& terminal = kiosk_id,
                              std::string const& reason = "kiosk 1 is set up") {
        api::InitialKeyRequest const request{terminal, reason, {"张三", "李四"}, {}};
        auto begun =
            ceremonies_.begin(audit::Act::initial_key, {request.custodians, request.witnesses},
                              user_, [&] { return InitialKeyHanding::begin(*keys_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return code_of(begun);
    }
    /// The key block, by the word of both.
    std::string handed_out() {
        EXPECT_EQ(begin_handing(), "ok");
        auto const combined = combine();
        auto const minutes = finish(combined.value().check_value);
        EXPECT_EQ(code_of(minutes), "ok");
        auto const bytes = api::bytes_of_base64(minutes.value().file.value_or(""));
        return bytes ? std::string{bytes->begin(), bytes->end()} : "";
    }
    /// The terminal, with what it was handed.
    keys::DukptTerminal terminal_with(std::string const& block) {
        std::vector<std::uint8_t> kbpk(32);
        std::array<std::uint8_t, 32> second{};
        EXPECT_TRUE(keys::read_hex(first_of_kbpk, kbpk) && keys::read_hex(second_of_kbpk, second));
        for (std::size_t i = 0; i < kbpk.size(); ++i) {
            kbpk[i] ^= second.at(i);
        }
        auto received =
            keys::unwrap_initial_key(aes_, keys::KeyBlockKey{keys::AesSize::aes256, kbpk}, block);
        EXPECT_TRUE(received.ok() && received.value().id == kiosk);
        return keys::DukptTerminal::load(aes_, std::move(received).value().key, kiosk).value();
    }
    /// What its PIN pad gives out for that card.
    keys::TerminalPin typed(keys::DukptTerminal& terminal, std::string_view digits) {
        auto const key = terminal.next_key(aes_, keys::AesSize::aes128);
        std::array<std::uint8_t, 8> const random{1, 2, 3, 4, 5, 6, 7, 8};
        auto const block =
            keys::encrypt_pin_block(aes_, key.value().key, keys::Pin::from_digits(digits).value(),
                                    keys::card_pan(card_.factor().first<8>()), random);
        return {kiosk, key.value().counter, block.value()};
    }
    void take_in_stk() {
        auto request = a_request();
        request.name = "STKSSSE";
        (void)hold(request);
    }
    [[nodiscard]] auto reset_with(keys::TerminalPin const& pin) const {
        keys::Challenge const process{1, 2, 3, 4, 5, 6, 7, 8};
        return keys_->service().service->terminal_pin_reset_command(card_, process, pin);
    }

    keys::openssl::EvpAes aes_{};
    keys::CardIdentity card_{keys::Algorithm::sm4, {0x63, 0x99, 0x00}, {1, 2, 3, 4, 5, 6}};
    std::unique_ptr<store::CardRegister> cards_;
    store::RegisteredCounters counters_{*cards_};
};

TEST_F(ATerminalsKeys, AreMadeOfComponentsAndListed) {
    make_both();
    auto const report = keys_->report();
    ASSERT_EQ(report.terminals.size(), 2U);
    EXPECT_EQ(report.terminals.at(0).use, "BDK");
    EXPECT_EQ(report.terminals.at(0).id, "12345678");
    EXPECT_EQ(report.terminals.at(0).algorithm, "AES128");
    EXPECT_EQ(report.terminals.at(1).use, "KBPK");
    EXPECT_EQ(report.terminals.at(1).id, kiosk_id);
    EXPECT_TRUE(report.terminals.at(1).test);
    EXPECT_TRUE(has_part(last_minutes(), "KBPK 1234567800000001"));
    EXPECT_EQ(begin_key(the_bdk()), "key_known");
}

TEST_F(ATerminalsKeys, GiveOutAPinThatBecomesTheCards) {
    make_both();
    take_in_stk();
    auto terminal = terminal_with(handed_out());
    auto const first = typed(terminal, "123456");
    auto const command = reset_with(first);
    ASSERT_TRUE(command.ok());
    keys::Challenge const process{1, 2, 3, 4, 5, 6, 7, 8};
    auto const same = keys_->service().service->pin_reset_command(
        card_, process, keys::Pin::from_digits("123456").value());
    EXPECT_EQ(command.value().bytes, same.value().bytes);
    EXPECT_EQ(reset_with(first).error().reason, keys::KeyFaultReason::terminal_counter_refused);
    EXPECT_TRUE(reset_with(typed(terminal, "654321")).ok()) << "the next transaction's";
}

TEST_F(ATerminalsKeys, TakeNoBlockTwiceOverARestart) {
    make_both();
    take_in_stk();
    auto terminal = terminal_with(handed_out());
    auto const pin = typed(terminal, "123456");
    ASSERT_TRUE(reset_with(pin).ok());
    cards_.reset();
    cards_ = store::CardRegister::open(folder_.path() / "cards.sqlite").value();
    store::RegisteredCounters again{*cards_};
    keys_->count_transactions_in(again);
    EXPECT_EQ(reset_with(pin).error().reason, keys::KeyFaultReason::terminal_counter_refused);
    auto const other_card = card_.historical;
    card_.historical[12] ^= 1U;
    auto const for_another = typed(terminal, "123456");
    card_.historical = other_card;
    EXPECT_EQ(reset_with(for_another).error().reason, keys::KeyFaultReason::pin_block_malformed);
}

TEST_F(ATerminalsKeys, AreHandedOutByTheWordOfAllOnly) {
    make_both();
    ASSERT_EQ(begin_handing(), "ok");
    auto const combined = combine();
    auto const one = finish(combined.value().check_value, {"张三"});
    EXPECT_EQ(code_of(one), "ceremony_not_confirmed");
    EXPECT_EQ(abort(), "ok");
    std::string const minutes = last_minutes();
    EXPECT_TRUE(has_part(minutes, "\"act\":\"initial_key\"")) << minutes;
    EXPECT_TRUE(has_part(minutes, "\"outcome\":\"aborted\"")) << minutes;
    EXPECT_EQ(begin_handing("9999999900000001"), "terminal_key_missing");
    EXPECT_EQ(begin_handing("1234567800000002"), "terminal_key_missing") << "no KBPK";
    EXPECT_EQ(begin_handing("12345678"), "request_invalid");
    EXPECT_EQ(begin_handing(kiosk_id, ""), "request_invalid");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(begin_handing(), "keys_locked");
}

TEST_F(ATerminalsKeys, AreOfTheFormsThatThereAre) {
    auto wrong = the_bdk();
    wrong.id = kiosk_id;
    EXPECT_EQ(begin_key(wrong), "request_invalid");
    wrong = the_kbpk();
    wrong.algorithm = "SM4";
    EXPECT_EQ(begin_key(wrong), "request_invalid");
    wrong = the_kbpk();
    wrong.use = "TMK";
    EXPECT_EQ(begin_key(wrong), "request_invalid");
    wrong = the_bdk();
    wrong.check_value = "12";
    EXPECT_EQ(begin_key(wrong), "request_invalid");
}

TEST_F(ATerminalsKeys, AreRemovedAndDestroyedByUseAndId) {
    make_both();
    std::string const check_value = keys_->report().terminals.at(1).check_value;
    EXPECT_EQ(code_of(keys_->remove({"KBPK", "AES256", {}, "000000", kiosk_id})),
              "check_value_differs");
    EXPECT_EQ(code_of(keys_->remove({"BDK", "AES256", {}, check_value, kiosk_id})), "key_unknown");
    EXPECT_EQ(code_of(keys_->remove({"KBPK", "AES256", {}, check_value, kiosk_id})), "ok");
    std::string const of_bdk = keys_->report().terminals.at(0).check_value;
    api::KeyDestructionRequest const request{
        "BDK", "AES128", {},        of_bdk, "no terminal of it is left", {"张三", "李四"},
        {},    false,    "12345678"};
    auto begun =
        ceremonies_.begin(audit::Act::destruction, {request.custodians, request.witnesses}, user_,
                          [&] { return KeyDestruction::begin(*keys_, *cards_, request); });
    ASSERT_EQ(code_of(begun), "ok");
    token_ = begun.value().token;
    (void)combine();
    EXPECT_EQ(code_of(finish(of_bdk)), "ok");
    EXPECT_TRUE(keys_->report().terminals.empty());
    EXPECT_TRUE(has_part(last_minutes(), "BDK 12345678"));
}

} // namespace
} // namespace sscardd
