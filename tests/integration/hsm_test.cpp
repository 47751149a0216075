// The main job with the master keys in a token of SoftHSM2, reached by its own library.
#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace {

using integration::Arguments;
using integration::Office;
using integration::person;
using integration::run;
using integration::typed;

constexpr auto* pin = "90210481";
constexpr auto* wrong_pin = "1234567";
Arguments const unlock{"keys", "unlock", "--passphrase-fd", "0"};

/// A token in the office's folder, made as an operator makes it.
void make_token(Office const& office) {
    std::string const folder = office.folder() + "/tokens";
    std::filesystem::create_directory(folder);
    std::string const configuration = office.folder() + "/softhsm2.conf";
    std::ofstream{configuration} << "directories.tokendir = " << folder << "\n";
    ::setenv("SOFTHSM2_CONF", configuration.c_str(), 1);
    auto const made = run({"softhsm2-util", "--init-token", "--free", "--label", "office",
                           "--so-pin", "11112222", "--pin", pin});
    ASSERT_EQ(made.status, 0) << made.out << made.err;
}

/// The trial keys for cards of 3DES, as a file: SoftHSM2 has no SM4.
std::string key_file_of_des3(Office const& office) {
    std::ifstream all{integration::key_file()};
    auto file = nlohmann::json::parse(all);
    auto keys = nlohmann::json::array();
    for (auto const& key : file.at("keys")) {
        if (key.at("algorithm") != "SM4") {
            keys.push_back(key);
        }
    }
    file["keys"] = keys;
    std::string path = office.folder() + "/des3_keys.json";
    std::ofstream{path} << file;
    return path;
}

TEST(Hsm, TheMainJobIsDoneWithoutAKeyInTheDaemon) {
    Office office;
    make_token(office);
    office.keep_keys_elsewhere("card_keys_may_leave = true\n[[keys.token]]\nmodule = "
                               "\"" SSCARD_SOFTHSM2 "\"\nlabel = \"office\"\n");
    office.configure("[cards]\nversion = \"2.00\"\n[log]\nlevel = \"debug\"\n");
    office.insert(0, {"--version", "2.00", "--bare"});
    office.start_daemon();
    Arguments const make{"card", "personalize", "--stage", "both", "--record", person("zhang_san")};
    EXPECT_EQ(office.refusal(make).code, "keys_locked");
    EXPECT_EQ(office.refusal(unlock, typed({wrong_pin})).code, "hsm_pin_wrong");
    EXPECT_EQ(office.refusal(make).status, 10); // and is not tried again
    std::string seen = office.answer(unlock, typed({pin})).dump();
    EXPECT_EQ(office.refusal({"keys", "import", integration::key_file()}).code,
              "hsm_mechanism_missing");
    EXPECT_EQ(office.answer({"keys", "import", key_file_of_des3(office)})["state"], "open");
    auto const found = office.answer({"keys", "doctor"});
    EXPECT_EQ(found["report"]["back_end"], "pkcs11");
    EXPECT_EQ(found["faults"].dump(), "[]");
    EXPECT_EQ(office.answer(make)["test_keys"], true);
    (void)office.answer({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"}));
    EXPECT_EQ(office.answer({"keys", "lock"})["state"], "locked");
    EXPECT_EQ(office.refusal({"pin", "unblock"}).code, "keys_locked");
    (void)office.answer(unlock, typed({pin}));
    (void)office.answer({"pin", "unblock"});
    seen += office.logs();
    EXPECT_EQ(seen.find(pin), std::string::npos);
    EXPECT_EQ(seen.find(wrong_pin), std::string::npos);
}

TEST(Hsm, TheDoctorTellsThatItHasNoSm4) {
    Office office;
    make_token(office);
    office.keep_keys_elsewhere("[[keys.token]]\nmodule = \"" SSCARD_SOFTHSM2
                               "\"\nlabel = \"office\"\n");
    office.start_daemon();
    (void)office.answer(unlock, typed({pin}));
    auto const found = office.sscard({"keys", "doctor"});
    EXPECT_EQ(found.status, 10);
    EXPECT_NE(found.out.find("[office, SM4: all]"), std::string::npos) << found.out;
    EXPECT_NE(found.out.find("HSM, token office"), std::string::npos) << found.out;
}

} // namespace
