#include "host/virtual/options.hpp"

#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

CommandLine parse(std::vector<char const*> arguments, char const* kind = "card") {
    arguments.insert(arguments.begin(), {"sscard-virtual", kind});
    testing::internal::CaptureStdout();
    testing::internal::CaptureStderr();
    auto command_line = parse_command_line(static_cast<int>(arguments.size()), arguments.data());
    testing::internal::GetCapturedStdout();
    testing::internal::GetCapturedStderr();
    return command_line;
}

CardOptions options_of(std::vector<char const*> arguments) {
    return std::get<CardOptions>(parse(std::move(arguments)));
}

bool is_refused(std::vector<char const*> arguments) {
    auto const command_line = parse(std::move(arguments));
    auto const* const exit = std::get_if<Exit>(&command_line);
    return exit != nullptr && exit->status == exit_usage;
}

TEST(Options, TakeTheAlgorithmFromTheVersion) {
    EXPECT_EQ(options_of({"--blank"}).plan.algorithm, keys::Algorithm::sm4);
    EXPECT_EQ(options_of({"--blank", "--version", "2.00"}).plan.algorithm, keys::Algorithm::des3);
    EXPECT_EQ(options_of({"--blank", "--version", "2.00", "--algorithm", "SM4"}).plan.algorithm,
              keys::Algorithm::sm4);
    EXPECT_EQ(options_of({"--blank", "--version", "3.00", "--algorithm", "3DES"}).plan.version,
              apdu::SpecVersion::v3_00);
}

TEST(Options, WantExactlyOneForm) {
    EXPECT_TRUE(is_refused({}));
    EXPECT_TRUE(is_refused({"--bare", "--blank"}));
    EXPECT_TRUE(is_refused({"--blank", "--person", "p.json"}));
    EXPECT_EQ(options_of({"--bare"}).form, StartingForm::bare);
    EXPECT_EQ(options_of({"--person", "p.json"}).form, StartingForm::personalized);
    EXPECT_EQ(options_of({"--foreign", "sim"}).foreign, ForeignKind::sim);
    EXPECT_EQ(options_of({"--state", "card.state"}).form, StartingForm::none)
        << "a card that is there goes on";
}

TEST(Options, PutACardAtTheContactsOfATerminal) {
    auto const options = options_of({"--blank", "--contacts", "c.sock", "--protocol", "T1", "--ta1",
                                     "18", "--edc", "crc", "--ifsc", "32", "--convention",
                                     "inverse", "--line-time", "--fault", "lrc@2"});
    EXPECT_EQ(options.contacts, "c.sock");
    auto const& settings = options.contact_settings;
    EXPECT_EQ(settings.protocol, ContactProtocol::t1);
    EXPECT_EQ(settings.ta1, 0x18);
    EXPECT_EQ(settings.t1.code, BlockCode::crc);
    EXPECT_EQ(settings.t1.ifsc, 32);
    EXPECT_EQ(settings.convention, ContactConvention::inverse);
    EXPECT_TRUE(settings.is_paced);
    EXPECT_EQ(settings.clock_hz, 4'000'000U);
    auto const psam =
        std::get<CardOptions>(parse({"--keys", "k.json", "--contacts", "c.sock"}, "psam"));
    EXPECT_EQ(psam.contact_settings.clock_hz, 4'800'000U);
    EXPECT_EQ(psam.contact_settings.socket, 0);
    auto const second = std::get<CardOptions>(
        parse({"--keys", "k.json", "--contacts", "c.sock", "--sam-slot", "2"}, "psam"));
    EXPECT_EQ(second.contact_settings.socket, 1);
    EXPECT_EQ(std::get<PadOptions>(parse({"--link", "p.sock"}, "pad")).link, "p.sock");
}

TEST(Options, RefuseWhatNoCardIsLikeAtItsContacts) {
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--vpcd", "127.0.0.1:35963"}));
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--count", "2"}));
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--protocol", "T2"}));
    EXPECT_TRUE(is_refused({"--foreign", "bank", "--contacts", "c", "--protocol", "T1"}));
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--ta1", "70"})) << "reserved";
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--ifsc", "255"}));
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--edc", "none"}));
    EXPECT_TRUE(is_refused({"--blank", "--contacts", "c", "--convention", "up"}));
}

