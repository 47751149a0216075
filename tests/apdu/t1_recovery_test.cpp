// The terminal's side of T=1 where a dialogue does not go on: a new beginning, abort, bounds.
// ISO/IEC 7816-3:2006 §11.6.3.2.
#include "tests/apdu/t1_dialogue.hpp"

namespace apdu::t1 {
namespace {

TEST_F(T1Terminal, RepeatsARequestThatIsNotAnswered) {
    command_ = bytes("00 84");
    action_ = terminal_.begin(command_, Repetition::never);
    give("R0e");
    expect_sent(supervisory(BlockKind::ifs, false, {254}));
    give(supervisory(BlockKind::ifs, true, {254}));
    expect_sent("I0 0084");
}

TEST_F(T1Terminal, GivesUpACardThatNeverGaveARightBlock) {
    command_ = bytes("00 84");
    action_ = terminal_.begin(command_, Repetition::allowed);
    lose();
    garble();
    lose();
    expect_failed(Error::timed_out);
}

TEST_F(T1Terminal, BeginsAnewAfterThreeTriesAndRepeatsOnlyWhatItMay) {
    begin("00 84", Repetition::allowed);
    lose();
    lose();
    lose();
    expect_sent(supervisory(BlockKind::resynch, false));
    give("R0e");
    expect_sent(supervisory(BlockKind::resynch, false));
    give(supervisory(BlockKind::resynch, true));
    expect_sent(supervisory(BlockKind::ifs, false, {254}));
    give(supervisory(BlockKind::ifs, true, {254}));
    expect_sent("I0 0084");
    give("I0 9000");
    expect_done("9000");
}

TEST_F(T1Terminal, DoesNotRepeatACommandThatSpendsATry) {
    begin("00 20", Repetition::never);
    lose();
    lose();
    lose();
    give(supervisory(BlockKind::resynch, true));
    expect_failed(Error::timed_out);
    command_ = bytes("00 84");
    action_ = terminal_.begin(command_, Repetition::never);
    expect_sent(supervisory(BlockKind::ifs, false, {254}));
    give(supervisory(BlockKind::ifs, true, {254}));
    expect_sent("I0 0084");
    EXPECT_EQ(terminal_.position().ifsc, 4);
}

TEST_F(T1Terminal, GivesUpWhereTheCardNeverBeginsAnew) {
    begin("00 84", Repetition::allowed);
    for (int i = 0; i < 5; ++i) {
        lose();
    }
    expect_sent(supervisory(BlockKind::resynch, false));
    lose();
    expect_failed(Error::timed_out);
}

TEST_F(T1Terminal, DoesNotBeginAnewForEver) {
    begin("00 84", Repetition::allowed);
    unsigned resynchs = 0;
    for (int i = 0; i < 100 && action_.kind == Action::Kind::send; ++i) {
        if (copy_of(action_.bytes) == supervisory(BlockKind::resynch, false)) {
            ++resynchs;
            give(supervisory(BlockKind::resynch, true));
        } else if (copy_of(action_.bytes) == supervisory(BlockKind::ifs, false, {254})) {
            give(supervisory(BlockKind::ifs, true, {254}));
        } else {
            lose();
        }
    }
    expect_failed(Error::timed_out);
    EXPECT_EQ(resynchs, resynch_max);
}

TEST_F(T1Terminal, LetsTheCardGiveUpACommandThatItCannotTake) {
    begin("00 D6 00 00 05 01 02 03 04 05");
    give(supervisory(BlockKind::abort, false));
    expect_sent(supervisory(BlockKind::abort, true));
    give("R1");
    expect_failed(Error::malformed);
    command_ = bytes("00 84");
    action_ = terminal_.begin(command_, Repetition::never);
    expect_sent("I1 0084");
}

TEST_F(T1Terminal, TakesAnAnswerInsteadOfTheRestOfACommand) {
    begin("00 D6 00 00 05 01 02 03 04 05");
    give(supervisory(BlockKind::abort, false));
    give("I0 6700");
    expect_done("6700");
}

TEST_F(T1Terminal, GivesUpAResponseThatIsTooLong) {
    begin("00 B0");
    std::string const piece(508, '1');
    give("I0+ " + piece);
    expect_sent("R1");
    give("I1+ " + piece);
    expect_sent(supervisory(BlockKind::abort, false));
    give(supervisory(BlockKind::abort, true));
    expect_failed(Error::too_long);
}

TEST_F(T1Terminal, IsNotMadeToBeginAnewByTheCard) {
    begin("00 84");
    give(supervisory(BlockKind::resynch, false));
    expect_sent("R0o");
}

TEST_F(T1Terminal, IsNotHeldForEver) {
    begin("00 84");
    for (unsigned i = 0; i <= blocks_max && action_.kind == Action::Kind::send; ++i) {
        give(supervisory(BlockKind::wtx, false, {1}));
    }
    expect_failed(Error::too_many_rounds);
}

TEST_F(T1Terminal, TakesNoAnswerToWhatItDidNotAsk) {
    begin("00 84");
    give(supervisory(BlockKind::ifs, true, {254}));
    expect_sent("R0o");
    give("I0 9000");
    expect_done("9000");
}

} // namespace
} // namespace apdu::t1
