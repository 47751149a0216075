#include "tests/host/virtual/structure_stage.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

// cos-t514.md §3–4.

class Structure : public testing::Test {
public:
    Bench card{plan_2(), bare(plan_2())};
};

TEST_F(Structure, StandsUnderItsTransportKey) {
    EXPECT_EQ(card.send(create_mf_command()), "6982");
    EXPECT_EQ(card.send(verify_transport_key_command(card)), "9000");
    EXPECT_EQ(card.send(create_mf_command()), "9000");
    EXPECT_EQ(card.send(verify_transport_key_command(card)), "6985") << "out of force now";
}

TEST_F(Structure, WithAWrongTransportKeyIsDeadAfterThreeTries) {
    EXPECT_EQ(card.send("80E00300080000000000000000"), "63C2");
    EXPECT_EQ(card.send("80E00300080000000000000000"), "63C1");
    EXPECT_EQ(card.send(verify_transport_key_command(card)), "9000");
    for (char const* const status : {"63C2", "63C1", "63C0", "6983"}) {
        EXPECT_EQ(card.send("80E00300080000000000000000"), status);
    }
    EXPECT_EQ(card.send(verify_transport_key_command(card)), "6983") << "for ever";
    EXPECT_EQ(card.send(create_mf_command()), "6982") << "a wrong one ends the right as well";
}

TEST_F(Structure, ForgetsTheTransportKeyByAReset) {
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(card.send(create_mf_command()), "6982");
}

TEST_F(Structure, TakesAnSm4TransportKeyOnAnSm4Chip) {
    Bench sm4{plan_3(), bare(plan_3())};
    EXPECT_EQ(sm4.send(verify_transport_key_command(sm4)), "9000");
    EXPECT_EQ(sm4.send(create_mf_command("01")), "6A80") << "another algorithm than the chip's";
    EXPECT_EQ(sm4.send(create_mf_command("03")), "9000");
}

TEST_F(Structure, BecomesACardStepByStep) {
    build_mf(card);
    build_environment(card);
    ASSERT_EQ(card.send(create_file_command(
                  {.size = "0009", .fid = "EF05", .type = "C6", .sfi = "05", .write = "0033"})),
              "9000");
    ASSERT_EQ(card.select_fid("EF05"), "9000");
    EXPECT_EQ(card.send("00DC010405"
                        "0103FFFFFF"),
              "9000")
        << "adds a record";
    EXPECT_EQ(card.send("00DC020402"
                        "0200"),
              "9000");
    EXPECT_EQ(card.send("00DC030402"
                        "0300"),
              "6A84")
        << "the file is full";
    EXPECT_EQ(card.send("80E00200"), "9000");
    EXPECT_EQ(card.send("00DC020403"
                        "020131"),
              "6982")
        << "access rules hold from now on";
    ASSERT_EQ(card.authenticate({KeyName::uk_ssse}), "9000");
    ASSERT_EQ(card.select_fid("EF05"), "9000");
    EXPECT_EQ(card.send("00DC010405"
                        "0103123456"),
              "9000");
    EXPECT_EQ(card.send("00DC030402"
                        "0300"),
              "6A83")
        << "and records are added no more";
    EXPECT_EQ(card.verify("123456"), "9000");
    EXPECT_EQ(card.authenticate({KeyName::puk}), "9000");
    EXPECT_EQ(card.reset_pin("654321"), "9000");
}

TEST_F(Structure, GoesOnWithoutTransportKeyAfterAPowerCut) {
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    ASSERT_EQ(card.send(create_mf_command()), "9000");
    ASSERT_TRUE(card.connection().reset().ok());
    EXPECT_EQ(card.send(create_key_file_command()), "9000");
    EXPECT_EQ(write_temporary_mk(card), "9000");
}

TEST_F(Structure, SelectsByItsFciRecords) {
    build_mf(card);
    build_environment(card);
    EXPECT_EQ(card.select_fid("DDF1"), "9000") << "nobody has written one";
    ASSERT_EQ(card.send(create_fci_file_command()), "9000");
    EXPECT_EQ(card.send("00D2011D"
                        "1B"
                        "7019"
                        "DDF1"
                        "16"
                        "6F14"
                        "840D"
                        "31323334353637383930313233"
                        "A50388011E"),
              "9000");
    EXPECT_EQ(card.select_fid("DDF1"), "6F14840D31323334353637383930313233A50388011E9000");
    ASSERT_EQ(card.send(create_application_command()), "9000");
    EXPECT_EQ(card.send("00D2021D"
                        "0F"
                        "700D"
                        "DF01"
                        "0A"
                        "6F08"
                        "8406D15600000500"),
              "9000");
    EXPECT_EQ(card.ask("00A4040006D15600000500"), "6F088406D156000005009000");
}