TEST(Options, GiveEachCardItsPortStateAndSerial) {
    auto const options = options_of({"--blank", "--count", "3", "--state", "card.state",
                                     "--reset-info", "00814E432386971599000000FF"});
    ASSERT_EQ(options.endpoints.size(), 3U);
    EXPECT_EQ(options.endpoints[2].text(), "127.0.0.1:35965");
    EXPECT_EQ(options.state_of(0), "card.state.1");
    EXPECT_EQ(options.state_of(2), "card.state.3");
    EXPECT_EQ(hex_of(options.plan_of(0).historical), "00814E432386971599000000FF");
    EXPECT_EQ(hex_of(options.plan_of(2).historical), "00814E43238697159900000101");
    EXPECT_EQ(options_of({"--blank", "--state", "one"}).state_of(0), "one");
}

TEST(Options, TakeSeveralReadersByName) {
    auto const options = options_of({"--blank", "--vpcd", "a:1", "--vpcd", "b:2"});
    ASSERT_EQ(options.endpoints.size(), 2U);
    EXPECT_EQ(options.endpoints[1].text(), "b:2");
    EXPECT_TRUE(is_refused({"--blank", "--vpcd", "a:1", "--vpcd", "b:2", "--count", "2"}));
}

TEST(Options, ReadFaultsAndTheirTimes) {
    auto const options =
        options_of({"--blank", "--fault", "removal@5", "--fault", "slow:1s", "--back-after", "2s"});
    EXPECT_EQ(options.faults.size(), 2U);
    EXPECT_EQ(options.back_after, std::chrono::milliseconds{2000});
    EXPECT_EQ(options_of({"--blank"}).back_after, std::chrono::milliseconds{1000});
    EXPECT_FALSE(
        options_of({"--blank", "--fault", "cut-write@4", "--back-after", "never"}).back_after);
}

TEST(Options, RefuseFaultsThatNeverComeToPass) {
    std::vector<std::vector<char const*>> const idle{
        {"--blank", "--back-after", "2s"},
        {"--blank", "--back-after", "2s", "--fault", "slow:1s"},
        {"--blank", "--fault", "parity@3"},
        {"--blank", "--fault", "flip:0@3"},
        {"--blank", "--contacts", "c", "--fault", "wtx-forever"},
        {"--blank", "--contacts", "c", "--fault", "lrc@2"},
        {"--blank", "--contacts", "c", "--fault", "bad-tck"},
        {"--blank", "--contacts", "c", "--protocol", "T1", "--fault", "nulls-forever@2"},
        {"--foreign", "bank", "--fault", "torn-write@2"},
        {"--foreign", "bank", "--fault", "wrong-mac"},
        {"--foreign", "bank", "--fault", "wrong-authentication@2"},
        {"--blank", "--fault", "mute", "--fault", "slow:1s"},
        {"--blank", "--fault", "slow:1s", "--fault", "mute"},
        {"--blank", "--fault", "removal@3", "--fault", "removal@3"},
        {"--blank", "--contacts", "c", "--fault", "babble@3", "--fault", "babble:60@9"}};
    for (auto const& arguments : idle) {
        EXPECT_TRUE(is_refused(arguments)) << testing::PrintToString(arguments);
    }
    EXPECT_TRUE(std::holds_alternative<Exit>(
        parse({"--keys", "k.json", "--fault", "cut-write@2"}, "psam")));
    for (auto const& arguments : std::vector<std::vector<char const*>>{
             {"--blank", "--fault", "mute@3", "--fault", "mute@9", "--fault", "slow:1s"},
             {"--blank", "--fault", "power-cut@3", "--fault", "power-cut@9"},
             {"--blank", "--contacts", "c", "--fault", "pull-at@9", "--back-after", "2s"},
             {"--blank", "--contacts", "c", "--fault", "parity@3", "--fault", "mute-at@30"}}) {
        EXPECT_FALSE(is_refused(arguments)) << testing::PrintToString(arguments);
    }
}

