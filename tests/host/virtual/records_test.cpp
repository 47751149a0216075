#include "tests/host/virtual/card_bench.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

/// SSSE/EF05 of a live 2.00 card, current.
class Records : public testing::Test {
public:
    void SetUp() override {
        card.select(Directory::ssse);
        card.select_fid("EF05");
    }
    Bench card{plan_2(), personalized(plan_2())};
};

// card.md §1.5, how records are read in the field.
TEST_F(Records, AreReadByTheirIdentifier) {
    EXPECT_EQ(card.send("00B2030006"), "0304322E30309000");
    EXPECT_EQ(card.send("00B204000E"), "040C9156000002639900639900019000");
    EXPECT_EQ(card.send("00B2050006"), "0504202401019000");
    EXPECT_EQ(card.send("00B2060006"), "0604203401019000");
    EXPECT_EQ(card.send("00B207000B"), "07094130303030303032589000");
    card.select_fid("EF06");
    EXPECT_EQ(card.send("00B2080014"), "08123131303130313139303030313031303031349000");
    EXPECT_EQ(card.send("00B20A0003"), "0A01319000");
    EXPECT_EQ(card.send("00B20B0003"), "0B01019000");
    EXPECT_EQ(card.send("00B20C0005"), "0C031101019000");
    EXPECT_EQ(card.send("00B20D0006"), "0D04190001019000");
    EXPECT_EQ(card.ask("00B24E0000").substr(0, 4), "4E14");
}

TEST_F(Records, AreReadByTheirNumber) {
    EXPECT_EQ(card.send("00B2030406"), "0304322E30309000");
    EXPECT_EQ(card.send("00B2070400"), "6C0B");
    EXPECT_EQ(card.send("00B2080400"), "6A83");
    EXPECT_EQ(card.send("00B2FF0400"), "6A83");
}

TEST_F(Records, AreReadFromANumberToTheLast) {
    EXPECT_EQ(card.ask("00B2050500"), "0504202401010604203401010709413030303030303258"
                                      "9000");
    EXPECT_EQ(card.ask("00B2010500").size(), 2 * (0x12 + 3 + 6 + 0x0E + 6 + 6 + 0x0B + 2));
    EXPECT_EQ(card.ask("00B2080500"), "6A83");
}

TEST_F(Records, AreReadWithTheSfiFromTheDirectory) {
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2012C00").substr(0, 4), "0110") << "number 1 of SFI 05";
    EXPECT_EQ(card.ask("00B2083000").substr(0, 4), "0812") << "identifier 08 of SFI 06";
    EXPECT_EQ(card.ask("00B2010400").substr(0, 4), "0812") << "which is current now";
    EXPECT_EQ(card.ask("00B2019C00"), "6A82") << "no file 13";
}

TEST_F(Records, AreFoundFirstLastNextAndPrevious) {
    EXPECT_EQ(card.ask("00B2000000").substr(0, 2), "01");
    EXPECT_EQ(card.ask("00B2000200").substr(0, 2), "02");
    EXPECT_EQ(card.ask("00B2000200").substr(0, 2), "03");
    EXPECT_EQ(card.ask("00B2000300").substr(0, 2), "02");
    EXPECT_EQ(card.ask("00B2000400").substr(0, 2), "02") << "the current one";
    EXPECT_EQ(card.ask("00B2000100").substr(0, 2), "07");
    EXPECT_EQ(card.ask("00B2000200"), "6A83") << "behind the last";
    EXPECT_EQ(card.ask("00B2010300").substr(0, 2), "01") << "previous with that identifier";
    EXPECT_EQ(card.ask("00B2000300"), "6A83") << "before the first";
}

TEST_F(Records, OfTheSameItemAreToldApartByOccurrence) {
    card.select(Directory::df02);
    ASSERT_EQ(card.authenticate({KeyName::rk1_df02}), "9000");
    card.select_fid("EF05");
    EXPECT_EQ(card.ask("00B2430000").substr(0, 4), "436C");
    EXPECT_EQ(card.ask("00B2000400").substr(0, 4), "436C");
    EXPECT_EQ(card.ask("00B2430200").substr(0, 4), "436C") << "its second occurrence";
    EXPECT_EQ(card.ask("00B2430200"), "6A83") << "has no third";
}

TEST_F(Records, WithoutACurrentFileAre6986) {
    card.select(Directory::ssse);
    EXPECT_EQ(card.ask("00B2010400"), "6986");
    ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
    EXPECT_EQ(card.send("00DC020403020132"), "6986");
}

TEST_F(Records, RefuseOtherReferences) {
    EXPECT_EQ(card.ask("00B2010600"), "6A86");
    EXPECT_EQ(card.ask("00B2010700"), "6A86");
    EXPECT_EQ(card.send("00DC020503020132"), "6A86");
}

TEST_F(Records, OfATransparentFileAre6981) {
    ASSERT_EQ(card.authenticate({KeyName::rk_ssse}), "9000");
    EXPECT_EQ(card.ask("00B2014400"), "6981") << "SFI 08, the photo";
    EXPECT_EQ(card.send("00B0850001"), "6981") << "READ BINARY of SFI 05";
}

TEST_F(Records, AreUpdatedByNumberAndByIdentifier) {
    ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
    card.select_fid("EF05");
    EXPECT_EQ(card.send("00DC020403020132"), "9000");
    EXPECT_EQ(card.ask("00B2020400"), "0201329000");
    EXPECT_EQ(card.send("00DC020003020131"), "9000");
    EXPECT_EQ(card.ask("00B2022C00"), "0201319000");
    EXPECT_EQ(card.send("00DC022C03020134"), "9000") << "with the SFI";
    EXPECT_EQ(card.ask("00B2020400"), "0201349000");
    EXPECT_EQ(card.send("00DC020003030131"), "6A80") << "another tag than the identifier";
    EXPECT_EQ(card.send("00DC0804020800"), "6A83") << "the structure is closed";
}