TEST_F(Structure, TakesOnlyWholeFciRecordsInOrder) {
    build_mf(card);
    EXPECT_EQ(card.send("00D2011D"
                        "0B"
                        "7009"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "9000");
    EXPECT_EQ(card.send("00D2011D"
                        "0B"
                        "7009"
                        "3F00"
                        "06"
                        "6F04"
                        "84023133"),
              "9000")
        << "again";
    EXPECT_EQ(card.send("00D2031D"
                        "0B"
                        "7009"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "6A83");
    EXPECT_EQ(card.send("00D2001D"
                        "0B"
                        "7009"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "6A83");
    EXPECT_EQ(card.send("00D2011E"
                        "0B"
                        "7009"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "6A82");
    EXPECT_EQ(card.send("00D2011D"
                        "0B"
                        "7008"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "6A85");
    EXPECT_EQ(card.send("00D2011D"
                        "0B"
                        "7109"
                        "3F00"
                        "06"
                        "6F04"
                        "84023132"),
              "6A80");
    EXPECT_EQ(card.send("00D2011D"
                        "02"
                        "7000"),
              "6700");
}

TEST_F(Structure, NeedsTheMkOnceItsStageIsOver) {
    build_mf(card);
    build_environment(card);
    ASSERT_EQ(card.send("80E00200"), "9000");
    EXPECT_EQ(card.send("80E00200"), "6985") << "is over already";
    ASSERT_EQ(card.select_fid("3F00"), "9000");
    ASSERT_EQ(card.select_fid("DDF1"), "9000");
    EXPECT_EQ(card.send(create_application_command()), "6982");
    EXPECT_EQ(card.send(create_fci_file_command()), "6982");
    EXPECT_EQ(write_temporary_mk(card), "6982");
    ASSERT_EQ(card.authenticate_mk(KeyName::mk_ssse), "9000");
    EXPECT_EQ(card.send(create_application_command()), "9000");
    EXPECT_EQ(card.send(create_fci_file_command()), "9000");
}

TEST_F(Structure, HasItsDirectoriesInTheirPlaces) {
    build_mf(card);
    EXPECT_EQ(card.send(create_application_command()), "6985") << "an ADF in the MF";
    build_environment(card);
    EXPECT_EQ(card.send(create_environment_command()), "6985") << "a DDF in a DDF";
    ASSERT_EQ(card.send(create_application_command()), "9000");
    EXPECT_EQ(card.send(create_application_command()), "6A80") << "twice";
    ASSERT_EQ(card.select_fid("DF01"), "9000");
    EXPECT_EQ(card.send(create_application_command()), "6985") << "an ADF in an ADF";
    EXPECT_EQ(card.send(create_mf_command()), "6985");
}

TEST_F(Structure, RefusesMalformedHeaders) {
    EXPECT_EQ(card.send(create_key_file_command()), "6985") << "no directory yet";
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    EXPECT_EQ(card.send(create_application_command()), "6A80") << "the MF comes first";
    ASSERT_EQ(card.send(create_mf_command()), "9000");
    EXPECT_EQ(card.send("80E00100"
                        "0F"
                        "000000000000000000000000000000"),
              "6700");
    EXPECT_EQ(card.send(create_file_command({"0010", "EF05", "C8", "05"})), "6A80") << "type";
    EXPECT_EQ(card.send(create_file_command({"0000", "EF05", "C4", "05"})), "6A80") << "no size";
    EXPECT_EQ(card.send(create_file_command({"0010", "EF05", "C6", "1F"})), "6A80") << "SFI";
    EXPECT_EQ(card.send(create_file_command({"0010", "EF05", "C7", "05", "00", "10"})), "6A80")
        << "no room for one record";
    EXPECT_EQ(card.send(create_file_command({"0012", "EF05", "C7", "05", "00", "10"})), "9000");
    EXPECT_EQ(card.send(create_file_command({"0012", "EF05", "C7", "06", "00", "10"})), "6A80")
        << "the FID is taken";
    EXPECT_EQ(card.send(create_file_command({"0012", "EF06", "C7", "05", "00", "10"})), "6A80")
        << "the SFI is taken";
}

TEST_F(Structure, FillsTheChipAndNoMore) {
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    ASSERT_EQ(card.send(create_mf_command()), "9000");
    EXPECT_EQ(card.send(create_file_command({"F000", "EF05", "C4", "05", "00", "00"})), "9000");
    EXPECT_EQ(card.send(create_file_command({"F000", "EF06", "C4", "06", "00", "00"})), "6A84");
}

} // namespace
} // namespace virtual_card
