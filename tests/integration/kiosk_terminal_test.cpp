// The kiosk's terminal, its firmware on a board without hardware, behind the stock pcscd and
// libccid: what staff and holders do with it. What any reader can do is tried there by the other
// suites.
#include "tests/integration/terminal_keys.hpp"

#include "apdu/ccid/terminal_escape.hpp"
#include "host/pcsc/reader_control.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <future>

namespace {

using integration::Arguments;
using integration::eventually;
using integration::Finished;
using integration::Office;
using integration::person;

std::string shown() {
    return integration::text_of_file(integration::terminal_folder() + "/display");
}

void type(std::string const& keys) {
    std::ofstream{integration::terminal_folder() + "/keys"} << keys << std::flush;
}

/// One prompt of the display, and what is typed then.
struct Prompted {
    std::string prompt;
    std::string keys;
};

/// Runs `sscard` while the holder types what they are asked for.
Finished with_holder(Office const& office, Arguments const& arguments,
                     std::vector<Prompted> const& prompts) {
    std::size_t seen = shown().size();
    auto command = std::async(std::launch::async, [&] { return office.sscard(arguments); });
    for (auto const& [prompt, keys] : prompts) {
        std::string const line = "[" + prompt + "|]";
        EXPECT_TRUE(eventually([&] { return shown().find(line, seen) != std::string::npos; }))
            << line << " did not come\n"
            << shown();
        seen = shown().find(line, seen) + line.size();
        type(keys + "\n");
    }
    return command.get();
}

class KioskTerminal : public testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        office_.insert(0, {"--version", GetParam(), "--person", person("zhang_san")});
    }

    /// An Escape of the terminal's own, as who sets it up sends it. @returns its status.
    static apdu::ccid::TerminalStatus call(apdu::ccid::TerminalFunction function) {
        auto const context = pcsc::Context::establish();
        EXPECT_TRUE(context.ok());
        auto const reader = pcsc::ReaderConnection::open(context.value(), Office::reader_name(0));
        EXPECT_TRUE(reader.ok());
        std::array<std::uint8_t, 2> const command{apdu::ccid::terminal_escape_mark,
                                                  static_cast<std::uint8_t>(function)};
        std::array<std::uint8_t, 300> answer{};
        auto const size = reader.value()->escape(command, answer);
        EXPECT_TRUE(size.ok());
        return static_cast<apdu::ccid::TerminalStatus>(answer[0]);
    }

    /// As in a secure room, once: identity and transport key.
    void provision() {
        auto const provisioned = integration::provision_kiosk(office_);
        EXPECT_EQ(provisioned.status, 0) << provisioned.err;
    }
    std::string keys() { return office_.answer({"terminal", "health", "--reader", "1"})["keys"]; }
    static void wipe() {
        EXPECT_EQ(call(apdu::ccid::TerminalFunction::clear_tamper),
                  apdu::ccid::TerminalStatus::done);
    }

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

    Office office_{};
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

/// All RAM of the emulated machine that its image may use.
std::string ram(Office const& office) {
    std::string const monitor = integration::terminal_folder() + "/monitor";
    std::string const file = office.folder() + "/ram";
    auto const asked = integration::run({"socat", "-", "unix-connect:" + monitor},
                                        "pmemsave 0x20000000 0x10000 \"" + file + "\"\n");
    EXPECT_EQ(asked.status, 0) << asked.err;
    EXPECT_TRUE(eventually([&] { return integration::text_of_file(file).size() == 0x10000; }));
    return integration::text_of_file(file);
}

/// Of a terminal in QEMU: its memory can be read from outside.
class EmulatedTerminal : public KioskTerminal {};

TEST_P(EmulatedTerminal, HasForgottenThePinOnceTheCardHasIt) {
    using namespace std::string_literals;
    office_.start_daemon();
    auto const right = with_holder(office_, {"pin", "change", "--at-pad"},
                                   {{"请输入密码", "123456"},
                                    {"请输入新密码", "8642097531"},
                                    {"请再次输入新密码", "8642097531"}});
    EXPECT_EQ(right.status, 0) << right.err;
    std::string const memory = ram(office_);
    ASSERT_FALSE(memory.empty());
    // As digits, as ASCII, and as BCD; and the old one, which is shorter, in its command.
    EXPECT_EQ(memory.find("\x08\x06\x04\x02\x00\x09\x07\x05"s), std::string::npos);
    EXPECT_EQ(memory.find("86420975"), std::string::npos);
    EXPECT_EQ(memory.find("\x86\x42\x09\x75"s), std::string::npos);
    EXPECT_EQ(memory.find("\x12\x34\x56\xFF"s), std::string::npos);
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
    provision();
    auto const loaded = office_.answer(
        {"terminal", "load-key", "--reader", "1", integration::hand_out_initial_key(office_)});
    EXPECT_EQ(loaded["keys"], "loaded");
    auto const reset = with_holder(office_, {"pin", "reset", "--at-pad"},
                                   {{"请输入新密码", "975310"}, {"请再次输入新密码", "975310"}});
    EXPECT_EQ(reset.status, 0) << reset.err;
    auto const verified =
        with_holder(office_, {"pin", "verify", "--at-pad"}, {{"请输入密码", "975310"}});
    EXPECT_EQ(verified.status, 0) << verified.err;
    wipe();
}

TEST_P(KioskTerminal, IsGivenItsIdAndTransportKeyOnceByItsCustodians) {
    office_.keep_keys_in_store();
    office_.configure("[log]\nlevel = \"debug\"\n");
    office_.start_daemon();
    integration::make_keys_with_terminals(office_);
    auto const mixed_up = integration::provision_kiosk(office_, integration::KioskParts::mixed_up);
    EXPECT_NE(mixed_up.out.find("key_check_value_differs"), std::string::npos) << mixed_up.out;
    EXPECT_EQ(keys(), "empty") << "it is not the KBPK of the store";
    provision();
    EXPECT_EQ(keys(), "provisioned");
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
    wipe();
    EXPECT_EQ(keys(), "empty");
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

INSTANTIATE_TEST_SUITE_P(Cards, EmulatedTerminal, testing::Values("2.00", "3.00"),
                         [](auto const& info) { return info.param == "2.00" ? "T0" : "T1"; });

INSTANTIATE_TEST_SUITE_P(Cards, KioskTerminal, testing::Values("2.00", "3.00"),
                         [](auto const& info) { return info.param == "2.00" ? "T0" : "T1"; });

} // namespace
