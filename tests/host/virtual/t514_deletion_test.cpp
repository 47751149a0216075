#include "tests/host/virtual/structure_stage.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

// cos-t514.md §3.

class Deletion : public testing::Test {
public:
    Bench card{plan_2(), bare(plan_2())};
};

TEST_F(Deletion, IsDoneUnderTheMkOfTheDirectoryAbove) {
    build_mf(card);
    build_environment(card);
    ASSERT_EQ(card.send(create_application_command()), "9000");
    ASSERT_EQ(card.send(create_fci_file_command()), "9000");
    EXPECT_EQ(card.send("80E1000302001D"), "9000") << "a file, MK proved";
    EXPECT_EQ(card.send("80E1000302001D"), "6A82");
    EXPECT_EQ(card.send("80E1000202DF01"), "9000");
    EXPECT_EQ(card.send("80E1000202DF01"), "6A82");
    ASSERT_EQ(card.select_fid("3F00"), "9000");
    EXPECT_EQ(card.send("80E1000102DDF1"), "6982") << "the right went with the directory";
    ASSERT_EQ(card.authenticate_mk(KeyName::mk_mf), "9000");
    EXPECT_EQ(card.send("80E1000102DDF1"), "9000");
    EXPECT_EQ(card.select_fid("DDF1"), "6A82");
}

TEST_F(Deletion, OfTheWholeBringsTheTransportKeyBack) {
    build_mf(card);
    EXPECT_EQ(card.send("80E10001023F00"), "9000");
    EXPECT_EQ(card.memory().directories.size(), 0U);
    EXPECT_EQ(card.send(create_mf_command()), "6982");
    build_mf(card);
    build_environment(card);
    EXPECT_EQ(card.send("80E10001023F00"), "6985") << "from the MF only";
}

TEST_F(Deletion, OfABlankIsPossibleToo) {
    Bench office{plan_2(), blank(plan_2())};
    office.select(Directory::mf);
    EXPECT_EQ(office.send("80E10001023F00"), "6982");
    ASSERT_EQ(office.authenticate_mk(KeyName::mk_mf), "9000");
    EXPECT_EQ(office.send("80E10001023F00"), "9000");
    EXPECT_EQ(office.send(verify_transport_key_command(office)), "9000");
}

TEST_F(Deletion, RefusesOtherForms) {
    build_mf(card);
    EXPECT_EQ(card.send("80E10000020000"), "6A86");
    EXPECT_EQ(card.send("80E10004020000"), "6A86");
    EXPECT_EQ(card.send("80E10101023F00"), "6A86");
    EXPECT_EQ(card.send("80E10001013F"), "6700");
}

} // namespace
} // namespace virtual_card
