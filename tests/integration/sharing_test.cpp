// Several programs at one reader, and what is told of it.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>
#include <winscard.h>

namespace {

using integration::Background;
using integration::eventually;
using integration::Office;
using integration::person;

/// Another process that holds a reader for as long as the object lives.
class ForeignProgram {
public:
    explicit ForeignProgram(std::string const& reader) {
        EXPECT_EQ(pipe(connected_), 0);
        EXPECT_EQ(pipe(gate_), 0);
        pid_ = fork();
        if (pid_ == 0) {
            close(gate_[1]);
            hold(reader);
        }
        close(connected_[1]);
        char byte = 0;
        EXPECT_EQ(read(connected_[0], &byte, 1), 1) << "it did not get the reader";
    }
    ForeignProgram(ForeignProgram const&) = delete;
    ForeignProgram& operator=(ForeignProgram const&) = delete;
    ~ForeignProgram() {
        close(gate_[0]);
        close(gate_[1]);
        close(connected_[0]);
        int status = -1;
        EXPECT_EQ(waitpid(pid_, &status, 0), pid_);
    }
    [[nodiscard]] pid_t pid() const { return pid_; }

private:
    [[noreturn]] void hold(std::string const& reader) {
        SCARDCONTEXT context = 0;
        SCARDHANDLE card = 0;
        DWORD protocol = 0;
        bool const has_card = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr,
                                                    &context) == SCARD_S_SUCCESS &&
                              SCardConnect(context, reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                           SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card,
                                           &protocol) == SCARD_S_SUCCESS;
        char byte = 0;
        if (has_card && write(connected_[1], &byte, 1) == 1) {
            (void)!read(gate_[0], &byte, 1); // until the test closes it
        }
        SCardDisconnect(card, SCARD_RESET_CARD);
        SCardReleaseContext(context);
        _exit(0);
    }

    int connected_[2]{};
    int gate_[2]{};
    pid_t pid_ = -1;
};

class Sharing : public testing::Test {
public:
    Sharing() {
        office.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
        office.start_daemon();
    }
    /// Waits until the daemon sees that a program has the card.
    void expect_in_use() {
        EXPECT_TRUE(eventually([&] {
            return office.answer({"readers"}).at(0).at("in_use").get<bool>();
        })) << office.logs();
    }
    Office office{};
};

TEST_F(Sharing, AProcessThatHoldsAReaderIsNamedWithItsPidAndHowLong) {
    {
        ForeignProgram const other{Office::reader_name(0)};
        std::string const pid = std::to_string(other.pid());
        expect_in_use();
        auto const hold = office.answer({"readers"}).at(0).at("hold");
        ASSERT_EQ(hold.at("programs").size(), 1U) << hold;
        EXPECT_EQ(hold.at("programs").at(0).at("pid"), other.pid());
        EXPECT_EQ(hold.at("programs").at(0).at("program"), "integration_tes"); // 15 characters
        EXPECT_TRUE(hold.at("since").is_string());
        auto const shown = office.sscard({"readers"}).out;
        EXPECT_NE(shown.find("integration_tes (pid " + pid + ") since 2"), std::string::npos)
            << shown;
        auto const refused = office.refusal({"card", "info"});
        EXPECT_EQ(refused.code, "reader_busy");
        std::string const detail = refused.fault.at("detail");
        EXPECT_NE(detail.find(" s by integration_tes, pid " + pid + ")"), std::string::npos)
            << detail;
    }
    EXPECT_TRUE(eventually([&] { return office.sscard({"card", "info"}).status == 0; }));
    EXPECT_TRUE(eventually([&] { return office.answer({"readers"}).at(0).at("hold").is_null(); }));
}

TEST_F(Sharing, ALeaseKeepsOtherClientsOut) {
    auto const lease = office.answer({"readers", "lease", "--purpose", "counter 3"});
    std::string const token = "SSCARD_LEASE=" + lease.at("token").get<std::string>();
    auto const refused = office.refusal({"card", "info"});
    EXPECT_EQ(refused.code, "reader_leased");
    EXPECT_EQ(refused.status, 4);
    EXPECT_NE(refused.fault.at("detail").get<std::string>().find("counter 3"), std::string::npos);
    EXPECT_EQ(office.sscard({"card", "info"}, {}, {token}).status, 0);
    EXPECT_EQ(office.sscard({"readers", "release"}, {}, {token}).status, 0);
    EXPECT_EQ(office.sscard({"card", "info"}).status, 0);
    EXPECT_EQ(office.sscard({"card", "info"}, {}, {token}).status, 4);
}

TEST_F(Sharing, EventsTellWhatHappensButNotToWhom) {
    std::string const log = office.folder() + "/events";
    char const* const bin = std::getenv("SSCARD_BIN"); // NOLINT(concurrency-mt-unsafe)
    ASSERT_NE(bin, nullptr);
    Background following{{std::string{bin} + "/sscard", "events", "--since", "0", "--json"},
                         log,
                         {"SSCARD_SOCKET=" + office.folder() + "/sscardd.socket"}};
    auto const is_told = [&](std::string const& what) {
        return eventually(
            [&] { return integration::text_of_file(log).find(what) != std::string::npos; });
    };
    EXPECT_TRUE(is_told("card_in"));
    EXPECT_EQ(office.answer({"card", "info"}).at("name"), "张三");
    EXPECT_TRUE(is_told("job_done"));
    EXPECT_EQ(
        office.sscard({"pin", "verify", "--pin-fd", "0"}, integration::typed({"111119"})).status,
        7);
    EXPECT_TRUE(is_told("pin_wrong"));
    office.remove(0);
    EXPECT_TRUE(is_told("card_out"));
    std::string const text = integration::text_of_file(log);
    for (std::string const secret : {"张三", "110101190001010014", "111119", "A0000002X"}) {
        EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
    EXPECT_EQ(office.daemon().end(), 0);
    EXPECT_TRUE(eventually([&] { return !following.is_running(); })); // the stream ends with it
}

} // namespace
