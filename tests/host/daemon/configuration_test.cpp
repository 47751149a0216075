#include "host/daemon/configuration.hpp"

#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace sscardd {
namespace {

Configuration right(std::string_view toml) {
    auto result = parse_configuration(toml);
    auto* const configuration = std::get_if<Configuration>(&result);
    EXPECT_NE(configuration, nullptr) << toml;
    return configuration != nullptr ? *configuration : Configuration{};
}

std::vector<ConfigurationFault> wrong(std::string_view toml) {
    auto result = parse_configuration(toml);
    auto* const faults = std::get_if<std::vector<ConfigurationFault>>(&result);
    EXPECT_NE(faults, nullptr) << toml;
    return faults != nullptr ? *faults : std::vector<ConfigurationFault>{};
}

TEST(Configuration, AnEmptyFileIsAllDefaults) {
    Configuration const configuration = right("");
    EXPECT_EQ(configuration.socket_path, "/run/sscard/sscardd.socket");
    EXPECT_EQ(configuration.default_pin, "123456");
    EXPECT_EQ(configuration.tries.pin, 6);
    EXPECT_TRUE(configuration.desk_pin_allowed);
    EXPECT_FALSE(configuration.region);
}

TEST(Configuration, TheSampleFileIsTheDefaults) {
    auto const result = read_configuration(SSCARD_SOURCE "/host/daemon/sscardd.toml");
    auto const* const sample = std::get_if<Configuration>(&result);
    ASSERT_NE(sample, nullptr);
    Configuration const defaults;
    EXPECT_EQ(sample->socket_path, defaults.socket_path);
    EXPECT_EQ(sample->socket_access.mode, defaults.socket_access.mode);
    EXPECT_EQ(sample->state_directory, defaults.state_directory);
    EXPECT_EQ(sample->keys.file, defaults.keys.file);
    EXPECT_EQ(sample->keys.store, defaults.keys.store);
    EXPECT_EQ(sample->keys.credential, defaults.keys.credential);
    EXPECT_EQ(sample->keys.passphrase_credential, defaults.keys.passphrase_credential);
    EXPECT_EQ(sample->keys.production, defaults.keys.production);
    EXPECT_FALSE(sample->keys.centre.has_value());
    EXPECT_FALSE(sample->centre.is_centre());
    EXPECT_EQ(sample->centre.limits.operation_time, defaults.centre.limits.operation_time);
    EXPECT_EQ(sample->centre.limits.refusals_max, defaults.centre.limits.refusals_max);
    EXPECT_EQ(sample->centre.limits.refusals_within, defaults.centre.limits.refusals_within);
    EXPECT_EQ(sample->centre.limits.block_time, defaults.centre.limits.block_time);
    EXPECT_EQ(sample->initialising_body.sequence, defaults.initialising_body.sequence);
    EXPECT_EQ(sample->version, defaults.version);
    EXPECT_EQ(sample->profile, defaults.profile);
    EXPECT_EQ(sample->text, defaults.text);
    EXPECT_EQ(sample->default_pin, defaults.default_pin);
    EXPECT_EQ(sample->tries.pin, defaults.tries.pin);
    EXPECT_EQ(sample->tries.authentication_keys, defaults.tries.authentication_keys);
    EXPECT_EQ(sample->tries.mks, defaults.tries.mks);
    EXPECT_EQ(sample->desk_pin_allowed, defaults.desk_pin_allowed);
    EXPECT_EQ(sample->lane_times.call_max, defaults.lane_times.call_max);
    EXPECT_EQ(sample->log_level, defaults.log_level);
}

TEST(Configuration, EverySettingIsTaken) {
    Configuration const taken = right(R"(
[socket]
path = "/tmp/s"
mode = "0600"
group = "desk"
[state]
directory = "/srv/cards"
[keys]
file = "keys.json"
[office]
region = "639900"
initialising_body_region = "630000"
initialising_body_sequence = "07"
[cards]
version = "2.00"
algorithm = "SM4"
profile = "t514"
text = "gb18030"
default_pin = "666666"
pin_tries = 8
key_tries = 5
mk_tries = 4
[pin]
desk_entry = false
[readers]
hang_after_s = 12
[log]
level = "debug"
)");
    EXPECT_EQ(taken.socket_path, "/tmp/s");
    EXPECT_EQ(taken.socket_access.mode, 0600U);
    EXPECT_EQ(taken.socket_access.group, "desk");
    EXPECT_EQ(taken.state_directory, "/srv/cards");
    EXPECT_EQ(taken.keys.file, "keys.json");
    EXPECT_EQ(taken.region, "639900");
    EXPECT_EQ(taken.initialising_body.region, "630000");
    EXPECT_EQ(taken.initialising_body.sequence, "07");
    EXPECT_EQ(taken.version, apdu::SpecVersion::v2_00);
    EXPECT_EQ(taken.algorithm, keys::Algorithm::sm4);
    EXPECT_EQ(taken.text, apdu::TextProfile::gb18030);
    EXPECT_EQ(taken.default_pin, "666666");
    EXPECT_EQ(taken.tries.pin, 8);
    EXPECT_EQ(taken.tries.authentication_keys, 5);
    EXPECT_EQ(taken.tries.mks, 4);
    EXPECT_FALSE(taken.desk_pin_allowed);
    EXPECT_EQ(taken.lane_times.call_max, std::chrono::seconds{12});
    EXPECT_EQ(taken.log_level, "debug");
}

TEST(Configuration, AFaultNamesItsLine) {
    auto const faults = wrong("[office]\n\nregion = \"63990\"\n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].where, "line 3");
    EXPECT_EQ(faults[0].what, "office.region must be 6 digits");
}

TEST(Configuration, TheStateDirectoryIsOnePlaceWhereverTheDaemonIsStarted) {
    auto const faults = wrong("[state]\ndirectory = \"cards\"\n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].what, "state.directory must be an absolute path");
}

TEST(Configuration, ASealedStoreHasOneWayToBeOpened) {
    auto const taken = right("[keys]\nstore = \"/var/lib/sscard/keys\"\n"
                             "credential = \"store-key\"\n[office]\nproduction = true\n");
    EXPECT_EQ(taken.keys.store, "/var/lib/sscard/keys");
    EXPECT_EQ(taken.keys.credential, "store-key");
    EXPECT_TRUE(taken.keys.production);
    EXPECT_EQ(right("[keys]\nstore = \"/s\"\npassphrase_credential = \"words\"\n")
                  .keys.passphrase_credential,
              "words");
    auto const refused = [](std::string const& toml) {
        auto const faults = wrong("[keys]\n" + toml);
        return faults.size() == 1 ? faults[0].what : std::to_string(faults.size()) + " faults";
    };
    EXPECT_EQ(refused("store = \"keys\"\n"), "keys.store must be an absolute path");
    EXPECT_EQ(refused("file = \"a\"\nstore = \"/b\"\n"),
              "keys.store and keys.file exclude each other");
    EXPECT_EQ(refused("credential = \"a\"\n"), "keys.credential is of no use without keys.store");
    EXPECT_EQ(refused("store = \"/b\"\ncredential = \"../a\"\n"),
              "keys.credential must be the name of a credential, without a folder");
    EXPECT_EQ(refused("store = \"/b\"\ncredential = \"a\"\npassphrase_credential = \"b\"\n"),
              "keys.passphrase_credential and keys.credential exclude each other");
}

TEST(Configuration, ProductionRefusesKeysInTheClear) {
    auto const faults = wrong("[keys]\nfile = \"keys.json\"\n[office]\nproduction = true\n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].what.substr(0, 47), "office.production = true refuses keys.file, whi");
}

TEST(Configuration, ASyntaxErrorNamesItsLine) {
    auto const faults = wrong("[socket]\npath = \n");
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].where, "line 2");
}

TEST(Configuration, AllFaultsAreListedAtOnce) {
    auto const faults = wrong("[pin]\ndesk_entry = \"yes\"\n[sockets]\n[cards]\npin_tries = 0\n"
                              "version = \"4.00\"\ncolour = 1\n");
    EXPECT_EQ(faults.size(), 5U);
}

class WrongSetting : public testing::TestWithParam<char const*> {};

TEST_P(WrongSetting, IsRefused) { EXPECT_EQ(wrong(GetParam()).size(), 1U); }

INSTANTIATE_TEST_SUITE_P(
    Configuration, WrongSetting,
    testing::Values("socket = 1", "[socket]\npath = \"\"", "[socket]\npath = 7",
                    "[socket]\nmode = \"0999\"", "[socket]\nmode = \"1777\"", "[keys]\nfile = true",
                    "[office]\nregion = 639900", "[office]\nregion = \"63990A\"",
                    "[office]\ninitialising_body_sequence = \"1\"", "[cards]\nversion = \"1.00\"",
                    "[cards]\nalgorithm = \"SSF33\"", "[cards]\nprofile = \"other\"",
                    "[cards]\ntext = \"utf-8\"", "[cards]\ndefault_pin = \"123\"",
                    "[cards]\npin_tries = 16", "[cards]\nkey_tries = -1",
                    "[cards]\nmk_tries = \"3\"", "[pin]\ndesk_entry = 1",
                    "[log]\nlevel = \"verbose\"", "[log]\ncolour = \"red\""));

TEST(Configuration, AMissingFileIsAFault) {
    auto const result = read_configuration("/nonexistent/sscardd.toml");
    EXPECT_TRUE(std::holds_alternative<std::vector<ConfigurationFault>>(result));
}

} // namespace
} // namespace sscardd
