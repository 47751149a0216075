#include "tests/integration/centre_and_window.hpp"

#include <gtest/gtest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

namespace integration {
namespace {

using keys::remote::TlsFiles;

/// A port of the loopback that was free a moment ago.
int free_port() {
    int const probe = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    socklen_t size = sizeof address;
    EXPECT_EQ(bind(probe, reinterpret_cast<sockaddr const*>(&address), size), 0);
    EXPECT_EQ(getsockname(probe, reinterpret_cast<sockaddr*>(&address), &size), 0);
    close(probe);
    return ntohs(address.sin_port);
}

std::string toml_of(TlsFiles const& files) {
    return "certificate = \"" + files.certificate + "\"\ncertificate_key = \"" + files.key +
           "\"\nauthority = \"" + files.authority + "\"\n";
}

} // namespace

CentreAndWindow::CentreAndWindow() {
    std::string const address = "127.0.0.1:" + std::to_string(free_port());
    centre.configure("[centre]\nlisten = \"" + address + "\"\n" +
                     toml_of(authority_.issue("centre", {"centre", "127.0.0.1"})) +
                     "[[centre.client]]\nname = \"window-3\"\nfingerprint = \"" +
                     keys::remote::fingerprint_of_file(window_files_.certificate) +
                     "\"\nregions = [\"63\"]\npurposes = [\"card_read\", \"card_write\", "
                     "\"pin_reset\", \"pin_unblock\", \"personalize_data\", "
                     "\"personalize_structure\", \"personalize_card\"]\n");
    window.keep_keys_elsewhere("centre = \"https://" + address + "\"\n" + toml_of(window_files_));
}

} // namespace integration
