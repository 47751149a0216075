// The main job with the master keys in a token of SoftHSM2, reached by its own library.
#include "tests/integration/soft_token.hpp"

#include <gtest/gtest.h>

namespace {

using integration::Arguments;
using integration::Office;
using integration::person;
using integration::SoftToken;
using integration::typed;

constexpr auto* wrong_pin = "90210482";
Arguments const unlock = integration::unlock_command();

TEST(Hsm, TheMainJobIsDoneWithoutAKeyInTheDaemon) {
    Office office;
    SoftToken const token{office};
    office.keep_keys_elsewhere(SoftToken::lines());
    office.configure("[cards]\nversion = \"2.00\"\n[log]\nlevel = \"debug\"\n");
    office.insert(0, {"--version", "2.00", "--bare"});
    office.start_daemon();
    Arguments const make{"card", "personalize", "--stage", "both", "--record", person("zhang_san")};
    EXPECT_EQ(office.refusal(make).code, "keys_locked");
    EXPECT_EQ(office.refusal(unlock, typed({wrong_pin})).code, "hsm_pin_wrong");
    EXPECT_EQ(office.refusal(make).status, 10); // and is not tried again
    (void)office.answer(unlock, typed({token.pin()}));
    EXPECT_EQ(office.refusal({"keys", "import", integration::key_file()}).code,
              "hsm_mechanism_missing");
    EXPECT_EQ(office.answer({"keys", "import", integration::key_file_of_des3(office)})["state"],
              "open");
    auto const found = office.answer({"keys", "doctor"});
    EXPECT_EQ(found["report"]["back_end"], "pkcs11");
    EXPECT_EQ(found["faults"].dump(), "[]");
    auto const generated =
        office.sit({"keys", "generate", "BK", "--algorithm", "3DES", "--version", "3",
                    "--custodian", "张三", "--custodian", "李四"},
                   [](std::string const& /*shown*/) { return std::optional<std::string>{"yes"}; });
    EXPECT_EQ(generated.status, 0) << generated.screen;
    EXPECT_NE(generated.screen.find("there alone"), std::string::npos) << generated.screen;
    EXPECT_EQ(office.answer(make)["test_keys"], true);
    (void)office.answer({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"}));
    EXPECT_EQ(office.answer({"keys", "lock"})["state"], "locked");
    EXPECT_EQ(office.refusal({"pin", "unblock"}).code, "keys_locked");
    (void)office.answer(unlock, typed({token.pin()}));
    (void)office.answer({"pin", "unblock"});
}

TEST(Hsm, TheDoctorTellsThatItHasNoSm4) {
    Office office;
    SoftToken const token{office};
    office.keep_keys_elsewhere(SoftToken::lines(false));
    office.start_daemon();
    (void)office.answer(unlock, typed({token.pin()}));
    auto const found = office.sscard({"keys", "doctor"});
    EXPECT_EQ(found.status, 10);
    EXPECT_NE(found.out.find("[office, SM4: all]"), std::string::npos) << found.out;
    EXPECT_NE(found.out.find("HSM, token office"), std::string::npos) << found.out;
}

} // namespace
