#include "tests/host/cli/counter.hpp"
#include "tests/host/cli/pseudo_terminal.hpp"

#include <gtest/gtest.h>

namespace {

using cli::contains;
using cli::Counter;
using cli::PseudoTerminal;
using cli::TextDescriptor;

/// A counter with a card whose PIN is in this state.
void put_card(Counter& counter, api::PinStatus status) {
    counter.service.on<api::PinStatusRequest>() = [status](auto&, auto&) { return status; };
}

TEST(PinStatusCommand, TellsTheStateInWordsAndInJson) {
    Counter counter;
    put_card(counter, {api::PinState::set, 1});
    EXPECT_EQ(counter.run({"pin", "status"}).out, "Social security PIN: set, 1 try left.\n");
    put_card(counter, {api::PinState::not_set, std::nullopt});
    EXPECT_EQ(counter.run({"pin", "status"}).out, "Social security PIN: not set.\n");
    EXPECT_EQ(counter.run({"pin", "status", "--json"}).out,
              "{\n  \"state\": \"not_set\",\n  \"tries_left\": null\n}\n");
}

TEST(PinVerifyCommand, ReadsThePinFromADescriptor) {
    Counter counter;
    std::string asked;
    counter.service.on<api::PinVerifyRequest>() = [&](auto& request, auto&) {
        asked = std::string{request.pin->typed()} + (request.spend_last_try ? " spend" : "");
        return api::PinStatus{api::PinState::set, 6};
    };
    TextDescriptor const pin{"123456\n"};
    auto const ran = counter.run({"pin", "verify", "--pin-fd", pin.text()});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(ran.out, "The PIN is right. Social security PIN: set, 6 tries left.\n");
    EXPECT_EQ(asked, "123456");
    TextDescriptor const again{"123456\n"};
    (void)counter.run({"pin", "verify", "--pin-fd", again.text(), "--spend-last-try"});
    EXPECT_EQ(asked, "123456 spend");
}

TEST(PinVerifyCommand, ShowsTheTriesLeftBeforeItAsks) {
    PseudoTerminal terminal{{"123456"}};
    Counter counter;
    counter.terminal = terminal.path();
    put_card(counter, {api::PinState::set, 5});
    std::string asked;
    counter.service.on<api::PinVerifyRequest>() = [&](auto& request, auto&) {
        asked = request.pin->typed();
        return api::PinStatus{api::PinState::set, 6};
    };
    auto const ran = counter.run({"pin", "verify"});
    EXPECT_EQ(ran.status, 0);
    EXPECT_EQ(asked, "123456");
    EXPECT_EQ(ran.err, "Social security PIN: set, 5 tries left.\n");
    EXPECT_FALSE(contains(terminal.seen(), "123456"));
}

TEST(PinVerifyCommand, DoesNotEvenAskForAPinThatCannotBeTried) {
    Counter counter; // without a terminal, so that asking would be another fault
    put_card(counter, {api::PinState::set, 1});
    auto const last = counter.run({"pin", "verify"});
    EXPECT_EQ(last.status, 9);
    EXPECT_TRUE(contains(last.err, "--spend-last-try"));
    put_card(counter, {api::PinState::blocked, 0});
    EXPECT_EQ(counter.run({"pin", "verify"}).status, 8);
    put_card(counter, {api::PinState::not_set, std::nullopt});
    EXPECT_EQ(counter.run({"pin", "verify"}).status, 12);
}

TEST(PinVerifyCommand, TheLastTryIsSpentWhenItIsSaid) {
    PseudoTerminal const terminal{{"123456"}};
    Counter counter;
    counter.terminal = terminal.path();
    put_card(counter, {api::PinState::set, 1});
    api::Fault fault = api::fault("pin_wrong");
    fault.tries_left = 0;
    counter.refuse<api::PinVerifyRequest>(fault);
    auto const ran = counter.run({"pin", "verify", "--spend-last-try"});
    EXPECT_EQ(ran.status, 7);
    EXPECT_TRUE(contains(ran.err, "no try left"));
}

TEST(PinVerifyCommand, APinIsNeverAnArgument) {
    auto const ran = Counter{}.run({"pin", "verify", "123456"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_EQ(Counter{}.run({"pin", "verify", "--pin", "123456"}).status, 2);
}

TEST(PinChangeCommand, OldAndNewComeFromOneDescriptorALineEach) {
    Counter counter;
    std::string asked;
    counter.service.on<api::PinChangeRequest>() = [&](auto& request, auto&) {
        asked = std::string{request.old_pin->typed()} + " " + std::string{request.new_pin->typed()};
        return api::PinStatus{api::PinState::set, 6};
    };
    TextDescriptor const pins{"123456\n654321\n"};
    EXPECT_EQ(
        counter.run({"pin", "change", "--pin-fd", pins.text(), "--new-pin-fd", pins.text()}).status,
        0);
    EXPECT_EQ(asked, "123456 654321");
}

TEST(PinChangeCommand, AsksForTheOldOnceAndForTheNewTwice) {
    PseudoTerminal terminal{{"123456", "654321", "654321"}};
    Counter counter;
    counter.terminal = terminal.path();
    put_card(counter, {api::PinState::set, 6});
    std::string asked;
    counter.service.on<api::PinChangeRequest>() = [&](auto& request, auto&) {
        asked = std::string{request.old_pin->typed()} + " " + std::string{request.new_pin->typed()};
        return api::PinStatus{api::PinState::set, 6};
    };
    EXPECT_EQ(counter.run({"pin", "change"}).status, 0);
    EXPECT_EQ(asked, "123456 654321");
    EXPECT_EQ(terminal.seen(), "PIN: |\r\nNew PIN: |\r\nNew PIN, once more: |\r\n");
}

TEST(PinResetCommand, ANewPinThatDiffersIsNotSent) {
    PseudoTerminal const terminal{{"654321", "654312"}};
    Counter counter;
    counter.terminal = terminal.path();
    auto const ran = counter.run({"pin", "reset"});
    EXPECT_EQ(ran.status, 2);
    EXPECT_TRUE(contains(ran.err, "The two entries of the new PIN differ."));
}

TEST(PinResetCommand, PassesOnWhatAPinPadGaveOut) {
    Counter counter;
    api::TerminalPinBlock asked;
    counter.service.on<api::PinResetRequest>() = [&](auto& request, auto&) {
        EXPECT_FALSE(request.new_pin);
        asked = request.pin_block.value();
        return api::PinStatus{api::PinState::set, 6};
    };
    EXPECT_EQ(counter
                  .run({"pin", "reset", "--pin-block", "1234567800000001", "00000003",
                        "0123456789ABCDEF0123456789ABCDEF"})
                  .status,
              0);
    EXPECT_EQ(asked.terminal, "1234567800000001");
    EXPECT_EQ(asked.counter, "00000003");
    EXPECT_EQ(asked.block, "0123456789ABCDEF0123456789ABCDEF");
}

TEST(PinResetCommand, ReadsTheNewPinFromADescriptor) {
    Counter counter;
    std::string asked;
    counter.service.on<api::PinResetRequest>() = [&](auto& request, auto&) {
        asked = request.new_pin->typed();
        return api::PinStatus{api::PinState::set, 6};
    };
    TextDescriptor const pin{"654321"};
    EXPECT_EQ(counter.run({"pin", "reset", "--new-pin-fd", pin.text()}).status, 0);
    EXPECT_EQ(asked, "654321");
}

TEST(PinUnblockCommand, TellsTheStateAfterwards) {
    Counter counter;
    counter.service.on<api::PinUnblockRequest>() = [](auto&, auto&) {
        return api::PinStatus{api::PinState::set, 6};
    };
    EXPECT_EQ(counter.run({"pin", "unblock"}).out,
              "The PIN was unblocked. Social security PIN: set, 6 tries left.\n");
}

TEST(PinCommands, TheBanksPinIsTheBanks) {
    for (char const* const verb : {"status", "verify", "change", "reset", "unblock"}) {
        auto const ran = Counter{}.run({"pin", verb, "--bank"});
        EXPECT_EQ(ran.status, 9) << verb;
        EXPECT_TRUE(contains(ran.err, "counter of the bank")) << verb;
    }
}

} // namespace
