// The kiosk's terminal, its firmware on a board without hardware, behind the stock pcscd and
// libccid: what staff and holders do with it. What any reader can do is tried there by the other
// suites.
#include "tests/integration/kiosk_terminal.hpp"

#include <fstream>
#include <future>

namespace {

using integration::Arguments;
using integration::eventually;
using integration::Finished;
using integration::Holder;
using integration::Office;
using integration::person;

/// One prompt of the display, and what is typed then.
struct Prompted {
    std::string prompt;
    std::string keys;
};

/// Runs `sscard` while the holder types what they are asked for.
Finished with_holder(Office const& office, Arguments const& arguments,
                     std::vector<Prompted> const& prompts) {
    Holder holder;
    auto command = std::async(std::launch::async, [&] { return office.sscard(arguments); });
    for (auto const& [prompt, keys] : prompts) {
        holder.answer(prompt, keys);
    }
    return command.get();
}

class KioskTerminal : public integration::KioskTerminal {
protected:
    /// Work at a card by the keys of a PSAM, whose reader is that of SAM slot 1 or 2.
    void take_keys_from_sam_in(std::size_t slot) {
        office_.keep_keys_elsewhere("");
        office_.insert_psam(slot);
        office_.start_daemon();
        auto const keys = office_.answer({"keys", "list"});
        EXPECT_EQ(keys["psam"]["terminal_number"], "639900000001");
        EXPECT_EQ(keys["psam"]["fault"], nullptr);
        EXPECT_EQ(office_.answer({"card", "info", "--reader", "1"})["name"], "张三");
    }
};

TEST_P(KioskTerminal, VerifiesAPinThatNoProgramSees) {
    office_.configure("[pin]\ndesk_entry = false\n");
    office_.start_daemon();
    auto const right =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "123456"}});
    EXPECT_EQ(right.status, 0) << right.err;
    auto const wrong =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "9999"}});
    EXPECT_EQ(wrong.status, 7) << wrong.err;
    EXPECT_EQ(office_.answer({"pin", "status"})["tries_left"], 5);
    auto const cancelled =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "12x"}});
    EXPECT_EQ(cancelled.status, 9) << cancelled.err;
    EXPECT_EQ(office_.answer({"pin", "status"})["tries_left"], 5) << "no try was spent";
}

TEST_P(KioskTerminal, ChangesAPinOfAnotherLength) {
    office_.start_daemon();
    auto const changed = with_holder(
        office_, {"pin", "change", "--at-pad"},
        {{"请输入密码", "123456"}, {"请输入新密码", "24680135"}, {"请再次输入新密码", "24680135"}});
    EXPECT_EQ(changed.status, 0) << changed.err;
    auto const verified =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "24680135"}});
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(KioskTerminal, ResetsAForgottenPinThatIsTypedTwice) {
    office_.keep_keys_in_store();
    office_.configure("[pin]\ndesk_entry = false\n");
    office_.start_daemon();
    integration::make_keys_with_terminals(office_);
    auto const early = office_.refusal({"pin", "reset", "--at-pad"});
    EXPECT_EQ(early.code, "terminal_refused");
    EXPECT_EQ(early.fault["detail"], "no_key");
    give_terminal_its_keys();
    auto const reset = with_holder(office_, {"pin", "reset", "--at-pad"},
                                   {{"请输入新密码", "975310"}, {"请再次输入新密码", "975310"}});
    EXPECT_EQ(reset.status, 0) << reset.err;
    auto const verified =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "975310"}});
    EXPECT_EQ(verified.status, 0) << verified.err;
}

