#include "host/pcsc/service_clients.hpp"

#include <gtest/gtest.h>

#include <filesystem>

#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

namespace pcsc {
namespace {

/// A service that listens on a unix socket of the test's own.
class ListeningSocket : public testing::Test {
public:
    ListeningSocket() {
        path.copy(address.sun_path, sizeof address.sun_path - 1);
        unlink(path.c_str());
        EXPECT_EQ(bind(listening, name(), sizeof address), 0);
        EXPECT_EQ(listen(listening, 1), 0);
    }
    ~ListeningSocket() override {
        close(listening);
        unlink(path.c_str());
    }
    sockaddr const* name() { return reinterpret_cast<sockaddr const*>(&address); }
    /// A connected socket; the listening end has accepted it.
    int connected() {
        int const client = socket(AF_UNIX, SOCK_STREAM, 0);
        EXPECT_EQ(connect(client, name(), sizeof address), 0);
        accepted = accept(listening, nullptr, nullptr);
        EXPECT_GE(accepted, 0);
        return client;
    }
    std::string path = std::filesystem::temp_directory_path() /
                       ("service_clients_test." + std::to_string(getpid()));
    sockaddr_un address{AF_UNIX, {}};
    int listening = socket(AF_UNIX, SOCK_STREAM, 0);
    int accepted = -1;
};

TEST_F(ListeningSocket, HasNoClientsAtFirst) { EXPECT_TRUE(socket_clients(path).empty()); }

TEST_F(ListeningSocket, ThisProcessIsNoOtherClient) {
    int const client = connected();
    EXPECT_TRUE(socket_clients(path).empty());
    close(client);
    close(accepted);
}

TEST_F(ListeningSocket, AnotherProcessIsNamed) {
    int const client = connected();
    int gate[2]{};
    ASSERT_EQ(pipe(gate), 0);
    pid_t const child = fork();
    if (child == 0) { // holds its copy of the socket until the test closes the gate
        close(gate[1]);
        char byte = 0;
        _exit(read(gate[0], &byte, 1) == 0 ? 0 : 1);
    }
    close(client);
    auto const clients = socket_clients(path);
    EXPECT_EQ(clients.size(), 1U);
    if (!clients.empty()) {
        EXPECT_EQ(clients[0].pid, child);
        EXPECT_EQ(clients[0].program, "pcsc_test");
    }
    close(gate[0]);
    close(gate[1]);
    int status = -1;
    EXPECT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(socket_clients(path).empty());
    close(accepted);
}

TEST(ServiceSocket, ThatIsNotThereHasNoClients) {
    EXPECT_TRUE(socket_clients("/nowhere/pcscd.comm").empty());
}

} // namespace
} // namespace pcsc
