#include "apdu/ccid/message.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace apdu::ccid {
namespace {

std::vector<std::uint8_t> encoded(auto const& message) {
    std::array<std::uint8_t, message_size_max> out{};
    return copy_of(ByteView{out}.first(encode(message, out)));
}

// The messages are those that pcscd 1.9.9 with libccid 1.5.2 was seen to exchange
// (serial-ccid.md §4).
TEST(CcidMessage, OfAHostIsTakenApart) {
    auto const message = bytes("6B 01000000 00 05 000000 02");
    auto const command = parse_command(message);
    ASSERT_TRUE(command.ok());
    EXPECT_TRUE(command.value().is(CommandType::escape));
    EXPECT_EQ(command.value().slot, 0);
    EXPECT_EQ(command.value().sequence, 5);
    EXPECT_EQ(copy_of(command.value().data), bytes("02"));
    EXPECT_EQ(encoded(command.value()), message);
}

TEST(CcidMessage, KeepsWhatIsSpecificToItsKind) {
    auto const message = bytes("69 02000000 01 FF 030201 AABB");
    auto const command = parse_command(message);
    ASSERT_TRUE(command.ok());
    EXPECT_EQ(command.value().specific, (std::array<std::uint8_t, 3>{3, 2, 1}));
    EXPECT_EQ(encoded(command.value()), message);
}

TEST(CcidMessage, OfAReaderIsTakenApart) {
    auto const message = bytes("83 0D000000 00 00 01 00 00");
    auto whole = message;
    for (char const c : std::string_view{"KioskTerm-1.0"}) {
        whole.push_back(static_cast<std::uint8_t>(c));
    }
    auto const answer = parse_answer(whole);
    ASSERT_TRUE(answer.ok());
    EXPECT_EQ(answer.value().type, AnswerType::escape);
    EXPECT_EQ(answer.value().icc, IccStatus::inactive);
    EXPECT_EQ(answer.value().status, CommandStatus::processed);
    EXPECT_EQ(answer.value().data.size(), 13U);
    EXPECT_EQ(encoded(answer.value()), whole);
}

TEST(CcidMessage, OfAFailureHasStatusAndError) {
    EXPECT_EQ(encoded(Answer{.type = AnswerType::data_block,
                             .slot = 1,
                             .sequence = 9,
                             .icc = IccStatus::absent,
                             .status = CommandStatus::failed,
                             .error = slot_error::mute}),
              bytes("80 00000000 01 09 42 FE 00"));
}

TEST(CcidMessage, IsRefusedWhereItsLengthIsWrong) {
    EXPECT_EQ(parse_command(bytes("65 00000000 00 00 0000")).error(), Error::truncated);
    EXPECT_EQ(parse_command(bytes("65 01000000 00 00 000000")).error(), Error::truncated);
    EXPECT_EQ(parse_command(bytes("65 00000000 00 00 000000 00")).error(), Error::trailing_bytes);
    EXPECT_EQ(parse_command(bytes("65 06010000 00 00 000000")).error(), Error::too_long);
    EXPECT_EQ(parse_command(bytes("65 00000001 00 00 000000")).error(), Error::too_long);
    EXPECT_EQ(message_size(bytes("65 05010000")).value(), message_size_max);
}

TEST(CcidMessage, OfAReaderIsRefusedWhereItIsNone) {
    EXPECT_EQ(parse_answer(bytes("65 00000000 00 00 00 00 00")).error(), Error::malformed);
    EXPECT_EQ(parse_answer(bytes("85 00000000 00 00 00 00 00")).error(), Error::malformed);
    EXPECT_EQ(parse_answer(bytes("81 00000000 00 00 03 00 00")).error(), Error::malformed);
    EXPECT_EQ(parse_answer(bytes("81 00000000 00 00 C0 00 00")).error(), Error::malformed);
}

// terminal.md §1, its table.
TEST(CcidMessage, IsAnsweredByTheKindThatItsTypeHas) {
    constexpr std::pair<std::uint8_t, std::uint8_t> rows[] = {
        {0x61, 0x82}, {0x62, 0x80}, {0x63, 0x81}, {0x65, 0x81}, {0x69, 0x80},
        {0x6A, 0x81}, {0x6B, 0x83}, {0x6C, 0x82}, {0x6D, 0x82}, {0x6E, 0x81},
        {0x6F, 0x80}, {0x71, 0x81}, {0x72, 0x81}, {0x73, 0x84}, {0x00, 0x81}};
    for (auto const& [command, answer] : rows) {
        EXPECT_EQ(static_cast<int>(answer_type_of(command)), answer) << int{command};
    }
}

} // namespace
} // namespace apdu::ccid
