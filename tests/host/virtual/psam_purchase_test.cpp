// A purchase between a card and a PSAM, with a terminal in the middle that has no key. card.md
// §4.3.
#include "tests/host/virtual/psam_bench.hpp"

namespace virtual_card {
namespace {

using keys::Algorithm;

class APurchase : public AVirtualPsam, public testing::WithParamInterface<Algorithm> {
protected:
    APurchase()
        : plan_{GetParam() == Algorithm::sm4 ? plan_3() : plan_2()}, card_{plan_,
                                                                           personalized(plan_)} {}
    void SetUp() override {
        enter(GetParam());
        card_.select(apdu::Directory::df04);
        ASSERT_EQ(card_.verify("123456"), "9000");
    }

    static constexpr auto* terminal = "639900000001"; // the PSAM's own
    static constexpr auto* time = "20240315101112";
    /// Account 0.00, of one's own 3.00, of the pool 8.00.
    static constexpr auto* amounts = "00000000 0000012C 00000320";

    /// INITIALIZE FOR PURCHASE: what the card answers.
    std::string begin(std::string const& version = "01") {
        return card_.ask("B028010113" + version + amounts + terminal);
    }
    /// INIT SAM FOR PURCHASE over that answer.
    std::string initialize(std::string const& begun, std::string factors = {}) {
        std::string const sequence = begun.substr(28, 4);
        std::string const version_and_algorithm = begun.substr(32, 4);
        std::string const random = begun.substr(36, 8);
        if (factors.empty()) {
            factors = hex_of(plan_.identity().factor());
        }
        std::string const data =
            random + sequence + amounts + "02" + time + version_and_algorithm + factors;
        std::string const bare = hex_of(apdu::bytes(data));
        std::array const lc{static_cast<std::uint8_t>(bare.size() / 2)};
        std::string const waiting = send("80700100" + hex_of(lc) + bare);
        return waiting == "6108" ? send("00C0000008") : waiting;
    }
    /// DEBIT FOR PURCHASE with the PSAM's answer: TAC and MAC2.
    std::string debit(std::string const& initialized) {
        return card_.ask("B02C01000F" + initialized.substr(0, 8) + time + initialized.substr(8, 8));
    }

    CardPlan plan_;
    Bench card_;
};

INSTANTIATE_TEST_SUITE_P(Each, APurchase, testing::Values(Algorithm::des3, Algorithm::sm4));

TEST_P(APurchase, IsRightToCardAndPsamAlike) {
    for (std::string const version : {"01", "02", "03"}) {
        std::string const initialized = initialize(begin(version));
        ASSERT_EQ(initialized.size(), 20U) << initialized;
        EXPECT_EQ(initialized.substr(0, 8), "000000" + version) << "each has a number of its own";
        std::string const done = debit(initialized);
        ASSERT_EQ(done.size(), 20U) << done;
        EXPECT_EQ(send("8072000004" + done.substr(8, 8)), "9000");
    }
    EXPECT_EQ(send("00A4020002 0019"), "9000");
    EXPECT_EQ(send("00B0000004"), "000000039000");
}

TEST_P(APurchase, IsNotCreditedForAWrongMacOrTwice) {
    std::string const done = debit(initialize(begin()));
    EXPECT_EQ(send("8072000004" + done.substr(0, 8)), "9302") << "that is the TAC";
    EXPECT_EQ(send("8072000004" + done.substr(8, 8)), "6901") << "it is over";
    std::string const again = debit(initialize(begin()));
    EXPECT_EQ(send("8072000004" + again.substr(8, 8)), "9000");
    EXPECT_EQ(send("8072000004" + again.substr(8, 8)), "6901");
    std::string const third = debit(initialize(begin()));
    EXPECT_EQ(send("0084000004").size(), 12U);
    EXPECT_EQ(send("8072000004" + third.substr(8, 8)), "6901") << "the next command's or nobody's";
    EXPECT_EQ(send("8072000003 000000"), "6700");
}

TEST_P(APurchase, TellsAKeyOrLevelThatThePsamHasNot) {
    std::string begun = begin();
    std::string const of_card = hex_of(plan_.identity().factor());
    EXPECT_EQ(initialize(begun, of_card + of_card), "6A80") << "its DPK has one dispersal";
    begun.replace(32, 2, "04");
    EXPECT_EQ(initialize(begun), "6A88");
    begun.replace(32, 4, GetParam() == Algorithm::sm4 ? "0100" : "0103");
    EXPECT_EQ(initialize(begun), "6A88") << "a key of the other algorithm";
    EXPECT_EQ(send("8070010004 00000000"), "6700");
    EXPECT_EQ(send("8070000024" + std::string(72, '0')), "6A86");
    psam_.reset();
    EXPECT_EQ(send("8070010024" + std::string(72, '0')), "6985");
    EXPECT_EQ(send("00A4020002 0019"), "6A82");
}

} // namespace
} // namespace virtual_card
