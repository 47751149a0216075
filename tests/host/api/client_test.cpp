#include "host/api/answer.hpp"
#include "host/api/client.hpp"
#include "host/api/server.hpp"

#include "tests/host/api/canned_service.hpp"

#include <gtest/gtest.h>

#include <future>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

using api::test::CannedService;
using api::test::RunningServer;

TEST(Client, WithoutADaemonThePathAndReasonAreTold) {
    api::test::TemporaryFolder const folder;
    auto const reply = api::Client{folder.path("none")}.ask(api::ReadersRequest{});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, "no_daemon");
    EXPECT_EQ(reply.error().detail, folder.path("none") + ": No such file or directory");
    auto const long_path = api::Client{std::string(300, 'x')}.ask(api::ReadersRequest{});
    ASSERT_FALSE(long_path.ok());
    EXPECT_EQ(long_path.error().code, "no_daemon");
}

/// Something else than a daemon, that answers every connection with some parts of a text.
class Impostor {
public:
    Impostor(std::string const& path, std::vector<std::string> parts,
             std::chrono::milliseconds between = {}) {
        listener_ = ::socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(bind(listener_, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
        EXPECT_EQ(listen(listener_, 1), 0);
        thread_ = std::thread{[this, parts = std::move(parts), between] {
            int const peer = accept(listener_, nullptr, nullptr);
            hear_out(peer);
            for (std::string const& part : parts) {
                (void)send(peer, part.data(), part.size(), MSG_NOSIGNAL);
                std::this_thread::sleep_for(between);
            }
            close(peer);
        }};
    }
    Impostor(Impostor const&) = delete;
    Impostor& operator=(Impostor const&) = delete;
    ~Impostor() {
        thread_.join();
        close(listener_);
    }

private:
    /// Reads a request to the end of its body, "{}", whatever parts it comes in.
    static void hear_out(int peer) {
        std::string request;
        std::array<char, 4096> part{};
        while (!request.ends_with("\r\n\r\n{}")) {
            auto const count = recv(peer, part.data(), part.size(), 0);
            if (count <= 0) {
                return;
            }
            request.append(part.data(), static_cast<std::size_t>(count));
        }
    }

    int listener_;
    std::thread thread_{};
};

std::string code_from(std::string const& response) {
    api::test::TemporaryFolder const folder;
    Impostor const impostor{folder.path("socket"), {response}};
    auto const reply = api::Client{folder.path("socket")}.ask(api::PinStatusRequest{});
    return reply.ok() ? "ok" : reply.error().code;
}

TEST(Client, AnAnswerThatIsNoneIsUnreadable) {
    std::string const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n\r\n";
    EXPECT_EQ(code_from(head + "hello\n"), "answer_unreadable");
    EXPECT_EQ(
        code_from(head + R"({"progress":{"done":1,"total":2,"step_en":"x","step_zh":"y"}})" + "\n"),
        "answer_unreadable");
    EXPECT_EQ(code_from(head + R"({"result":{"state":"sleeping","tries_left":1}})" + "\n"),
              "answer_unreadable");
    EXPECT_EQ(code_from(head), "answer_unreadable");
}

/// A daemon whose answer begins and is then silent until the client has gone.
class SilentServer {
public:
    SilentServer() {
        service_.on<api::PinStatusRequest>() = [](auto&, api::Caller& caller) {
            caller.tell_alive();
            while (!caller.has_hung_up()) {
                std::this_thread::yield();
            }
            return api::fault("internal_fault");
        };
    }
    [[nodiscard]] std::string path() const { return server_.socket(); }

private:
    CannedService service_{};
    RunningServer server_{service_};
};

TEST(Client, ADaemonThatGoesSilentIsLate) {
    SilentServer const server;
    auto const reply =
        api::Client{server.path(), {}, std::chrono::milliseconds{50}}.ask(api::PinStatusRequest{});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, "answer_late");
}

TEST(Client, ADaemonThatDiesAfterLongWorkIsNotLate) {
    api::test::TemporaryFolder const folder;
    // Longer in all than a silence may be; a silence between two lines is a 40th of that.
    std::vector<std::string> parts(44, "10\r\n{\"alive\": true}\n\r\n");
    parts.insert(parts.begin(), "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n"
                                "Transfer-Encoding: chunked\r\n\r\n");
    Impostor const impostor{folder.path("socket"), parts, std::chrono::milliseconds{50}};
    auto const reply = api::Client{folder.path("socket"), {}, std::chrono::seconds{2}}.ask(
        api::PinStatusRequest{});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, "no_daemon");
}

TEST(Client, AConnectionThatIsClosedWithoutAnAnswerIsNoDaemon) {
    EXPECT_EQ(code_from(""), "no_daemon");
}

} // namespace
