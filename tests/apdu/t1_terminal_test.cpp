// The terminal's side of T=1, dialogue by dialogue: lost and garbled blocks of each kind, chains
// both ways, waiting time and sizes. ISO/IEC 7816-3:2006 §11.6 and annex A.
#include "tests/apdu/t1_dialogue.hpp"

namespace apdu::t1 {
namespace {

TEST_F(T1Terminal, CarriesACommandAndItsResponseInABlockEach) {
    begin("00 84 00 00");
    expect_sent("I0 00840000");
    give("I0 9000");
    expect_done("9000");
    command_ = bytes("00 C0");
    action_ = terminal_.begin(command_, Repetition::never);
    expect_sent("I1 00C0");
    give("I1 6F00");
    expect_done("6F00");
}

TEST_F(T1Terminal, ChainsALongCommandInTheSizeOfTheCard) {
    begin("00 D6 00 00 05 01 02 03 04 05");
    expect_sent("I0+ 00D60000");
    give("R1");
    expect_sent("I1+ 05010203");
    give("R0");
    expect_sent("I0 0405");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, TakesALongResponsePieceByPiece) {
    begin("00 B0");
    give("I0+ 0102");
    expect_sent("R1");
    give("I1+ 0304");
    expect_sent("R0");
    give("I0 9000");
    expect_done("01 02 03 04 90 00");
}

TEST_F(T1Terminal, AsksAgainForALostOrGarbledAnswer) {
    begin("00 84");
    expect_sent("I0 0084");
    garble();
    expect_sent("R0e");
    give("I0 9000");
    expect_done("9000");
    command_ = bytes("00 84");
    action_ = terminal_.begin(command_, Repetition::never);
    lose();
    expect_sent("R1o"); // the card's next is its second I-block
}

TEST_F(T1Terminal, SendsACommandAgainThatTheCardDidNotGet) {
    begin("00 84");
    give("R0e");
    expect_sent("I0 0084");
    give("R0o");
    expect_sent("I0 0084");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, SendsACommandAgainAfterItsOwnQuestion) {
    begin("00 84");
    lose();
    expect_sent("R0o");
    give("R0e"); // the card had nothing
    expect_sent("I0 0084");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, RepeatsItsQuestionWhereThatIsLost) {
    begin("00 84");
    garble();
    expect_sent("R0e");
    lose();
    expect_sent("R0e");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, RepairsAChainOfItsOwn) {
    begin("00 D6 00 00 01 02");
    expect_sent("I0+ 00D60000");
    garble(); // the acknowledgement
    expect_sent("R0e");
    give("R1");
    expect_sent("I1 0102");
    give("R1e"); // the card did not get it
    expect_sent("I1 0102");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, RepairsAChainOfTheCards) {
    begin("00 B0");
    give("I0+ 0102");
    expect_sent("R1");
    garble();
    expect_sent("R1");
    give("R1e"); // the card did not get ours
    expect_sent("R1");
    give("I1 9000");
    expect_done("01 02 90 00");
}

TEST_F(T1Terminal, TakesNoBlockTwice) {
    begin("00 B0");
    give("I0+ 0102");
    expect_sent("R1");
    give("I0+ 0102");
    expect_sent("R1");
    give("I1 9000");
    expect_done("01 02 90 00");
}

TEST_F(T1Terminal, GivesTheCardTheTimeThatItAsksFor) {
    begin("00 84");
    give(supervisory(BlockKind::wtx, false, {7}));
    expect_sent(supervisory(BlockKind::wtx, true, {7}));
    EXPECT_EQ(action_.multiplier, 7);
    garble();
    expect_sent("R0e");
    EXPECT_EQ(action_.multiplier, 1) << "for the next block only";
    give(supervisory(BlockKind::wtx, false, {2}));
    EXPECT_EQ(action_.multiplier, 2);
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, SendsInTheSizeThatTheCardSaysLast) {
    begin("00 D6 00 00 05 01 02 03 04 05");
    expect_sent("I0+ 00D60000");
    give(supervisory(BlockKind::ifs, false, {6}));
    expect_sent(supervisory(BlockKind::ifs, true, {6}));
    give("R1");
    expect_sent("I1 050102030405");
    EXPECT_EQ(terminal_.position().ifsc, 6);
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, SendsTheSamePieceAgainThoughTheSizeChanged) {
    begin("00 D6 00 00 05 01 02 03 04 05");
    give(supervisory(BlockKind::ifs, false, {6}));
    give("R0e");
    expect_sent("I0+ 00D60000");
    give("R1");
    expect_sent("I1 050102030405");
}

} // namespace
} // namespace apdu::t1
