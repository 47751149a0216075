#include "tests/host/cli/counter.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace {

using cli::contains;
using cli::Counter;

/// What bash offers after these words, the last of which is being typed.
std::string offered(std::string const& words) {
    api::test::TemporaryFolder const folder;
    std::ofstream{folder.path("script")}
        << Counter{}.run({"completion", "bash"}).out << "COMP_WORDS=(" << words
        << ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_sscard\necho -n \"${COMPREPLY[*]}\"\n";
    FILE* const bash = popen(("LC_ALL=C bash " + folder.path("script") + " 2>&1").c_str(), "r");
    std::string text;
    std::array<char, 1024> part{};
    for (std::size_t count = 1; count > 0;) {
        count = fread(part.data(), 1, part.size(), bash);
        text.append(part.data(), count);
    }
    pclose(bash);
    return text;
}

TEST(Completion, BashOffersCommandsThenVerbsThenOptions) {
    EXPECT_EQ(offered("sscard c"), "card check completion");
    EXPECT_EQ(offered("sscard card ''").substr(0, 33), "info read write personalize void ");
    EXPECT_EQ(offered("sscard card personalize --re"),
              "--reader --record --region --reset-info --rewrite-person --replacement");
}

TEST(Completion, BashOffersTheChoicesOfAnOption) {
    EXPECT_EQ(offered("sscard card personalize --stage ''"), "structure data both");
    EXPECT_EQ(offered("sscard --lang z"), "zh");
    EXPECT_EQ(offered("sscard completion f"), "fish");
}

TEST(Completion, BashSkipsOptionsOnTheWay) {
    EXPECT_EQ(offered("sscard --socket /tmp/s pin ver"), "verify");
}

TEST(Completion, EveryShellKnowsEveryCommand) {
    for (char const* const shell : {"bash", "zsh", "fish"}) {
        auto const ran = Counter{}.run({"completion", shell});
        EXPECT_EQ(ran.status, 0);
        for (char const* const word : {"readers", "personalize", "unblock", "diagnose", "stage",
                                       "spend-last-try", "structure"}) {
            EXPECT_TRUE(contains(ran.out, word)) << shell << " " << word;
        }
    }
}

TEST(Completion, DescriptionsComeInTheUsersLanguage) {
    EXPECT_TRUE(contains(Counter{}.run({"--lang", "zh", "completion", "fish"}).out, "校验 PIN"));
}

} // namespace
