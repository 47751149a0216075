// Minutes on paper, as another program reads them.
#include "tests/host/audit/minutes_folder.hpp"

#include "host/audit/minutes_pdf.hpp"

#include <algorithm>
#include <cstdio>

namespace {

using namespace audit;
using namespace audit::test;

/// What a program prints; its exit status goes to `status`.
std::string printed(std::string const& command, int& status) {
    std::string text;
    FILE* const pipe = popen(command.c_str(), "r");
    for (int c = 0; pipe != nullptr && (c = fgetc(pipe)) != EOF;) {
        text += static_cast<char>(c);
    }
    status = pipe == nullptr ? -1 : pclose(pipe);
    return text;
}

/// The text of the PDF of those minutes, without blanks and line ends.
std::string text_on_paper(MinutesFolder const& folder, SignedMinutes const& minutes) {
    auto const drawn = draw_minutes(minutes);
    EXPECT_EQ(outcome_of(drawn), "ok");
    folder.put("paper.pdf", {drawn.value().begin(), drawn.value().end()});
    int status = -1;
    std::string text =
        printed("pdftotext -raw " + folder.path("paper.pdf").string() + " -", status);
    EXPECT_EQ(status, 0) << "pdftotext of poppler-utils";
    std::erase_if(text, [](char c) { return c == ' ' || c == '\n' || c == '\f'; });
    return text;
}

TEST(MinutesPdf, SaysTheSameAsTheJsonWithChineseNames) {
    MinutesFolder const folder;
    auto const minutes = folder.book().add(a_ceremony()).value();
    std::string const text = text_on_paper(folder, minutes);
    for (std::string const& part :
         {std::string{"张三"}, std::string{"李四"}, std::string{"王五"}, std::string{"2677F4"},
          std::string{"UKSSSE"}, std::string{"密钥仪式"}, std::string{"2026-11-26T08:20:00Z"},
          minutes.digest(), minutes.signature, minutes.public_key}) {
        EXPECT_NE(text.find(part), std::string::npos) << part << " in " << text;
    }
}

TEST(MinutesPdf, GoesOnOverAsManyPagesAsItNeeds) {
    MinutesFolder const folder;
    Minutes long_ones = a_ceremony();
    long_ones.keys.resize(80, long_ones.keys.front());
    auto const minutes = folder.book().add(long_ones).value();
    EXPECT_NE(text_on_paper(folder, minutes).find(minutes.signature), std::string::npos);
    int status = -1;
    std::string const info = printed("pdfinfo " + folder.path("paper.pdf").string(), status);
    EXPECT_EQ(status, 0);
    EXPECT_EQ(info.find("Pages:           1\n"), std::string::npos) << info;
}

} // namespace
