#include "tests/host/session/file_commands_fixture.hpp"

namespace session {
namespace {

using apdu::bytes;
using apdu::StatusWord;
using enum RecordAddressing;

TEST_F(FileCommandsTest, ReadsAFileWithOneCommand) {
    card.line("00B2012D40", issuer + "9000");
    EXPECT_EQ(read("SSSE/EF05"), bytes(issuer));
    EXPECT_EQ(files.reading(), by_sfi);
}

TEST_F(FileCommandsTest, TakesTheSizeThatTheCardTells) {
    std::string const shorter = sample::id_record + sample::version_2_00;
    card.line("00B2012D40", "6C18").line("00B2012D18", shorter + "9000");
    EXPECT_EQ(read("SSSE/EF05"), bytes(shorter));
}

TEST_F(FileCommandsTest, SelectsTheFileWhereTheCardKnowsNoSfi) {
    learn_by_selection();
    EXPECT_EQ(files.reading(), by_selection);
}

TEST_F(FileCommandsTest, ReadsRecordByRecordWhereTheCardKnowsNothingElse) {
    learn_by_identifier();
    EXPECT_EQ(files.reading(), by_identifier);
}

TEST_F(FileCommandsTest, EveryRefusalOfAWayLeadsToTheNext) {
    for (std::string const refusal :
         {"6700", "6981", "6986", "6A81", "6A82", "6A86", "6B00", "6D00"}) {
        ScriptedConnection other;
        other.line("00B2012D40", refusal)
            .line("00A4020002EF05", "9000")
            .line("00B2010540", issuer + "9000");
        CardChannel other_channel{other};
        FileCommands commands{other_channel};
        EXPECT_TRUE(commands.read_records(place_in_2_00("SSSE/EF05")).ok()) << refusal;
        EXPECT_EQ(commands.reading(), by_selection);
    }
}

TEST_F(FileCommandsTest, ARefusalForAnotherReasonEndsTheSearch) {
    card.line("00B2012D40", "6982");
    auto const refused = files.read_records(place_in_2_00("SSSE/EF05"));
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().status, StatusWord{0x6982});
    EXPECT_EQ(refused.error().detail, "SSSE/EF05");
    EXPECT_FALSE(files.reading().has_value());
}

TEST_F(FileCommandsTest, DoesNotTakeOneRecordForAllOfThem) {
    // The card reads "from P1 to last" as "record P1".
    card.line("00B2012D40", "6C12")
        .line("00B2012D12", sample::id_record + "9000")
        .line("00A4020002EF05", "9000")
        .line("00B2010540", "6C12")
        .line("00B2010512", sample::id_record + "9000")
        .line("00B2010012", sample::id_record + "9000")
        .line("00B2020003", "6A83")
        .line("00B2030006", sample::version_2_00 + "9000")
        .line("00B204000E", "6A83")
        .line("00B2050006", "6A83")
        .line("00B2060006", "6A83")
        .line("00B207000B", "6A83");
    EXPECT_EQ(read("SSSE/EF05"), bytes(sample::id_record + sample::version_2_00));
    EXPECT_EQ(files.reading(), by_identifier);
}

TEST_F(FileCommandsTest, GivesOneRecordWhereTheCardHasNoMoreInAnyWay) {
    card.line("00B2012D40", "6C12")
        .line("00B2012D12", sample::id_record + "9000")
        .line("00A4020002EF05", "6A82")
        .line("00A4020002EF05", "6A82");
    EXPECT_EQ(read("SSSE/EF05"), bytes(sample::id_record));
}

TEST_F(FileCommandsTest, KeepsTheWayThatTheCardAnswers) {
    learn_by_selection();
    card.line("00A4020002EF06", "9000").line("00B201055B", sample::holder_data + "9000");
    EXPECT_EQ(read("SSSE/EF06"), bytes(sample::holder_data));
}

TEST_F(FileCommandsTest, AMissingFileUnlearnsNothing) {
    learn_by_sfi();
    card.line("00B20135AD", "6A82");
    EXPECT_FALSE(files.read_records(place_in_2_00("DF01/EF06")).ok());
    EXPECT_EQ(files.reading(), by_sfi);
}

TEST_F(FileCommandsTest, ReadsAFileOfMoreThan256BytesInSeveralCommands) {
    // DF02/EF05: 5 + 5 + 110 + 110 bytes fill the first answer; 2 x 103 are left.
    learn_by_sfi();
    std::string const first = "4203 000000 4103 000000" + repeated("436C" + repeated("00", 108), 2);
    std::string const second = repeated("4465" + repeated("00", 101), 2);
    card.line("00B2012DE6", first + "9000").line("00B2052DCE", second + "9000");
    EXPECT_EQ(read("DF02/EF05"), bytes(first + second));
}

TEST_F(FileCommandsTest, GoesOnFromARecordThatAnAnswerOf256BytesCutOff) {
    learn_by_sfi();
    std::string const whole = "4203 000000 4103 000000" + repeated("436C" + repeated("00", 108), 2);
    std::string const cut = whole + "4465" + repeated("00", 24);
    std::string const second = repeated("4465" + repeated("00", 101), 2);
    card.line("00B2012DE6", "6C00")
        .line("00B2012D00", cut + "9000")
        .line("00B2052DCE", second + "9000");
    EXPECT_EQ(read("DF02/EF05"), bytes(whole + second));
}

TEST_F(FileCommandsTest, ReadsWhatACardHasBeyondTheTable) {
    learn_by_sfi();
    std::string const known = "2901 31";
    std::string const local = "F1FA" + repeated("AA", 250);
    card.line("00B2013D03", "6CFF")
        .line("00B2013DFF", known + local + "9000")
        .line("00B2033D00", "6A83");
    EXPECT_EQ(read("DF01/EF07"), bytes(known + local));
}

TEST_F(FileCommandsTest, AnEmptyFileHasNoContent) {
    learn_by_sfi();
    card.line("00B201ADFF", "6A83");
    EXPECT_TRUE(read("DF04/EF15").empty());
}

TEST_F(FileCommandsTest, ReadsACyclicFileToItsEnd) {
    // DF04/EF08: records of 1C, 9 in an answer.
    learn_by_sfi();
    std::string const nine = repeated(repeated("11", 0x1C), 9);
    std::string const two = repeated(repeated("22", 0x1C), 2);
    card.line("00B20145FC", nine + "9000")
        .line("00B20A45FC", "6C38")
        .line("00B20A4538", two + "9000");
    EXPECT_EQ(read("DF04/EF08"), bytes(nine + two));
}

TEST_F(FileCommandsTest, EndsACyclicFileThatFillsItsAnswers) {
    learn_by_sfi();
    std::string const nine = repeated(repeated("11", 0x1C), 9);
    card.line("00B20145FC", nine + "9000").line("00B20A45FC", "6A83");
    EXPECT_EQ(read("DF04/EF08"), bytes(nine));
}

TEST_F(FileCommandsTest, ReadsACyclicFileByNumberWhereNothingElseIsKnown) {
    learn_by_identifier();
    card.line("00A4020002EF15", "9000")
        .line("00B2010403", "000131 9000")
        .line("00B2020403", "000232 9000")
        .line("00B2030403", "6A83");
    EXPECT_EQ(read("DF04/EF15"), bytes("000131 000232"));
}

TEST_F(FileCommandsTest, ReadsEachOccurrenceByIdentifier) {
    learn_by_identifier();
    std::string const degree = "4034 5703 000000 5803 FFFFFF 5928" + repeated("00", 0x28);
    card.line("00A4020002EF15", "9000")
        .line("00B22A0003", "2A0121 9000")
        .line("00B2400036", degree + "9000")
        .line("00B2400236", degree + "9000")
        .line("00B2400236", "6A83");
    EXPECT_EQ(read("DF01/EF15"), bytes("2A0121" + degree + degree));
}

TEST_F(FileCommandsTest, RefusesRecordsThatAreNone) {
    learn_by_sfi();
    for (std::string const garbled : {"08", "0812", "0812 31", "", "0812 3131313131FF"}) {
        ScriptedConnection other;
        other.line("00B2012D40", garbled + "9000");
        CardChannel other_channel{other};
        FileCommands commands{other_channel};
        auto const content = commands.read_records(place_in_2_00("SSSE/EF05"));
        ASSERT_FALSE(content.ok()) << garbled;
        EXPECT_EQ(content.error().code, FaultCode::answer_malformed);
        EXPECT_EQ(content.error().detail, "SSSE/EF05");
    }
}

TEST_F(FileCommandsTest, RefusesAnotherRecordThanAskedForByIdentifier) {
    card.line("00B2012D40", "6A86")
        .line("00A4020002EF05", "9000")
        .line("00B2010540", "6A86")
        .line("00B2010012", "6C03")
        .line("00B2010003", "020133 9000");
    EXPECT_EQ(files.read_records(place_in_2_00("SSSE/EF05")).error().code,
              FaultCode::answer_malformed);
}

TEST_F(FileCommandsTest, ReadsOneRecordByNumber) {
    learn_by_sfi();
    card.line("00B2032C06", sample::version_2_00 + "9000");
    EXPECT_EQ(files.read_record(place_in_2_00("SSSE/EF05"), 3).value(),
              bytes(sample::version_2_00));
}

TEST_F(FileCommandsTest, ReadsOneRecordOfTheSelectedFile) {
    learn_by_selection();
    card.line("00B2030406", sample::version_2_00 + "9000");
    EXPECT_EQ(files.read_record(place_in_2_00("SSSE/EF05"), 3).value(),
              bytes(sample::version_2_00));
}

TEST_F(FileCommandsTest, ReadsOneOccurrenceByIdentifierOverThoseBefore) {
    learn_by_identifier();
    std::string const record = "9910 1003 303130 1104 20240101 1203 110101";
    card.line("00A4020002EF15", "9000")
        .line("00B2990012", record + "9000")
        .line("00B2990212", record + "9000");
    EXPECT_EQ(files.read_record(place_in_2_00("DF02/EF15"), 2).value(), bytes(record));
}

TEST_F(FileCommandsTest, RefusesOneRecordThatIsNone) {
    learn_by_sfi();
    card.line("00B2032C06", "030432 9000");
    EXPECT_EQ(files.read_record(place_in_2_00("SSSE/EF05"), 3).error().code,
              FaultCode::answer_malformed);
}

} // namespace
} // namespace session
