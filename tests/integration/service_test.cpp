// The PC/SC service stops, dies and hangs under a daemon that stays.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <future>

#include <signal.h>
#include <unistd.h>

namespace {

using integration::Arguments;
using integration::eventually;
using integration::Office;
using integration::person;

/// The pcscd that the tests run beside.
pid_t pcscd() {
    char const* const folder = std::getenv("PRIVATE_PCSCD_DIR"); // NOLINT(concurrency-mt-unsafe)
    EXPECT_NE(folder, nullptr);
    std::string const text =
        folder == nullptr ? "" : integration::text_of_file(std::string{folder} + "/pcscd.pid");
    int const pid = text.empty() ? 0 : std::stoi(text);
    EXPECT_GT(pid, 1);
    return pid;
}

/// Sends a signal to pcscd; never to anything else.
void signal_pcscd(int signal) {
    if (pid_t const pid = pcscd(); pid > 1) {
        EXPECT_EQ(kill(pid, signal), 0);
    }
}

/// Ends pcscd in order if it runs, and starts it.
void restart_pcscd() {
    EXPECT_EQ(integration::run({"host/virtual/private-pcscd", "--restart"}).status, 0);
}

/// pcscd does nothing for as long as the object lives, or until it is killed.
class StoppedPcscd {
public:
    StoppedPcscd() : pid_{pcscd()} { signal_pcscd(SIGSTOP); }
    StoppedPcscd(StoppedPcscd const&) = delete;
    StoppedPcscd& operator=(StoppedPcscd const&) = delete;
    ~StoppedPcscd() { go_on(); }
    void go_on() const {
        if (pid_ > 1) {
            (void)kill(pid_, SIGCONT); // a killed one may be gone by now
        }
    }

private:
    pid_t pid_;
};

class Service : public testing::Test {
public:
    void start() {
        office.configure("[readers]\nhang_after_s = 1\n");
        office.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
        office.start_daemon();
    }
    /// Waits until a card is read, and until an end of the service is told.
    void expect_served() {
        EXPECT_TRUE(eventually([&] {
            return office.sscard({"card", "info", "--reader", "1"}).status == 0;
        })) << office.logs();
    }
    void expect_no_service() {
        EXPECT_TRUE(eventually([&] {
            return office.refusal({"readers"}).code == "no_pcsc_service";
        })) << office.logs();
        EXPECT_EQ(office.refusal({"card", "info"}).code, "no_pcsc_service");
    }
    [[nodiscard]] nlohmann::json lane() const {
        return office.answer({"readers"}).at(0).at("lane");
    }
    Office office{};
};

TEST_F(Service, StoppedAndStartedIsFoundAgain) {
    start();
    expect_served();
    signal_pcscd(SIGTERM);
    expect_no_service();
    restart_pcscd();
    expect_served();
    EXPECT_EQ(lane().at("done"), 2); // of before and after
}

TEST_F(Service, KilledAndStartedIsFoundAgain) {
    start();
    expect_served();
    signal_pcscd(SIGKILL);
    expect_no_service();
    restart_pcscd();
    expect_served();
}

TEST_F(Service, KilledUnderAJobIsToldByItsNameAndFoundAgain) {
    office.insert(0, {"--version", "2.00", "--blank", "--fault", "slow:300ms"});
    office.start_daemon();
    auto making = std::async(std::launch::async, [&] {
        return office.refusal({"card", "personalize", "--stage", "data", "--record",
                               person("zhang_san"), "--reader", "1"});
    });
    EXPECT_TRUE(eventually([&] { return lane().at("state") == "busy"; }));
    signal_pcscd(SIGKILL);
    EXPECT_EQ(making.get().code, "no_pcsc_service");
    restart_pcscd();
    expect_served();
}

TEST_F(Service, ThatHangsCostsItsJobAndNothingElse) {
    start();
    expect_served();
    StoppedPcscd stopped;
    EXPECT_EQ(office.refusal({"card", "info"}).code, "reader_hangs");
    EXPECT_EQ(lane().at("state"), "hanging");
    EXPECT_EQ(lane().at("work").at("operation"), "card info");
    EXPECT_EQ(office.refusal({"card", "info"}).code, "reader_hangs");
    stopped.go_on();
    expect_served();
    EXPECT_EQ(lane().at("state"), "idle");
    EXPECT_EQ(lane().at("failed").at(0).at("code"), "reader_hangs");
}

TEST_F(Service, ThatHangsDoesNotKeepTheDaemonFromItsEnd) {
    start();
    expect_served();
    StoppedPcscd const stopped;
    EXPECT_EQ(office.refusal({"card", "info"}).code, "reader_hangs");
    EXPECT_EQ(office.daemon().end(), 0);
    EXPECT_NE(access((office.folder() + "/sscardd.socket").c_str(), F_OK), 0);
}

TEST_F(Service, ThatHangsAndIsKilledIsFoundAgain) {
    start();
    expect_served();
    {
        StoppedPcscd const stopped;
        EXPECT_EQ(office.refusal({"card", "info"}).code, "reader_hangs");
        signal_pcscd(SIGKILL);
    }
    restart_pcscd();
    expect_served();
    EXPECT_EQ(lane().at("state"), "idle");
}

} // namespace
