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

/// A bare connection, for what no well-behaved client does.
class RawConnection {
public:
    explicit RawConnection(std::string const& path) : socket_{::socket(AF_UNIX, SOCK_STREAM, 0)} {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        EXPECT_EQ(connect(socket_, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
    }
    RawConnection(RawConnection const&) = delete;
    RawConnection& operator=(RawConnection const&) = delete;
    ~RawConnection() { hang_up(); }

    void say(std::string_view text) const {
        while (!text.empty()) {
            ssize_t const count = send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
            if (count <= 0) {
                return;
            }
            text.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    void end_saying() const { shutdown(socket_, SHUT_WR); }
    [[nodiscard]] std::string hear() const {
        std::string all;
        std::array<char, 4096> part{};
        for (ssize_t count = 1; count > 0;) {
            count = recv(socket_, part.data(), part.size(), 0);
            all.append(part.data(), count > 0 ? static_cast<std::size_t>(count) : 0);
        }
        return all;
    }
    void hang_up() {
        if (socket_ >= 0) {
            close(socket_);
        }
        socket_ = -1;
    }

private:
    int socket_;
};

std::string post(std::string const& path, std::string const& body, std::string const& more = {}) {
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\n" + more +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string body_of(std::string const& response) {
    std::size_t const end = response.find("\r\n\r\n");
    return end == std::string::npos ? "" : response.substr(end + 4);
}

TEST(Server, ARequestReachesTheServiceAndItsReplyTheClient) {
    CannedService service;
    std::string reader;
    std::string pin;
    service.on<api::PinVerifyRequest>() = [&](auto& request, auto&) {
        reader = request.reader.value_or("none");
        pin = request.pin->typed();
        return api::PinStatus{api::PinState::set, 6};
    };
    RunningServer const server{service};
    auto const reply = api::Client{server.socket()}.ask(
        api::PinVerifyRequest{"Reader A", api::PinText{"123456"}, false});
    ASSERT_TRUE(reply.ok()) << reply.error().code << reply.error().detail;
    EXPECT_EQ(reply.value().tries_left, 6);
    EXPECT_EQ(reader, "Reader A");
    EXPECT_EQ(pin, "123456");
}

TEST(Server, AFaultReachesTheClientWhole) {
    CannedService service;
    service.on<api::BasicDataRequest>() = [](auto&, auto&) -> api::Outcome<api::BasicData> {
        api::Fault fault = api::fault("unexpected_status", "SSSE/EF05");
        fault.status = api::CardStatus{"6982", "READ RECORD", "a", "b", "c", "d"};
        fault.tries_left = 1;
        fault.problems = {{"/x", "missing", "y"}};
        return fault;
    };
    RunningServer const server{service};
    auto const reply = api::Client{server.socket()}.ask(api::BasicDataRequest{});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, "unexpected_status");
    EXPECT_EQ(reply.error().detail, "SSSE/EF05");
    EXPECT_EQ(reply.error().status->word, "6982");
    EXPECT_EQ(reply.error().tries_left, 1);
    EXPECT_EQ(reply.error().problems.front().detail, "y");
}

TEST(Server, ProgressComesLineByLineBeforeTheResult) {
    CannedService service;
    service.on<api::PersonalizeRequest>() = [](auto&, api::Caller& caller) {
        caller.tell({1, 2, "first", "甲"});
        caller.tell({2, 2, "second", "乙"});
        api::Personalized done;
        done.card_number = "A00000011";
        return done;
    };
    RunningServer const server{service};
    std::vector<std::string> steps;
    auto const reply =
        api::Client{server.socket()}.ask(api::PersonalizeRequest{}, [&](api::Progress const& p) {
            steps.push_back(p.step_en + p.step_zh);
        });
    ASSERT_TRUE(reply.ok());
    EXPECT_EQ(reply.value().card_number, "A00000011");
    EXPECT_EQ(steps, (std::vector<std::string>{"first甲", "second乙"}));
}

TEST(Server, APlainClientGetsOneJsonObject) {
    CannedService service;
    service.on<api::PinStatusRequest>() = [](auto&, api::Caller& caller) {
        caller.tell({1, 2, "not for a plain client", ""});
        return api::PinStatus{api::PinState::set, 6};
    };
    RunningServer const server{service};
    RawConnection const client{server.socket()};
    client.say(post("/v1/pin/status", "{}"));
    std::string const response = client.hear();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 200 OK\r\n")) << response;
    EXPECT_EQ(body_of(response), "{\"state\":\"set\",\"tries_left\":6}\n");
}

TEST(Server, APlainClientGetsTheFaultsHttpStatus) {
    CannedService service;
    service.on<api::PinStatusRequest>() = [](auto&, auto&) -> api::Outcome<api::PinStatus> {
        return api::fault("no_card", "Reader A");
    };
    RunningServer const server{service};
    RawConnection const client{server.socket()};
    client.say(post("/v1/pin/status", "{}"));
    std::string const response = client.hear();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 409 ")) << response;
    EXPECT_NE(body_of(response).find(R"("code":"no_card")"), std::string::npos);
}

TEST(Server, ABadRequestIsToldWithEveryProblem) {
    CannedService service;
    RunningServer const server{service};
    RawConnection const client{server.socket()};
    client.say(post("/v1/terminals/load-key", R"({"rdr":1})"));
    std::string const response = client.hear();
    EXPECT_TRUE(response.starts_with("HTTP/1.1 400 ")) << response;
    EXPECT_NE(response.find(R"("where":"/key_block","code":"missing")"), std::string::npos);
    EXPECT_NE(response.find(R"("where":"/rdr","code":"unknown_member")"), std::string::npos);
}

TEST(Server, AnUnknownPathIsAnUnknownRequest) {
    CannedService service;
    RunningServer const server{service};
    for (std::string const& request :
         {post("/v1/no/such", "{}"), post("/v1/readers", "{}"),
          std::string{"GET /v1/pin/verify?pin=1 HTTP/1.1\r\nHost: x\r\n\r\n"}}) {
        RawConnection const client{server.socket()};
        client.say(request);
        std::string const response = client.hear();
        EXPECT_TRUE(response.starts_with("HTTP/1.1 404 ")) << response;
        EXPECT_NE(response.find("unknown_request"), std::string::npos);
    }
}

TEST(Server, ABodyOverTheLimitIsTooLarge) {
    CannedService service;
    RunningServer const server{service};
    std::string const large = R"({"record":")" + std::string(api::request_size_max, 'x') + "\"}";
    RawConnection const announced{server.socket()};
    announced.say(post("/v1/record/check", large));
    EXPECT_TRUE(announced.hear().starts_with("HTTP/1.1 413 "));

    RawConnection const in_pieces{server.socket()};
    in_pieces.say("POST /v1/record/check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "180000\r\n" +
                  std::string(0x180000, 'x') + "\r\n0\r\n\r\n");
    EXPECT_TRUE(in_pieces.hear().starts_with("HTTP/1.1 413 "));
}

TEST(Server, AHeadWithoutEndIsCutOff) {
    CannedService service;
    RunningServer const server{service};
    RawConnection const client{server.socket()};
    client.say("GET /v1/readers HTTP/1.1\r\n");
    for (int i = 0; i < 30'000; ++i) {
        client.say(
            "X-Header: a line of about one hundred bytes, so that many of them are more than "
            "the limit is\r\n");
    }
    EXPECT_EQ(client.hear().find("HTTP/1.1 200"), std::string::npos);
}

TEST(Server, ARequestThatDoesNotEndInTimeIsCutOff) {
    CannedService service;
    api::ServerLimits limits;
    limits.receive_time_max = std::chrono::milliseconds{50};
    RunningServer const server{service, limits};
    RawConnection const client{server.socket()};
    client.say("POST /v1/pin/status HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
    EXPECT_EQ(client.hear().find("HTTP/1.1 200"), std::string::npos);
}

TEST(Server, TheServiceSeesThatItsClientHasHungUp) {
    CannedService service;
    std::promise<void> begun;
    std::promise<bool> seen;
    service.on<api::PinStatusRequest>() = [&](auto&, api::Caller& caller) {
        begun.set_value();
        while (!caller.has_hung_up()) {
            std::this_thread::yield();
        }
        seen.set_value(true);
        return api::PinStatus{};
    };
    RunningServer const server{service};
    for (std::string const accept : {"", "Accept: application/x-ndjson\r\n"}) {
        begun = {};
        seen = {};
        RawConnection client{server.socket()};
        client.say(post("/v1/pin/status", "{}", accept));
        begun.get_future().wait();
        client.hang_up();
        EXPECT_TRUE(seen.get_future().get());
    }
}

TEST(Server, AClientThatOnlyEndedItsSendingHasNotHungUp) {
    CannedService service;
    service.on<api::PinStatusRequest>() = [&](auto&, api::Caller& caller) {
        return api::PinStatus{caller.has_hung_up() ? api::PinState::blocked : api::PinState::set,
                              6};
    };
    RunningServer const server{service};
    RawConnection const client{server.socket()};
    client.say(post("/v1/pin/status", "{}"));
    client.end_saying();
    EXPECT_NE(client.hear().find(R"("state":"set")"), std::string::npos);
}

TEST(Server, WhatALibraryThrowsBecomesAFault) {
    CannedService service;
    service.on<api::PinStatusRequest>() = [](auto&, auto&) -> api::Outcome<api::PinStatus> {
        throw std::runtime_error{"thrown"};
    };
    RunningServer const server{service};
    auto const reply = api::Client{server.socket()}.ask(api::PinStatusRequest{});
    ASSERT_FALSE(reply.ok());
    EXPECT_EQ(reply.error().code, "internal_fault");
}

TEST(Server, RequestsAreServedAtTheSameTime) {
    CannedService service;
    std::promise<void> second_came;
    service.on<api::PinStatusRequest>() = [&](auto&, auto&) {
        second_came.get_future().wait();
        return api::PinStatus{};
    };
    service.on<api::ReadersRequest>() = [&](auto&, auto&) {
        second_came.set_value();
        return api::ReaderList{};
    };
    RunningServer const server{service};
    auto first = std::async(std::launch::async, [&] {
        return api::Client{server.socket()}.ask(api::PinStatusRequest{}).ok();
    });
    EXPECT_TRUE(api::Client{server.socket()}.ask(api::ReadersRequest{}).ok());
    EXPECT_TRUE(first.get());
}

TEST(Server, StopsAtOnceAlsoBeforeItHasBegun) {
    CannedService service;
    for (int i = 0; i < 100; ++i) {
        RunningServer const server{service}; // ends while its thread is just starting
    }
    api::test::TemporaryFolder const folder;
    auto const file = api::SocketFile::claim(folder.path("socket"));
    ASSERT_TRUE(file.ok());
    api::Server server{service};
    ASSERT_FALSE(server.listen(file.value(), {}));
    server.stop();
    server.run();
}

} // namespace