TEST(Options, TakeLineTimeAloneOrWithNumbers) {
    EXPECT_FALSE(options_of({"--blank"}).line_time);
    EXPECT_EQ(options_of({"--blank", "--line-time"}).line_time, LineTime{});
    EXPECT_EQ(options_of({"--line-time", "--blank"}).line_time, LineTime{});
    EXPECT_EQ(options_of({"--blank", "--line-time", "fi=512,di=8"}).line_time,
              (LineTime{.fi = 512, .di = 8}));
}

TEST(Options, UndoTornCommandsWhenTold) {
    EXPECT_EQ(options_of({"--blank"}).anti_tearing, AntiTearing::none);
    EXPECT_EQ(options_of({"--blank", "--anti-tearing"}).anti_tearing, AntiTearing::undo);
}

TEST(Options, TakeNoPinAsAnEmptyOne) {
    EXPECT_EQ(options_of({"--blank"}).plan.pin, "123456");
    EXPECT_EQ(options_of({"--blank", "--pin", "none"}).plan.pin, "");
}

TEST(Options, RefuseOtherArguments) {
    for (auto const& arguments : std::vector<std::vector<char const*>>{
             {"--blank", "--version", "4.00"},
             {"--blank", "--version", "2.0"},
             {"--blank", "--algorithm", "SSF33"},
             {"--blank", "--region", "12345"},
             {"--blank", "--region", "12345A"},
             {"--blank", "--reset-info", "00"},
             {"--blank", "--vpcd", "nowhere"},
             {"--blank", "--count", "0"},
             {"--blank", "--count", "65"},
             {"--blank", "--vpcd", "a:65535", "--count", "2"},
             {"--blank", "--fault", "flood"},
             {"--blank", "--fault", "removal@2", "--back-after", "soon"},
             {"--foreign", "library"},
             {"--blank", "--line-time", "9600"}}) {
        EXPECT_TRUE(is_refused(arguments)) << arguments.back();
    }
}

TEST(Options, TellHelpWithoutAFault) {
    auto const command_line = parse({"--help"});
    EXPECT_EQ(std::get<Exit>(command_line).status, exit_ended);
}

TEST(PsamOptions, SayWhatItHolds) {
    auto const line =
        parse({"--keys", "k.json", "--terminal", "639901000007", "--level", "province",
               "--algorithm", "SM4", "--key-version", "2", "--without-key", "RKSSSE",
               "--enciphering-key", "STKSSSE", "--fault", "status:6983@9"},
              "psam");
    auto const& options = std::get<CardOptions>(line);
    EXPECT_EQ(options.form, StartingForm::psam);
    EXPECT_EQ(hex_of(options.psam.terminal_number), "639901000007");
    EXPECT_EQ(options.psam.tier, keys::Tier::province);
    EXPECT_FALSE(options.psam.has_des3);
    EXPECT_TRUE(options.psam.has_sm4);
    EXPECT_EQ(options.psam.key_version, 2);
    EXPECT_EQ(options.psam.without_keys, std::vector{apdu::KeyName::rk_ssse});
    EXPECT_EQ(options.psam.enciphering_keys, std::vector{apdu::KeyName::stk_ssse});
    EXPECT_EQ(options.faults.size(), 1U);
    EXPECT_EQ(options.endpoints.size(), 1U);
}

TEST(PsamOptions, AreRefusedWhereTheyAreWrong) {
    for (std::vector<char const*> const& wrong :
         std::vector<std::vector<char const*>>{{},
                                               {"--keys", "k", "--terminal", "6399"},
                                               {"--keys", "k", "--terminal", "63990000000A"},
                                               {"--keys", "k", "--level", "ministry"},
                                               {"--keys", "k", "--algorithm", "SSF33"},
                                               {"--keys", "k", "--key-version", "4"},
                                               {"--keys", "k", "--without-key", "NONE"},
                                               {"--keys", "k", "--enciphering-key", "NONE"}}) {
        EXPECT_TRUE(std::holds_alternative<Exit>(parse(wrong, "psam")))
            << testing::PrintToString(wrong);
    }
}

} // namespace
} // namespace virtual_card
