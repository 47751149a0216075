#include "tests/host/session/file_commands_fixture.hpp"

namespace session {
namespace {

using apdu::bytes;
using apdu::StatusWord;

TEST_F(FileCommandsTest, UpdatesARecordWithTheSfi) {
    card.line("00DC0134 03 080131", "9000");
    EXPECT_TRUE(files.update_record(place_in_2_00("SSSE/EF06"), 1, bytes("080131")).ok());
}

TEST_F(FileCommandsTest, UpdatesARecordOfTheSelectedFileWhereTheCardKnowsNoSfi) {
    card.line("00DC0134 03 080131", "6A86")
        .line("00A4020002EF06", "9000")
        .line("00DC0104 03 080131", "9000")
        .line("00DC0204 03 090132", "9000");
    EXPECT_TRUE(files.update_record(place_in_2_00("SSSE/EF06"), 1, bytes("080131")).ok());
    EXPECT_TRUE(files.update_record(place_in_2_00("SSSE/EF06"), 2, bytes("090132")).ok());
}

TEST_F(FileCommandsTest, DoesNotTryTheSfiWhereReadingKnewNone) {
    learn_by_selection();
    card.line("00A4020002EF06", "9000").line("00DC0104 03 080131", "9000");
    EXPECT_TRUE(files.update_record(place_in_2_00("SSSE/EF06"), 1, bytes("080131")).ok());
}

TEST_F(FileCommandsTest, TellsARefusedUpdate) {
    card.line("00DC0134 03 080131", "6982");
    auto const refused = files.update_record(place_in_2_00("SSSE/EF06"), 1, bytes("080131"));
    EXPECT_EQ(refused.error().status, StatusWord{0x6982});
    EXPECT_EQ(refused.error().ins, apdu::Ins::update_record);
    EXPECT_EQ(refused.error().detail, "SSSE/EF06");
}

TEST_F(FileCommandsTest, AppendsToACyclicFile) {
    card.line("00DC00AB 03 000131", "9000");
    EXPECT_TRUE(files.append_record(place_in_2_00("DF04/EF15"), bytes("000131")).ok());
}

TEST_F(FileCommandsTest, ReadsATransparentFileInPieces) {
    card.line("00A4020002EF07", "9000");
    std::string const piece = repeated("AB", 256);
    card.line("00B0000000", piece + "9000")
        .line("00B0010000", piece + "9000")
        .line("00B0020000", piece + "9000");
    EXPECT_EQ(files.read_binary(place_in_2_00("SSSE/EF07")).value(), bytes(piece + piece + piece));
}

TEST_F(FileCommandsTest, ReadsAShorterTransparentFile) {
    card.line("00A4020002EF07", "9000")
        .line("00B0000000", "6C10")
        .line("00B0000010", repeated("AB", 16) + "9000");
    EXPECT_EQ(files.read_binary(place_in_2_00("SSSE/EF07")).value(), bytes(repeated("AB", 16)));
}

TEST_F(FileCommandsTest, ReadsATransparentFileThatEndsWithAPiece) {
    card.line("00A4020002EF07", "9000")
        .line("00B0000000", repeated("AB", 256) + "9000")
        .line("00B0010000", "6B00");
    EXPECT_EQ(files.read_binary(place_in_2_00("SSSE/EF07")).value().size(), 256U);
}

TEST_F(FileCommandsTest, TellsATransparentFileThatItMayNotRead) {
    card.line("00A4020002EF08", "9000").line("00B0000000", "6982");
    auto const refused = files.read_binary(place_in_2_00("SSSE/EF08"));
    EXPECT_EQ(refused.error().status, StatusWord{0x6982});
    EXPECT_EQ(refused.error().ins, apdu::Ins::read_binary);
}

TEST_F(FileCommandsTest, WritesATransparentFileInPiecesOf80) {
    std::string const piece = repeated("CD", 0x80);
    card.line("00A4020002EF16", "9000")
        .line("00D6000080" + piece, "9000")
        .line("00D6008001EE", "9000");
    EXPECT_TRUE(files.update_binary(place_in_2_00("DF01/EF16"), bytes(piece + "EE")).ok());
}

TEST_F(FileCommandsTest, StopsWritingAtARefusal) {
    card.line("00A4020002EF16", "9000").line("00D6000001EE", "6581");
    EXPECT_EQ(files.update_binary(place_in_2_00("DF01/EF16"), bytes("EE")).error().status,
              StatusWord{0x6581});
}

TEST_F(FileCommandsTest, SelectsAgainInAnotherDirectory) {
    card.line("00A4020002EF16", "9000")
        .line("00D6000001EE", "9000")
        .line("00D6000001EF", "9000")
        .line("00A4020002EF16", "9000")
        .line("00D6000001EE", "9000");
    EXPECT_TRUE(files.update_binary(place_in_2_00("DF01/EF16"), bytes("EE")).ok());
    EXPECT_TRUE(files.update_binary(place_in_2_00("DF01/EF16"), bytes("EF")).ok());
    files.forget_selection();
    EXPECT_TRUE(files.update_binary(place_in_2_00("DF01/EF16"), bytes("EE")).ok());
}

} // namespace
} // namespace session
