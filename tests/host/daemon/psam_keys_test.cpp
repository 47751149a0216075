// Keys of which a PSAM in a reader of its own is asked first.
#include "sam_reader.hpp"

namespace sscardd {
namespace {

TEST_F(APsamsKeys, AreToldByTheirNumbers) {
    auto const report = keys().report();
    EXPECT_EQ(report.back_end, api::KeyBackEnd::key_file);
    ASSERT_TRUE(report.psam);
    EXPECT_EQ(report.psam->reader, "SAM Reader");
    EXPECT_EQ(report.psam->terminal_number, "639900000001");
    EXPECT_EQ(report.psam->serial.size(), 20U);
    EXPECT_EQ(report.psam->algorithms, (std::vector<std::string>{"3DES", "SM4"}));
    EXPECT_EQ(report.psam->key_version, 1);
    EXPECT_FALSE(report.psam->fault);
}

TEST_F(APsamsKeys, AreAskedFirst) {
    LaneKeys const job = keys().service();
    EXPECT_EQ(proof(job).value(), right_proof());
    EXPECT_TRUE(ways().empty());
}

TEST_F(APsamsKeys, OpenAnOfficeThatHasNoOthers) {
    auto const report = keys(false).report();
    EXPECT_EQ(report.state, api::KeyState::open);
    EXPECT_FALSE(report.fault);
    EXPECT_EQ(proof(keys_->service()).value(), right_proof());
    reader_.take_out();
    EXPECT_EQ(keys_->service().service, nullptr);
    EXPECT_EQ(keys_->report().state, api::KeyState::unusable);
    EXPECT_EQ(keys_->report().fault->code, "psam_absent");
}

TEST_F(APsamsKeys, GiveWayForEachOfTheFiveReasons) {
    virtual_card::PsamPlan plan;
    plan.has_sm4 = false;
    plan.without_keys = {KeyName::rk_ssse, KeyName::uk_ssse};
    reader_.put_in(plan);
    LaneKeys const job = keys().service();
    EXPECT_EQ(proof(job).value(), right_proof());
    EXPECT_EQ(proof(job, KeyName::rk_ssse, Algorithm::des3).value(),
              right_proof(KeyName::rk_ssse, Algorithm::des3));
    EXPECT_EQ(proof(job, KeyName::uk_ssse, Algorithm::des3).value(),
              right_proof(KeyName::uk_ssse, Algorithm::des3));
    auto elsewhere = card_of(Algorithm::des3);
    elsewhere.region = {0x63, 0x98, 0x00};
    EXPECT_TRUE(
        job.service
            ->external_authentication(elsewhere, {KeyName::puk}, process_factor, original_number)
            .ok());
    reader_.take_out();
    EXPECT_EQ(proof(keys_->service()).value(), right_proof());
    EXPECT_EQ(ways(), (std::vector<std::string>{"-27272", "-2203", "-2202", "-2201", "-24"}));
}

TEST_F(APsamsKeys, EndTheJobWhereThePsamGoesInItsMiddleAndAreFoundAgain) {
    LaneKeys const job = keys().service();
    EXPECT_TRUE(proof(job).ok());
    reader_.take_out();
    reader_.put_in(); // another one, in no time
    EXPECT_EQ(proof(job).error().reason, keys::KeyFaultReason::back_end_lost);
    EXPECT_TRUE(ways().empty());
    EXPECT_EQ(proof(keys_->service()).value(), right_proof());
    EXPECT_EQ(reader_.opened, 2);
}

TEST_F(APsamsKeys, AreNotThoseOfAnyCard) {
    reader_.put_in_a_bank_card();
    keys();
    EXPECT_EQ(fault(), "psam_unusable");
    reader_.put_in();
    reader_.fault = apdu::Error::sharing_violation;
    EXPECT_EQ(fault(), "psam_unusable");
    reader_.fault.reset();
    EXPECT_EQ(fault(), "");
    reader_.take_out();
    EXPECT_EQ(fault(), "psam_absent");
    auto const found = diagnose_keys(*keys_, office());
    EXPECT_EQ(found.warnings.at(found.warnings.size() - 1).code, "psam_absent");
}

TEST_F(APsamsKeys, ServeAllLanesOneGoAtATime) {
    LaneKeys const shared = keys().service();
    std::vector<std::thread> lanes;
    lanes.reserve(8);
    std::atomic<int> right{0};
    for (int lane = 0; lane < 8; ++lane) {
        lanes.emplace_back([&, lane, job = lane % 2 == 0 ? shared : keys_->service()] {
            Algorithm const algorithm = lane % 4 < 2 ? Algorithm::sm4 : Algorithm::des3;
            for (int i = 0; i < 20; ++i) {
                bool const is_right = proof(job, KeyName::puk, algorithm).value() ==
                                      right_proof(KeyName::puk, algorithm);
                right += is_right ? 1 : 0;
            }
        });
    }
    for (std::thread& lane : lanes) {
        lane.join();
    }
    EXPECT_EQ(right, 160);
    EXPECT_FALSE(reader_.was_mixed);
    EXPECT_EQ(reader_.opened, 1);
}

TEST_F(APsamsKeys, HangCostsTheJobThatFindsItAndNoOther) {
    call_max_ = std::chrono::milliseconds{50};
    LaneKeys const job = keys().service();
    LaneKeys const other = keys_->service();
    reader_.hang();
    int const commands = reader_.commands;
    EXPECT_EQ(proof(job).error().reason, keys::KeyFaultReason::back_end_lost);
    EXPECT_EQ(proof(other).error().reason, keys::KeyFaultReason::back_end_lost) << "at once";
    EXPECT_EQ(reader_.commands, commands + 1);
    EXPECT_EQ(fault(), "psam_hangs");
    EXPECT_EQ(proof(keys_->service()).value(), right_proof()) << "by the keys behind it";
    EXPECT_EQ(ways(), std::vector<std::string>{"-2201"});
    EXPECT_EQ(reader_.opened, 1) << "a reader that hangs is left alone";
    auto const found = diagnose_keys(*keys_, office());
    EXPECT_EQ(found.warnings.at(found.warnings.size() - 1).code, "psam_hangs");
    reader_.let_go();
    expect_found_again();
    EXPECT_EQ(reader_.opened, 2);
}

TEST_F(APsamsKeys, HangAtTheOpeningCostNobodyMoreThanTheWait) {
    call_max_ = std::chrono::milliseconds{50};
    reader_.hang(true);
    LaneKeys const job = keys().service();
    EXPECT_EQ(proof(job).value(), right_proof());
    EXPECT_EQ(ways(), std::vector<std::string>{"-2201"});
    EXPECT_EQ(fault(), "psam_hangs");
    reader_.let_go();
    expect_found_again();
}

TEST_F(APsamsKeys, ThatHangAreNotWaitedForAtTheEnd) {
    call_max_ = std::chrono::milliseconds{50};
    LaneKeys job = keys().service();
    reader_.hang();
    EXPECT_FALSE(proof(job).ok());
    job.service.reset();
    keys_.reset();
    EXPECT_EQ(reader_.sources, 1);
    reader_.let_go();
    while (reader_.sources != 0) { // the card is let go of all the same
        std::this_thread::yield();
    }
}

std::string wrong_in(std::string_view toml) {
    auto const result = parse_configuration(toml);
    auto const* const faults = std::get_if<std::vector<ConfigurationFault>>(&result);
    return faults == nullptr ? "" : faults->front().what;
}

TEST(APsamsConfiguration, NamesItsReaderAndWhatIsNotAsTheStandardHasIt) {
    auto const result = parse_configuration(R"(
[psam]
reader = "SAM Reader"
dispersals = 2
region = "639900"
test = true
[[psam.key]]
name = "STKSSSE"
usage = "48"
id = "09"
)");
    auto const* const taken = std::get_if<Configuration>(&result);
    ASSERT_NE(taken, nullptr);
    ASSERT_TRUE(taken->keys.psam);
    PsamSlotSettings const& psam = *taken->keys.psam;
    EXPECT_EQ(psam.reader, "SAM Reader");
    EXPECT_EQ(psam.dispersals, 2);
    EXPECT_EQ(psam.region, (std::array<std::uint8_t, 3>{0x63, 0x99, 0x00}));
    EXPECT_TRUE(psam.holds_test_keys);
    ASSERT_EQ(psam.keys.size(), 1U);
    EXPECT_EQ(psam.keys[0].name, KeyName::stk_ssse);
    EXPECT_EQ(psam.keys[0].key.usage, 0x48);
    EXPECT_EQ(psam.keys[0].key.id, 0x09);
}

TEST(APsamsConfiguration, IsRefusedWhereItIsWrong) {
    EXPECT_NE(wrong_in("[psam]\n"), "");
    EXPECT_NE(wrong_in("[psam]\nreader = \"\"\n"), "");
    EXPECT_NE(wrong_in("[psam]\nreader = \"R\"\ndispersals = 4\n"), "");
    EXPECT_NE(wrong_in("[psam]\nreader = \"R\"\nregion = \"6399\"\n"), "");
    EXPECT_NE(wrong_in("[psam]\nreader = \"R\"\nslot = 1\n"), "");
    std::string const key = "[psam]\nreader = \"R\"\n[[psam.key]]\nusage = \"48\"\nid = \"09\"\n";
    EXPECT_NE(wrong_in(key), "");
    EXPECT_EQ(wrong_in(key + "name = \"PUK\"\n"), "");
    EXPECT_NE(wrong_in(key + "name = \"NONE\"\n"), "");
    EXPECT_NE(wrong_in("[psam]\nreader = \"R\"\n[[psam.key]]\nname = \"PUK\"\nusage = \"4\"\n"
                       "id = \"09\"\n"),
              "");
    EXPECT_NE(wrong_in("[office]\nproduction = true\n[psam]\nreader = \"R\"\ntest = true\n"), "");
}

} // namespace
} // namespace sscardd
