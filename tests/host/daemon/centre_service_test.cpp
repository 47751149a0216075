// A centre is no oracle: what each client gets, and what nobody gets.
#include "centre_desk.hpp"

namespace sscardd {
namespace {

using namespace keys::remote;
using std::chrono::seconds;

TEST_F(ACentre, DoesTheStepsOfAnApprovedOperationOneByOne) {
    auto const operation = open();
    auto const proof = step(operation, 1, prove_puk());
    EXPECT_EQ(proof.status, 200);
    auto const command = step(operation, 2, reset());
    EXPECT_EQ(command.status, 200);
    auto const here = keys_.service().service;
    auto const expected =
        perform(*here, card_, ExternalAuthentication{{apdu::KeyName::puk}, process, original});
    EXPECT_EQ(proof.body.content(), encode(expected).content());
    EXPECT_EQ(parse_answer(command.body.content(), card_.algorithm)->value().size(), 5U + 20U);
    EXPECT_EQ(send(window_, end_path, encode_end(operation)).status, 200);
    EXPECT_EQ(count_in_log("window-3: operation"), 3U) << log_.str(); // opened, and two steps
}

TEST_F(ACentre, AnswersTheSameStepAgainAndDoesItOnce) {
    auto const operation = open();
    auto const first = step(operation, 1, prove_puk());
    int const asked = keys_.asked;
    auto const again = send(window_, step_path, last_);
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body.content(), first.body.content());
    EXPECT_EQ(keys_.asked, asked);
    EXPECT_EQ(step(operation, 2, reset()).status, 200);
}

TEST_F(ACentre, RefusesTheLastStepsNumberWithOtherContent) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    expect_refused(step(operation, 1, reset()), "the last step's number with other content");
}

TEST_F(ACentre, RefusesACapturedStepOnceTheNextIsDone) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    WipedText const captured = std::move(last_);
    EXPECT_EQ(step(operation, 2, reset()).status, 200);
    expect_refused(send(window_, step_path, captured),
                   "a step that was done before, or is not the next");
}

TEST_F(ACentre, RefusesACapturedStepOnceTheOperationHasEnded) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    EXPECT_EQ(send(window_, end_path, encode_end(operation)).status, 200);
    expect_refused(send(window_, step_path, last_), "no such operation");
}

TEST_F(ACentre, RefusesACapturedStepWithAnotherCertificate) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    expect_refused(send(kiosk_, step_path, last_), "another client's operation");
    EXPECT_EQ(send(kiosk_, end_path, encode_end(operation)).status, 403); // nor is it ended
    EXPECT_EQ(step(operation, 2, reset()).status, 200);
}

TEST_F(ACentre, RefusesStepsOutOfOrder) {
    auto const operation = open();
    expect_refused(step(operation, 2, reset()), "a step that was done before, or is not the next");
    EXPECT_EQ(step(operation, 0, prove_puk()).status, 403);
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
}

TEST_F(ACentre, RefusesAnotherCard) {
    auto const operation = open();
    card_.historical[12] ^= 1U;
    expect_refused(step(operation, 1, prove_puk()), "another card than the operation's");
    card_.historical[12] ^= 1U;
    card_.region[2] ^= 1U;
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 403);
}

TEST_F(ACentre, RefusesAfterTheExpiry) {
    auto const operation = open();
    now_ += seconds{180} - std::chrono::nanoseconds{1};
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    now_ += std::chrono::nanoseconds{1};
    expect_refused(step(operation, 2, reset()), "the operation has expired");
    EXPECT_EQ(send(window_, step_path, last_).status, 403);
}

TEST_F(ACentre, RefusesAStepThatIsNotThePurposes) {
    auto const operation = open();
    expect_refused(step(operation, 1, InternalAnswer{1, process, original}),
                   "no step of the operation's purpose, or once too often");
}

TEST_F(ACentre, RefusesAStepThatIsOnceTooOften) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    expect_refused(step(operation, 2, prove_puk()),
                   "no step of the operation's purpose, or once too often");
    EXPECT_EQ(step(operation, 2, reset()).status, 200);
    EXPECT_EQ(step(operation, 3, reset()).status, 403);
}

TEST_F(ACentre, RefusesAnIdThatItNeverGave) {
    static_cast<void>(open());
    expect_refused(step({0x12, 0x34}, 1, prove_puk()), "no such operation");
}

TEST_F(ACentre, RefusesWhatIsNoMessage) {
    settings_.limits.refusals_max = 100;
    service_.emplace(settings_, keys_, events_, [this] { return now_; });
    for (std::string_view const path : {open_path, step_path, end_path}) {
        for (auto const* const text : {"", "{}", "[]", "nonsense", "\x16\x03\x01\x02"}) {
            EXPECT_EQ(service_->answer(window_, path, text).status, 403) << path << text;
        }
    }
    EXPECT_EQ(service_->answer(window_, "/v1/encrypt", "{}").status, 403);
    EXPECT_EQ(count_in_log("refused: no message of a window or kiosk"), 16U);
}

TEST_F(ACentre, RefusesACertificateThatIsNotListed) {
    Peer const stranger{std::string(64, 'C'), "window-3.example", "10.0.0.9"};
    expect_refused(service_->answer(stranger, keys_path, "{}"), "the certificate is nobody's here");
    EXPECT_EQ(count_in_log("\"window-3.example\", CCCC"), 1U);
}

