#include "tests/integration/soft_token.hpp"

#include "tests/integration/secret_search.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace integration {

SoftToken::SoftToken(Office& office, std::string pin) : pin_{std::move(pin)} {
    std::string const folder = office.folder() + "/tokens";
    std::filesystem::create_directory(folder);
    std::string const configuration = office.folder() + "/softhsm2.conf";
    std::ofstream{configuration} << "directories.tokendir = " << folder << "\n";
    ::setenv("SOFTHSM2_CONF", configuration.c_str(), 1); // NOLINT(concurrency-mt-unsafe)
    auto const made = run({"softhsm2-util", "--init-token", "--free", "--label", "office",
                           "--so-pin", "11112222", "--pin", pin_});
    EXPECT_EQ(made.status, 0) << made.out << made.err;
}

std::string SoftToken::lines(bool card_keys_may_leave) {
    return std::string{"card_keys_may_leave = "} + (card_keys_may_leave ? "true" : "false") +
           "\n[[keys.token]]\nmodule = \"" SSCARD_SOFTHSM2 "\"\nlabel = \"office\"\n";
}

std::string key_file_of_des3(Office const& office) {
    std::ifstream all{key_file()};
    auto file = nlohmann::json::parse(all);
    auto keys = nlohmann::json::array();
    for (auto const& key : file.at("keys")) {
        if (key.at("algorithm") != "SM4") {
            keys.push_back(key);
        }
    }
    file["keys"] = keys;
    std::string const folder = office.folder() + "/" + given_folder;
    std::filesystem::create_directories(folder);
    std::string path = folder + "/des3_keys.json";
    std::ofstream{path} << file;
    return path;
}

Arguments unlock_command() { return {"keys", "unlock", "--passphrase-fd", "0"}; }

} // namespace integration