TEST_F(Records, MustBeWholeTlv) {
    ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
    EXPECT_EQ(card.send("00DC022C03020231"), "6A85");
    EXPECT_EQ(card.send("00DC022C0102"), "6A85");
    EXPECT_EQ(card.send("00DC022C"), "6700");
}

TEST_F(Records, MayGrowNoLargerThanTheFile) {
    ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
    EXPECT_EQ(card.send("00DC022C0402023131"), "6A84");
    EXPECT_EQ(card.send("00DC022C020200"), "9000") << "shorter";
    EXPECT_EQ(card.send("00DC022C03020133"), "9000") << "as long as before";
}

TEST_F(Records, FromANumberOnAreCutBehindAWholeOne) {
    card.select(Directory::df02);
    ASSERT_EQ(card.authenticate({KeyName::rk1_df02}), "9000");
    // EF05: 2 × 05, 2 × 6E and 2 × 67 hex bytes; an answer has 100 hex at most.
    EXPECT_EQ(card.send("00B2012D00"), "6CE6");
    EXPECT_EQ(card.send("00B2042D00"), "6CD5");
    EXPECT_EQ(card.send("00B2052D00"), "6CCE") << "all that is left";
}

/// DF02/EF07: cyclic, 4 records of 55 hex, filled with unpersonalized ones.
class CyclicRecords : public testing::Test {
public:
    static std::string record(char fill) {
        std::string text;
        for (int i = 0; i < 0x55; ++i) {
            text += {'3', fill};
        }
        return text;
    }
    void SetUp() override {
        card.select(Directory::df02);
        ASSERT_EQ(card.authenticate({KeyName::uk3_df02}), "9000");
        ASSERT_EQ(card.authenticate({KeyName::rk1_df02}), "9000");
        card.select_fid("EF07");
    }
    Bench card{plan_2(), blank(plan_2())};
};

TEST_F(CyclicRecords, AreAddedByPreviousAndReadNewestFirst) {
    EXPECT_EQ(card.send("00DC000355" + record('1')), "9000");
    EXPECT_EQ(card.send("00DC000355" + record('2')), "9000");
    EXPECT_EQ(card.ask("00B2010400"), record('2') + "9000");
    EXPECT_EQ(card.ask("00B2020400"), record('1') + "9000");
    EXPECT_EQ(card.ask("00B2050400"), "6A83");
}

TEST_F(CyclicRecords, PushTheOldestOut) {
    for (char const fill : {'1', '2', '3', '4', '5'}) {
        ASSERT_EQ(card.send("00DC003B55" + record(fill)), "9000") << "with the SFI";
    }
    EXPECT_EQ(card.ask("00B2010400"), record('5') + "9000");
    EXPECT_EQ(card.ask("00B2040400"), record('2') + "9000");
    EXPECT_EQ(card.ask("00B2050400"), "6A83");
}

TEST_F(CyclicRecords, HaveOneLength) {
    EXPECT_EQ(card.send("00DC000354" + record('1').substr(2)), "6700");
    EXPECT_EQ(card.send("00DC000356" + record('1') + "00"), "6700");
}

TEST_F(CyclicRecords, HaveNoIdentifier) {
    card.send("00DC000355" + record('1'));
    EXPECT_EQ(card.ask("00B2310000"), "6A83") << "their first byte is none";
    EXPECT_EQ(card.ask("00B2000000"), record('1') + "9000");
}

TEST_F(CyclicRecords, AreReplacedByNumber) {
    EXPECT_EQ(card.send("00DC020455" + record('7')), "9000");
    EXPECT_EQ(card.ask("00B2020400"), record('7') + "9000");
    EXPECT_EQ(card.send("00DC050455" + record('7')), "6A83");
}

TEST(FixedRecords, HaveOneLength) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::df03);
    ASSERT_EQ(card.authenticate({KeyName::uk8_df03}), "9000");
    ASSERT_EQ(card.authenticate({KeyName::rk1_df03}), "9000");
    std::string const read = card.ask("00B201CC00");
    ASSERT_EQ(read.substr(0, 4), "7927");
    std::string const record = read.substr(0, read.size() - 4);
    EXPECT_EQ(card.send("00DC01CC29" + record), "9000");
    EXPECT_EQ(card.send("00DC01CC28" + record.substr(2)), "6700");
}

TEST(DirectoryList, IsReadFromEveryDirectoryByItsSfi) {
    Bench card{plan_2(), blank(plan_2())};
    for (auto const directory : {Directory::mf, Directory::ssse, Directory::df04}) {
        card.select(directory);
        std::string const record = card.ask("00B201F400");
        EXPECT_EQ(record.substr(0, 2), "61");
        EXPECT_EQ(record.substr(4, 16), "4F06D15600000500");
    }
    EXPECT_EQ(card.ask("00B205F400").substr(4, 2), "50") << "DF05 has no AID";
    EXPECT_EQ(card.ask("00B207F400").substr(4, 16), "4F06D15600000504");
    EXPECT_EQ(card.ask("00B208F400"), "6A83") << "one record for each application";
}

TEST(InternalFiles, AreReadByNobody) {
    Bench card{plan_2(), blank(plan_2())};
    card.select(Directory::ssse);
    ASSERT_EQ(card.authenticate_mk(KeyName::mk_ssse), "9000");
    for (char const* const command : {"00B201E400", "00B201EC00", "00B09C0000", "00B09D0000"}) {
        EXPECT_EQ(card.send(command), "6981") << command;
    }
}

} // namespace
} // namespace virtual_card
