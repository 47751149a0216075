// The configuration of a centre, and of a window whose keys are there.
#include "host/daemon/configuration.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

using keys::remote::CardPurpose;

constexpr std::string_view centre_head = R"(
[keys]
store = "/var/lib/sscard/keys"
[centre]
listen = "0.0.0.0:8443"
certificate = "/etc/sscard/centre.crt"
certificate_key = "/etc/sscard/centre.key"
authority = "/etc/sscard/authority.crt"
)";

constexpr std::string_view window_tail = R"(
purposes = ["card_read", "pin_reset"]
regions = ["6399", "11"]
)";

std::string fault_of(std::string const& toml) {
    auto const result = parse_configuration(toml);
    auto const* const faults = std::get_if<std::vector<ConfigurationFault>>(&result);
    EXPECT_NE(faults, nullptr) << toml;
    return faults == nullptr ? "" : faults->front().what;
}

std::string client_of(std::string const& head, std::string_view tail = window_tail) {
    return std::string{centre_head} + "[[centre.client]]\n" + head + "\n" + std::string{tail} +
           "\n";
}

TEST(ACentresConfiguration, NamesItsClientsAndTheirRights) {
    std::string fingerprint;
    for (int i = 0; i < 32; ++i) {
        fingerprint += i == 0 ? "ab" : ":ab"; // as openssl writes it
    }
    auto const result = parse_configuration(
        client_of("name = \"window-3\"\nfingerprint = \"" + fingerprint + "\"") +
        "[[centre.client]]\nname = \"kiosk-7\"\nsubject = \"kiosk-7.example\"" +
        std::string{window_tail});
    auto const* const taken = std::get_if<Configuration>(&result);
    ASSERT_NE(taken, nullptr);
    CentreSettings const& centre = taken->centre;
    EXPECT_TRUE(centre.is_centre());
    EXPECT_EQ(centre.host, "0.0.0.0");
    EXPECT_EQ(centre.port, 8443);
    ASSERT_EQ(centre.clients.size(), 2U);
    std::string hex;
    for (int i = 0; i < 32; ++i) {
        hex += "AB";
    }
    CentreClient const* const window = centre.find(hex, "whatever");
    ASSERT_NE(window, nullptr);
    EXPECT_EQ(window->name, "window-3");
    EXPECT_TRUE(window->may(CardPurpose::pin_reset, "639900"));
    EXPECT_TRUE(window->may(CardPurpose::card_read, "110101"));
    EXPECT_FALSE(window->may(CardPurpose::card_write, "639900"));
    EXPECT_FALSE(window->may(CardPurpose::pin_reset, "630000"));
    EXPECT_EQ(centre.find("", "kiosk-7.example")->name, "kiosk-7");
    EXPECT_EQ(centre.find(hex.substr(2), "window-3"), nullptr);
}

TEST(ACentresConfiguration, TellsWhatIsWrongWithAClient) {
    std::string const subject = "name = \"w\"\nsubject = \"w.example\"";
    EXPECT_EQ(fault_of(client_of("name = \"w\"")),
              "[centre.client] needs one of fingerprint and subject");
    EXPECT_EQ(fault_of(client_of("name = \"w\"\nfingerprint = \"AB\"")),
              "centre.client.fingerprint must be a SHA-256: 64 hex digits");
    EXPECT_EQ(fault_of(client_of(subject, "")), "[centre.client] needs name, purposes and regions");
    EXPECT_TRUE(fault_of(client_of(subject, "purposes = [\"encrypt\"]\nregions = [\"63\"]"))
                    .starts_with("centre.client.purposes must be some of: card_read, "));
    EXPECT_EQ(fault_of(client_of(subject, "purposes = [\"card_read\"]\nregions = [\"63x\"]")),
              "centre.client.regions must be the first 1 to 6 digits of regions, GB/T 2260");
    EXPECT_TRUE(fault_of(client_of(subject + "\nrights = \"all\""))
                    .starts_with("centre.client.rights does not exist; [centre.client] has: "));
    EXPECT_EQ(fault_of(client_of(subject) + "[[centre.client]]\nname = \"w\"\nsubject = \"v\"" +
                       std::string{window_tail}),
              "[centre.client] has the name or certificate of another client");
}

TEST(ACentresConfiguration, NeedsWhatItProvesItselfWith) {
    EXPECT_EQ(fault_of("[centre]\nlisten = \"0.0.0.0:8443\""),
              "[centre] needs certificate, certificate_key and authority");
    EXPECT_EQ(fault_of("[centre]\nlisten = \"8443\""),
              "centre.listen must be an address and a port such as \"0.0.0.0:8443\"");
    EXPECT_EQ(fault_of("[centre]\nclient = 1"), "centre.client must be tables: [[centre.client]]");
}

TEST(AWindowsConfiguration, NamesTheCentre) {
    std::string const files = "certificate = \"/e/w.crt\"\ncertificate_key = \"/e/w.key\"\n"
                              "authority = \"/e/a.crt\"\n";
    auto const result =
        parse_configuration("[keys]\ncentre = \"https://centre.example:8443\"\n" + files);
    auto const* const taken = std::get_if<Configuration>(&result);
    ASSERT_NE(taken, nullptr);
    EXPECT_EQ(taken->keys.centre->text(), "https://centre.example:8443");
    EXPECT_EQ(taken->keys.centre_files.key, "/e/w.key");
    EXPECT_EQ(fault_of("[keys]\ncentre = \"http://centre:1\"\n" + files),
              "keys.centre must be an address such as \"https://centre.example:8443\"");
    EXPECT_EQ(fault_of("[keys]\ncentre = \"https://c:1\"\nstore = \"/s\"\n" + files),
              "keys.centre and keys.file or keys.store exclude each other");
    EXPECT_EQ(fault_of("[keys]\ncentre = \"https://c:1\"\n"),
              "[keys] with centre needs certificate, certificate_key and authority");
    EXPECT_EQ(fault_of("[keys]\ncentre = \"https://c:1\"\n" + files +
                       "[centre]\nlisten = \"0.0.0.0:1\"\n" + files),
              "a centre has keys of its own: keys.centre and centre.listen exclude each other");
}

} // namespace
} // namespace sscardd
