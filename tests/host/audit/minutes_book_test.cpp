// The list of minutes: in a chain, signed, and never shortened in silence.
#include "tests/host/audit/minutes_folder.hpp"

#include <sys/stat.h>

namespace {

using namespace audit;
using namespace audit::test;

namespace fs = std::filesystem;

TEST(MinutesBook, KeepsEachWithTheDigestOfTheOneBefore) {
    MinutesFolder const folder;
    MinutesBook const book = folder.book_of(3);
    EXPECT_EQ(book.count(), 3U);
    EXPECT_EQ(book.find(1).value()->minutes.previous, "");
    EXPECT_EQ(book.find(2).value()->minutes.previous, book.find(1).value()->digest());
    EXPECT_EQ(book.find(3).value()->minutes.previous, book.find(2).value()->digest());
    EXPECT_FALSE(book.find(4).value().has_value());
    EXPECT_EQ(findings_of(book), "");
    EXPECT_EQ(findings_of(folder.book()), "") << "opened again";
}

TEST(MinutesBook, ItsKeyIsItsOwnersAloneAndStays) {
    MinutesFolder const folder;
    std::string const first = folder.book().key().public_key();
    EXPECT_EQ(folder.book().key().public_key(), first);
    struct stat found {};
    ASSERT_EQ(::stat(folder.path("signing_key.pem").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 07777U, 0600U);
    EXPECT_NE(folder.book().key().public_pem().find("BEGIN PUBLIC KEY"), std::string::npos);
    EXPECT_NE(MinutesFolder{}.book().key().public_key(), first);
}

TEST(MinutesBook, OneThatIsTakenOutIsMissed) {
    for (auto const& [name, finding] : {std::pair{"000001.json", "1 missing, 2 chain_broken"},
                                        std::pair{"000002.json", "2 missing, 3 chain_broken"},
                                        std::pair{"000003.json", "3 missing, 0 head_wrong"}}) {
        MinutesFolder const folder;
        (void)folder.book_of(3);
        fs::remove(folder.path(name));
        EXPECT_EQ(findings_of(folder.book()), finding);
    }
}

TEST(MinutesBook, AShorterListNeedsAHeadThatNobodyCanSign) {
    MinutesFolder const folder;
    MinutesBook const book = folder.book_of(3);
    fs::remove(folder.path("000003.json"));
    std::string head = folder.text("head.json");
    head.replace(head.find("\"count\":3"), 9, "\"count\":2");
    head.replace(head.find("\"last\":\"") + 8, 64, book.find(2).value()->digest());
    folder.put("head.json", head);
    EXPECT_EQ(findings_of(folder.book()), "0 head_wrong");
    fs::remove(folder.path("head.json"));
    EXPECT_EQ(findings_of(folder.book()), "0 head_wrong");
}

TEST(MinutesBook, AChangedOneIsFound) {
    MinutesFolder const folder;
    (void)folder.book_of(2);
    std::string text = folder.text("000001.json");
    text.replace(text.find("office-1"), 8, "office-2");
    folder.put("000001.json", text);
    EXPECT_EQ(findings_of(folder.book()), "1 not_signed, 2 chain_broken");
    folder.put("000001.json", "{}");
    EXPECT_EQ(findings_of(folder.book()), "1 damaged, 2 chain_broken");
}

TEST(MinutesBook, AnotherOfficesMinutesAreNoneOfThisOnes) {
    MinutesFolder const folder;
    MinutesFolder const other;
    (void)folder.book_of(1);
    Minutes theirs = a_ceremony();
    theirs.machine = "office-2";
    ASSERT_EQ(outcome_of(other.book().add(theirs)), "ok");
    folder.put("000001.json", other.text("000001.json"));
    EXPECT_EQ(findings_of(folder.book()), "1 not_signed, 0 head_wrong");
}

TEST(MinutesBook, ADraftThatADeadDaemonLeftIsAnInterruptedAct) {
    MinutesFolder const folder;
    {
        MinutesBook book = folder.book_of(1);
        ASSERT_EQ(outcome_of(book.draft(a_ceremony())), "ok");
    }
    MinutesBook const book = folder.book();
    EXPECT_EQ(book.count(), 2U);
    EXPECT_EQ(book.find(2).value()->minutes.outcome, ActOutcome::interrupted);
    EXPECT_EQ(findings_of(book), "");
}

TEST(MinutesBook, ADraftThatIsCutOffWasNeverBegun) {
    MinutesFolder const folder;
    {
        MinutesBook book = folder.book_of(1);
        ASSERT_EQ(outcome_of(book.draft(a_ceremony())), "ok");
    }
    folder.put("minutes.draft", folder.text("minutes.draft").substr(0, 100));
    MinutesBook const book = folder.book();
    EXPECT_EQ(book.count(), 1U);
    EXPECT_EQ(findings_of(book), "");
    EXPECT_FALSE(fs::exists(folder.path("minutes.draft")));
}

TEST(MinutesBook, ADeathBetweenTheTwoNamesIsMendedAtTheNextStart) {
    MinutesFolder const folder;
    {
        MinutesBook book = folder.book_of(1);
        ASSERT_EQ(outcome_of(book.draft(a_ceremony())), "ok");
    }
    fs::rename(folder.path("minutes.draft"), folder.path("000002.json"));
    MinutesBook const book = folder.book();
    EXPECT_EQ(book.count(), 2U);
    EXPECT_EQ(book.find(2).value()->minutes.outcome, ActOutcome::done);
    EXPECT_EQ(findings_of(book), "");
}

TEST(MinutesBook, AnActThatWasNotDoneLeavesNothing) {
    MinutesFolder const folder;
    MinutesBook book = folder.book_of(1);
    ASSERT_EQ(outcome_of(book.draft(a_ceremony())), "ok");
    book.drop_draft();
    EXPECT_EQ(folder.book().count(), 1U);
}

TEST(MinutesBook, AFolderThatCannotBeWrittenIsTold) {
    EXPECT_FALSE(MinutesBook::open("/proc/minutes").ok());
}

} // namespace