TEST_P(KioskTerminal, IsGivenItsIdAndTransportKeyOnceByItsCustodians) {
    office_.keep_keys_in_store();
    office_.configure("[log]\nlevel = \"debug\"\n");
    office_.start_daemon();
    integration::make_keys_with_terminals(office_);
    auto const mixed_up = integration::provision_kiosk(office_, integration::KioskParts::mixed_up);
    EXPECT_NE(mixed_up.out.find("key_check_value_differs"), std::string::npos) << mixed_up.out;
    EXPECT_EQ(keys_of_terminal(), "empty") << "it is not the KBPK of the store";
    provision();
    EXPECT_EQ(keys_of_terminal(), "provisioned");
    EXPECT_EQ(office_.answer({"terminal", "list"})["terminals"][0]["initial_key"],
              integration::kiosk_id);
    auto const again = integration::provision_kiosk(office_);
    EXPECT_NE(again.out.find("terminal_provisioned"), std::string::npos) << again.out;
    auto const minutes = office_.answer({"keys", "minutes", "list"})["minutes"];
    EXPECT_EQ(minutes.back()["act"], "provisioning");
    EXPECT_EQ(minutes.back()["outcome"], "done");
    auto const key = integration::kiosk_transport_key();
    integration::SecretSearch search;
    search.add_bytes("the transport key", {key.begin(), key.end()});
    EXPECT_EQ(search.found_in(office_.logs() + integration::everything_in(office_.folder())),
              std::vector<std::string>{});
}

TEST_P(KioskTerminal, IsWipedWhereThatIsMeant) {
    office_.start_daemon();
    provision();
    EXPECT_EQ(office_.refusal({"terminal", "wipe", "--reader", "1"}).code, "not_confirmed");
    EXPECT_EQ(keys_of_terminal(), "provisioned");
    auto const wiped = office_.answer({"terminal", "wipe", "--reader", "1", "--permanently"});
    EXPECT_EQ(wiped["keys"], "empty");
    provision();
}

TEST_P(KioskTerminal, TellsWhoAndHowItIs) {
    office_.start_daemon();
    auto const list = office_.answer({"terminal", "list"});
    ASSERT_EQ(list["terminals"].size(), 3U) << "each of its readers is one: " << list;
    EXPECT_EQ(list["terminals"][0]["model"], "KioskTerm");
    auto const health = office_.answer({"terminal", "health", "--reader", "1"});
    EXPECT_EQ(health["random"], true);
    EXPECT_EQ(health["tampered"], false);
    EXPECT_GT(health["counts"][0]["counts"][0], 0) << "activations of the user card";
}

TEST_P(KioskTerminal, SurvivesARestartOfPcscd) {
    office_.start_daemon();
    auto const restarted = integration::run({"host/virtual/private-pcscd", "--restart"});
    EXPECT_EQ(restarted.status, 0) << restarted.err;
    EXPECT_TRUE(eventually([&] { return office_.sscard({"card", "info"}).status == 0; }));
}

TEST_P(KioskTerminal, SurvivesAThousandInsertions) {
    office_.start_daemon();
    office_.remove(0);
    std::string const hand = office_.folder() + "/hand";
    ASSERT_EQ(integration::run({"mkfifo", hand}).status, 0);
    std::string const options = GetParam() == "3.00" ? "--protocol T1" : "";
    std::string const command = "exec \"$SSCARD_BIN/sscard-virtual\" card --version " + GetParam() +
                                " --person " + person("zhang_san") + " --keys " +
                                integration::key_file() + " --contacts \"$TERMINAL_DIR/card\" " +
                                options + " <> " + hand;
    integration::Background const card{{"bash", "-c", command}, office_.folder() + "/hand.log"};
    std::ofstream moves{hand};
    constexpr int insertions = 1'000;
    constexpr int looked_at_each = 100;
    for (int insertion = 1; insertion <= insertions; ++insertion) {
        moves << "remove\ninsert\n" << std::flush;
        if (insertion % looked_at_each == 0) {
            EXPECT_TRUE(eventually([&] {
                return office_.sscard({"card", "info"}).status == 0;
            })) << "it is there after insertion "
                << insertion;
        }
    }
}

TEST_P(KioskTerminal, TakesItsKeysFromASamInItsFirstSlot) { take_keys_from_sam_in(1); }

TEST_P(KioskTerminal, TakesItsKeysFromASamInItsSecondSlot) { take_keys_from_sam_in(2); }

INSTANTIATE_TEST_SUITE_P(Cards, KioskTerminal, testing::Values("2.00", "3.00"),
                         [](auto const& info) { return info.param == "2.00" ? "T0" : "T1"; });

} // namespace
