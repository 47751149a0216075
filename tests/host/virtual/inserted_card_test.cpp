#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/virtual/card_bench.hpp"
#include "tests/host/virtual/listening_vpcd.hpp"

#include "host/virtual/inserted_card.hpp"
#include "host/virtual/t0_card.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace virtual_card {
namespace {

constexpr std::string_view power_on = "01";
constexpr std::string_view reset = "02";
constexpr std::string_view get_atr = "04";
constexpr std::string_view atr = "3B6D000000814E43238697159900BF7C7A";
constexpr std::string_view ask_challenge = "0084000008";

/// A blank card in a reader of a vpcd that is this test.
class InsertedCard : public testing::Test {
public:
    void insert(std::vector<std::string_view> faults = {},
                std::optional<std::chrono::milliseconds> back_after = {}) {
        std::vector<Fault> parsed;
        parsed.reserve(faults.size());
        for (auto const fault : faults) {
            parsed.push_back(parse_fault(fault).value());
        }
        faulty_.emplace(contacts_, std::move(parsed));
        Insertion insertion{vpcd.endpoint(), back_after, line_time, {}};
        insertion.events.attached = [this] { ++attached; };
        insertion.events.detached = [this](std::string_view why) { detached = why; };
        insertion.events.exchanged = [this](ExchangeTrace const& trace) { last_trace = trace; };
        thread_ = std::jthread{[this, insertion] { keep_inserted(*faulty_, insertion, stop_); }};
        vpcd.accept_card();
    }
    ~InsertedCard() override { stop(); }
    void stop() {
        stop_.stop();
        if (thread_.joinable()) {
            thread_.join();
        }
    }

    ListeningVpcd vpcd{};
    std::optional<LineTime> line_time{}; ///< before insert()
    std::atomic<int> attached{0};
    std::string detached{}; ///< read after the card has come back or was told to stop
    std::optional<ExchangeTrace> last_trace{}; ///< read after the card has answered

private:
    keys::openssl::EvpCipher cipher_{};
    SeededRandom random_{1};
    Card card_{blank(plan_2()), {cipher_, random_}};
    T0Card contacts_{card_};
    std::optional<FaultyCard> faulty_{};
    StopEvent stop_{};
    std::jthread thread_{};
};

TEST_F(InsertedCard, AnswersPowerResetAndCommands) {
    insert();
    vpcd.send(power_on);
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    EXPECT_EQ(vpcd.ask("00A4000002DDF1"), "6118");
    EXPECT_EQ(vpcd.ask(ask_challenge).size(), 2U * (8 + 2));
    vpcd.send(reset);
    EXPECT_EQ(vpcd.ask("00B2012C00"), "6A82") << "the MF is current again";
    vpcd.send("00"); // power off asks for no answer
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    EXPECT_EQ(attached, 1);
}

TEST_F(InsertedCard, TracesHeadersLengthsAndStatusOnly) {
    insert();
    EXPECT_EQ(vpcd.ask("0020000003123456"), "6A88");
    stop();
    ASSERT_TRUE(last_trace);
    EXPECT_EQ(hex_of(last_trace->header), "0020000003");
    EXPECT_EQ(last_trace->command_size, 8U);
    EXPECT_EQ(last_trace->response_size, 2U);
    EXPECT_EQ(last_trace->status, apdu::StatusWord{0x6A88});
}

TEST_F(InsertedCard, ComesAgainWhenVpcdHasHungUp) {
    insert();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    vpcd.hang_up();
    vpcd.accept_card();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    EXPECT_EQ(attached, 2);
    EXPECT_EQ(detached, "the reader closed the line, or the card was mute");
}

TEST_F(InsertedCard, CutsTheLineWhenItIsRemovedAndComesBack) {
    insert({"removal@2"}, std::chrono::milliseconds{0});
    EXPECT_TRUE(vpcd.ask(ask_challenge).ends_with("9000"));
    EXPECT_EQ(vpcd.ask(ask_challenge), "cut");
    vpcd.hang_up();
    vpcd.accept_card();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    EXPECT_TRUE(vpcd.ask(ask_challenge).ends_with("9000"));
}

TEST_F(InsertedCard, WithoutPowerStaysAndAnswersNoReset) {
    insert({"power-cut@2"});
    EXPECT_TRUE(vpcd.ask(ask_challenge).ends_with("9000"));
    EXPECT_EQ(vpcd.ask(ask_challenge), "cut");
    vpcd.hang_up();
    vpcd.accept_card();
    vpcd.send(power_on);
    EXPECT_GT(vpcd.ask(get_atr).size(), 2U * 33) << "no ATR is that long";
}

TEST_F(InsertedCard, GetsItsPowerBack) {
    insert({"power-cut@1"}, std::chrono::milliseconds{0});
    EXPECT_EQ(vpcd.ask(ask_challenge), "cut");
    vpcd.hang_up();
    vpcd.accept_card();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
}

TEST_F(InsertedCard, MuteAltogetherGivesNoAtr) {
    insert({"mute"});
    vpcd.send(power_on);
    EXPECT_GT(vpcd.ask(get_atr).size(), 2U * 33);
}

TEST_F(InsertedCard, AnswersNoSoonerThanLineAndChipDo) {
    using Clock = std::chrono::steady_clock;
    line_time = LineTime{.command_work = std::chrono::milliseconds{2},
                         .write_work = std::chrono::milliseconds{3}};
    auto const ready = Clock::now() + reset_time(*line_time, atr.size() / 2);
    insert();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    EXPECT_GE(Clock::now(), ready);
    std::string const select_ssse = "00A4000002DDF1";
    std::string const verify = "0020000003123456"; // spends a try and gives it back
    EXPECT_EQ(vpcd.ask(select_ssse), "6118");
    auto const asked = Clock::now();
    EXPECT_EQ(vpcd.ask(verify), "9000");
    EXPECT_GE(Clock::now() - asked,
              exchange_time(*line_time, apdu::bytes(verify), apdu::bytes("9000")) +
                  line_time->command_work + 2 * line_time->write_work);
}

TEST_F(InsertedCard, EndsWhenItIsTold) {
    insert();
    EXPECT_EQ(vpcd.ask(get_atr), atr);
    stop();
    EXPECT_EQ(vpcd.receive(), "cut");
}

TEST(InsertedCardWithoutVpcd, WaitsUntilItIsToldToEnd) {
    Endpoint nobody;
    {
        ListeningVpcd const gone;
        nobody = gone.endpoint();
    }
    class Silent final : public PhysicalCard {
        void reset() override {}
        apdu::ByteView atr() const override { return {}; }
        Bytes exchange(apdu::ByteView) override { return {}; }
    } silent;
    FaultyCard card{silent, {}};
    StopEvent stop;
    Insertion insertion{nobody, {}, {}, {}};
    insertion.events.waiting = [&] { stop.stop(); };
    keep_inserted(card, insertion, stop);
    EXPECT_TRUE(stop.is_stopped());
}

TEST(Endpoint, IsReadFromText) {
    EXPECT_EQ(Endpoint::parse("127.0.0.1:35963")->text(), "127.0.0.1:35963");
    EXPECT_EQ(Endpoint::parse("[::1]:35963")->host, "::1");
    EXPECT_EQ(Endpoint::parse("[::1]:35963")->text(), "[::1]:35963");
    for (char const* const text :
         {"", "host", "host:", ":1", "host:0", "host:65536", "host:1x", "host:-1", "host: 1"}) {
        EXPECT_FALSE(Endpoint::parse(text)) << text;
    }
}

} // namespace
} // namespace virtual_card
