#include "host/api/socket_file.hpp"

#include "tests/host/api/canned_service.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace {

using api::SocketFile;
using api::test::TemporaryFolder;

/// Leaves a socket file behind, as a process does that was killed.
void leave_socket_at(std::string const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    int const socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    ASSERT_EQ(bind(socket, reinterpret_cast<sockaddr const*>(&address), sizeof address), 0);
    close(socket);
}

TEST(SocketFile, OneProcessAtATimeHasAPath) {
    TemporaryFolder const folder;
    auto const first = SocketFile::claim(folder.path("socket"));
    ASSERT_TRUE(first.ok());
    auto const second = SocketFile::claim(folder.path("socket"));
    ASSERT_FALSE(second.ok());
    EXPECT_NE(second.error().detail.find("another daemon"), std::string::npos);
}

TEST(SocketFile, APathIsFreeAgainAfterwards) {
    TemporaryFolder const folder;
    { ASSERT_TRUE(SocketFile::claim(folder.path("socket")).ok()); }
    EXPECT_TRUE(SocketFile::claim(folder.path("socket")).ok());
}

TEST(SocketFile, WhatADeadProcessLeftIsRemoved) {
    TemporaryFolder const folder;
    leave_socket_at(folder.path("socket"));
    ASSERT_TRUE(SocketFile::claim(folder.path("socket")).ok());
    EXPECT_FALSE(std::filesystem::exists(folder.path("socket")));
}

TEST(SocketFile, AFileThatIsNoSocketIsLeftAlone) {
    TemporaryFolder const folder;
    std::ofstream{folder.path("socket")} << "somebody's";
    EXPECT_FALSE(SocketFile::claim(folder.path("socket")).ok());
    EXPECT_TRUE(std::filesystem::exists(folder.path("socket")));
}

TEST(SocketFile, APathWithoutItsFolderIsRefusedWithTheReason) {
    auto const claimed = SocketFile::claim("/nonexistent/socket");
    ASSERT_FALSE(claimed.ok());
    EXPECT_NE(claimed.error().detail.find("No such file"), std::string::npos);
}

TEST(SocketFile, APathThatIsTooLongIsRefused) {
    EXPECT_FALSE(SocketFile::claim("/tmp/" + std::string(200, 'x')).ok());
    EXPECT_FALSE(SocketFile::claim("").ok());
}

TEST(SocketFile, TheSocketGetsItsMode) {
    TemporaryFolder const folder;
    auto const file = SocketFile::claim(folder.path("socket"));
    ASSERT_TRUE(file.ok());
    leave_socket_at(folder.path("socket"));
    EXPECT_FALSE(file.value().grant({0600, ""}));
    struct stat status {};
    ASSERT_EQ(stat(folder.path("socket").c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

TEST(SocketFile, AGroupThatIsNotThereIsAFault) {
    TemporaryFolder const folder;
    auto const file = SocketFile::claim(folder.path("socket"));
    ASSERT_TRUE(file.ok());
    leave_socket_at(folder.path("socket"));
    EXPECT_TRUE(file.value().grant({0660, "no-such-group"}));
}

TEST(SocketPath, IsTheOptionsThenTheVariablesThenTheDefault) {
    setenv("SSCARD_SOCKET", "/from/variable", 1);
    EXPECT_EQ(api::choose_socket_path("/from/option", "/otherwise"), "/from/option");
    EXPECT_EQ(api::choose_socket_path(std::nullopt, "/otherwise"), "/from/variable");
    unsetenv("SSCARD_SOCKET");
    EXPECT_EQ(api::choose_socket_path(std::nullopt, "/otherwise"), "/otherwise");
}

} // namespace
