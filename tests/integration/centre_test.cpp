// Two daemons: a centre with the keys, and a window with the cards, over mutual TLS.
#include "tests/integration/centre_and_window.hpp"

#include <gtest/gtest.h>

namespace {

using integration::CentreAndWindow;
using integration::eventually;
using integration::person;
using integration::typed;

TEST(Centre, TheMainJobIsDoneAtAWindowWithoutKeys) {
    CentreAndWindow two;
    two.centre.start_daemon();
    two.window.insert(0, {"--version", "3.00", "--blank"});
    two.window.start_daemon();
    auto const doctor = two.window.answer({"keys", "doctor"});
    EXPECT_EQ(doctor["report"]["back_end"], "centre");
    EXPECT_EQ(doctor["missing"].size(), 0U);
    auto const made = two.window.answer(
        {"card", "personalize", "--stage", "data", "--record", person("zhang_san")});
    EXPECT_EQ(made["test_keys"], true);
    EXPECT_EQ(two.window.answer({"card", "info"})["name"], "张三");
    two.window.answer({"pin", "reset", "--new-pin-fd", "0"}, typed({"7531864"}));
    two.window.answer({"pin", "verify", "--pin-fd", "0"}, typed({"7531864"}));
    two.window.answer({"pin", "unblock"});
    std::string const log = two.centre.logs();
    EXPECT_NE(log.find("window-3: operation "), std::string::npos);
    EXPECT_NE(log.find(": pin_reset by "), std::string::npos);
    EXPECT_EQ(log.find("refused"), std::string::npos);
    integration::SecretSearch search;
    search.add_digits("the PIN", "7531864");
    EXPECT_EQ(search.found_in(log), std::vector<std::string>{}); // at the window: Office
}

TEST(Centre, BareChipsAreMadeAtAWindowWithoutKeys) {
    CentreAndWindow two;
    two.centre.start_daemon();
    two.window.insert(0, {"--version", "2.00", "--bare"});
    two.window.configure("[cards]\nversion = \"2.00\"\n");
    two.window.start_daemon();
    auto const made = two.window.answer(
        {"card", "personalize", "--stage", "both", "--record", person("zhang_san")});
    EXPECT_EQ(made["algorithm"], "3DES");
    EXPECT_EQ(two.window.answer({"card", "info"})["name"], "张三");
    EXPECT_EQ(two.centre.logs().find("refused"), std::string::npos);
}

TEST(Centre, ThatIsLostIsToldAndFoundAgainWithoutARestart) {
    CentreAndWindow two;
    two.window.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
    two.window.start_daemon();
    integration::Arguments const reset{"pin", "reset", "--new-pin-fd", "0"};
    auto const lost = two.window.refusal(reset, typed({"7531864"}));
    EXPECT_EQ(lost.code, "centre_unreachable");
    EXPECT_EQ(lost.status, 10);
    EXPECT_EQ(two.window.sscard({"keys", "doctor"}).status, 10);
    EXPECT_NE(two.window.sscard({"keys", "list"}).out.find("the centre, https://127.0.0.1:"),
              std::string::npos);
    auto const chinese =
        two.window.sscard({"keys", "doctor"}, {}, {"LC_ALL=zh_CN.UTF-8", "LANGUAGE=zh_CN"});
    EXPECT_NE((chinese.out + chinese.err).find("中心"), std::string::npos) << chinese.out;
    EXPECT_EQ(two.window.answer({"pin", "verify", "--pin-fd", "0"}, typed({"123456"}))["state"],
              "set"); // what takes no key goes on
    two.centre.start_daemon();
    EXPECT_TRUE(
        eventually([&] { return two.window.sscard(reset, typed({"7531864"})).status == 0; }));
}

TEST(Centre, RefusesAPurposeThatTheWindowMayNotHave) {
    CentreAndWindow two;
    two.centre.start_daemon();
    two.window.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
    two.window.start_daemon();
    auto const refused = two.window.refusal({"card", "lock", "--card", "--permanently"});
    EXPECT_EQ(refused.code, "centre_refused");
    EXPECT_NE(two.centre.logs().find(
                  "window-3: refused: the client may not have that purpose for that region"),
              std::string::npos);
    EXPECT_EQ(two.window.answer({"card", "info"})["name"], "张三"); // the card is as it was
}

} // namespace