TEST_F(ACentre, ApprovesOnlyTheClientsPurposes) {
    auto const text = encode(OperationRequest{CardPurpose::card_read, card_, "x"});
    expect_refused(send(kiosk_, open_path, text),
                   "the client may not have that purpose for that region");
    auto const allowed = encode(OperationRequest{CardPurpose::pin_reset, card_, "x"});
    EXPECT_EQ(send(kiosk_, open_path, allowed).status, 200);
}

TEST_F(ACentre, ApprovesOnlyCardsOfTheClientsRegions) {
    card_.region = {0x11, 0x01, 0x01};
    auto const text = encode(OperationRequest{CardPurpose::pin_reset, card_, "x"});
    expect_refused(send(window_, open_path, text),
                   "the client may not have that purpose for that region");
    EXPECT_EQ(send(kiosk_, open_path, text).status, 200);
}

TEST_F(ACentre, RaisesAnAlarmPastTheLimitAndBlocksTheClientForAWhile) {
    auto const operation = open();
    for (unsigned i = 1; i < settings_.limits.refusals_max; ++i) {
        EXPECT_EQ(step(operation, 7, prove_puk()).status, 403);
        EXPECT_EQ(count_in_log("ALARM"), 0U);
        now_ += seconds{1};
    }
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200); // not blocked yet
    EXPECT_EQ(step(operation, 7, prove_puk()).status, 403);
    EXPECT_EQ(count_in_log("[critical] centre: ALARM: window-3: 5 refusals within 60 s"), 1U)
        << log_.str();
    auto const events = events_.after(0).events;
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events[0].kind, api::EventKind::centre_alarm);
    EXPECT_EQ(events[0].operation, "window-3");
    EXPECT_EQ(step(operation, 2, reset()).status, 403); // though it is right
    auto const other = encode(OperationRequest{CardPurpose::pin_reset, card_, "x"});
    EXPECT_EQ(send(kiosk_, open_path, other).status, 200); // nobody else is
    now_ += settings_.limits.block_time;
    EXPECT_EQ(step(open(), 1, prove_puk()).status, 200);
}

TEST_F(ACentre, CountsButDoesNotBlockForRefusalsFarBetween) {
    for (unsigned i = 0; i < 20; ++i) {
        EXPECT_EQ(step({}, 1, prove_puk()).status, 403);
        now_ += seconds{16};
    }
    EXPECT_EQ(count_in_log("ALARM"), 0U);
    EXPECT_EQ(count_in_log("number 20 in all"), 1U);
}

TEST_F(ACentre, TellsNoSecretInItsLog) {
    auto const operation = open();
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 200);
    EXPECT_EQ(step(operation, 2, reset("471128")).status, 200);
    EXPECT_EQ(step(operation, 2, reset("471129")).status, 403);
    std::string const log = log_.str();
    EXPECT_EQ(log.find("47112"), std::string::npos);
    std::string whole;
    for (unsigned const byte : operation) {
        whole += fmt::format("{:02X}", byte);
    }
    EXPECT_EQ(log.find(whole), std::string::npos);
}

TEST_F(ACentre, SaysThatItsKeysAreLockedAndUsesNoStepUp) {
    auto const operation = open();
    keys_.is_locked = true;
    EXPECT_EQ(step(operation, 1, prove_puk()).status, 423);
    auto const catalogue =
        parse_catalogue(service_->answer(window_, keys_path, "{}").body.content());
    EXPECT_EQ(catalogue->state, CatalogueState::locked);
    keys_.is_locked = false;
    EXPECT_EQ(send(window_, step_path, last_).status, 200);
}

TEST_F(ACentre, TellsItsKeysByEverythingButThemselves) {
    auto const answer = service_->answer(window_, keys_path, "{}");
    auto const catalogue = parse_catalogue(answer.body.content());
    ASSERT_TRUE(catalogue.has_value());
    EXPECT_EQ(catalogue->keys.size(), test_keys().keys.size());
    EXPECT_TRUE(catalogue->are_test_keys);
    EXPECT_EQ(catalogue->zeros.size(), 8U); // four keys of either algorithm
}

TEST_F(ACentre, HasNoMoreOpenThanItBears) {
    settings_.limits.operations_of_client_max = 3;
    service_.emplace(settings_, keys_, events_, [this] { return now_; });
    for (int i = 0; i < 3; ++i) {
        static_cast<void>(open());
    }
    auto const text = encode(OperationRequest{CardPurpose::pin_reset, card_, "x"});
    EXPECT_EQ(send(window_, open_path, text).status, 503); // no misuse, and not counted as one
    EXPECT_EQ(send(kiosk_, open_path, text).status, 200);
    EXPECT_EQ(count_in_log("refused"), 0U);
    now_ += settings_.limits.operation_time;
    EXPECT_EQ(send(window_, open_path, text).status, 200); // what has expired is gone
}

TEST_F(ACentre, GivesIdsThatNobodyCanGuess) {
    auto const one = open();
    auto const other = open();
    EXPECT_NE(one, other);
    service_.emplace(
        settings_, keys_, events_, [this] { return now_; }, [](apdu::ByteSpan) { return false; });
    auto const text = encode(OperationRequest{CardPurpose::pin_reset, card_, "x"});
    EXPECT_EQ(send(window_, open_path, text).status, 503); // rather than one that is not random
}

} // namespace
} // namespace sscardd
