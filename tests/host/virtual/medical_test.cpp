#include "tests/host/virtual/card_bench.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include "keys/mac.hpp"
#include "keys/master_key.hpp"
#include "keys/transaction_key.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::Directory;
using apdu::KeyName;

constexpr std::string_view terminal = "639900000001";
constexpr std::string_view time_2024 = "20240315101112";

// card.md §4.1; what MACs and TAC are over is ASSUMED as in PBOC.

/// DF04 current, the host's side of loads and purchases beside it.
class Medical : public testing::TestWithParam<keys::Algorithm> {
public:
    void SetUp() override {
        card.select(Directory::df04);
        ASSERT_EQ(card.verify("123456"), "9000");
    }

    keys::CardKey key_of(KeyName name, std::uint8_t version = 1) {
        auto const* const master =
            keys::find_master(test_masters(), plan.algorithm, {name, version});
        return keys::card_key_of(cipher, *master, plan.identity()).value();
    }
    std::string mac(keys::CardKey const& key, std::string const& message_hex) {
        return hex_of(keys::mac(cipher, key, apdu::bytes(message_hex)).value());
    }
    static std::string fen(std::uint32_t amount) {
        return hex_of(std::array{
            static_cast<std::uint8_t>(amount >> 24U), static_cast<std::uint8_t>(amount >> 16U),
            static_cast<std::uint8_t>(amount >> 8U), static_cast<std::uint8_t>(amount)});
    }
    std::string begin_load(std::uint32_t amount, std::string_view version = "01") {
        return card.ask("B02800010B" + std::string{version} + fen(amount) + std::string{terminal});
    }
    /// Of the answer to INITIALIZE FOR LOAD: balance 4, sequence 2, version, algorithm, random 4,
    /// MAC1.
    keys::CardKey load_key(std::string const& answer) {
        auto const bytes = apdu::bytes(answer);
        apdu::ByteView const view{bytes};
        return keys::load_session_key(cipher, key_of(KeyName::dlk), view.subspan(8).first<4>(),
                                      view.subspan(4).first<2>())
            .value();
    }
    std::string credit(keys::CardKey const& session, std::uint32_t amount,
                       std::string_view time = time_2024) {
        std::string const mac2 =
            mac(session, fen(amount) + "01" + std::string{terminal} + std::string{time});
        return card.ask("B02A00000B" + std::string{time} + mac2);
    }
    std::string load(std::uint32_t amount) { return credit(load_key(begin_load(amount)), amount); }
    std::string begin_purchase(std::uint32_t account, std::uint32_t self, std::uint32_t pool) {
        return card.ask("B028010113"
                        "01" +
                        fen(account) + fen(self) + fen(pool) + std::string{terminal});
    }
    /// Of the answer to INITIALIZE FOR PURCHASE: sequence at 14, random at 18.
    keys::CardKey purchase_key(std::string const& answer) {
        auto const bytes = apdu::bytes(answer);
        apdu::ByteView const view{bytes};
        std::array<std::uint8_t, 4> const terminal_sequence{0, 0, 0, 7};
        return keys::purchase_session_key(cipher, key_of(KeyName::dpk), view.subspan(18).first<4>(),
                                          view.subspan(14).first<2>(), terminal_sequence)
            .value();
    }
    std::string debit(keys::CardKey const& session, std::string const& amounts,
                      std::string_view time = time_2024) {
        std::string const mac1 =
            mac(session, amounts + "02" + std::string{terminal} + std::string{time});
        return card.ask("B02C01000F"
                        "00000007" +
                        std::string{time} + mac1);
    }
    std::string purchase(std::uint32_t account, std::uint32_t self, std::uint32_t pool,
                         std::string_view time = time_2024) {
        return debit(purchase_key(begin_purchase(account, self, pool)),
                     fen(account) + fen(self) + fen(pool), time);
    }

    CardPlan plan = plan_of(apdu::SpecVersion::v2_00, GetParam());
    keys::openssl::EvpCipher cipher{};
    Bench card{plan, blank(plan)};
};

INSTANTIATE_TEST_SUITE_P(Each, Medical,
                         testing::Values(keys::Algorithm::des3, keys::Algorithm::sm4));

TEST_P(Medical, LoadRaisesTheBalanceAndIsProved) {
    std::string const begun = begin_load(5000);
    ASSERT_EQ(begun.size(), 2 * (16 + 2));
    EXPECT_EQ(begun.substr(0, 14), "00000000"
                                   "0000"
                                   "01");
    auto const session = load_key(begun);
    EXPECT_EQ(begun.substr(24, 8), mac(session, fen(0) + fen(5000) + "01" + std::string{terminal}));
    std::string const tac = credit(session, 5000);
    EXPECT_EQ(tac, mac(keys::tac_key(key_of(KeyName::dtk)), fen(5000) + "0000" + fen(5000) + "01" +
                                                                std::string{terminal} +
                                                                std::string{time_2024}) +
                       "9000");
    EXPECT_EQ(card.send("B026000104"), fen(5000) + "9000");
    EXPECT_EQ(card.ask("00B2014400"), "0000"
                                      "31" +
                                          std::string{terminal} + std::string{time_2024} +
                                          fen(5000) + fen(0) + fen(0) + "9000");
}

TEST_P(Medical, PurchaseLowersTheBalanceAndAddsTheYearsSums) {
    load(5000);
    std::string const begun = begin_purchase(1200, 300, 800);
    ASSERT_EQ(begun.size(), 2 * (22 + 2));
    EXPECT_EQ(begun.substr(0, 34), fen(5000) + fen(0) + fen(0) +
                                       "0000"
                                       "0000"
                                       "01");
    std::string const amounts = fen(1200) + fen(300) + fen(800);
    auto const session = purchase_key(begun);
    std::string const answer = debit(session, amounts);
    EXPECT_EQ(answer.substr(0, 8),
              mac(keys::tac_key(key_of(KeyName::dtk)),
                  amounts + "02" + std::string{terminal} + "00000007" + std::string{time_2024}));
    EXPECT_EQ(answer.substr(8), mac(session, amounts) + "9000");
    EXPECT_EQ(card.send("B026000104"), fen(3800) + "9000");
    EXPECT_EQ(card.send("B026000206"), fen(300) + "20249000");
    EXPECT_EQ(card.send("B026000306"), fen(800) + "20249000");
}

TEST_P(Medical, SumsStartAnewWithTheYearsStartingDay) {
    card.select(Directory::df04);
    EXPECT_EQ(card.send("B05600000204"
                        "01"),
              "6982")
        << "DSK is wanted";
    ASSERT_EQ(card.authenticate({KeyName::dsk}), "9000");
    EXPECT_EQ(card.send("B05600000213"
                        "01"),
              "6A80")
        << "no such day";
    EXPECT_EQ(card.send("B05600000204"
                        "01"),
              "9000");
    EXPECT_EQ(card.send("B056010002"), "04019000");
    load(5000);
    purchase(100, 10, 20, "20240331000000");
    EXPECT_EQ(card.send("B026000206"), fen(10) + "20239000") << "the old year still";
    purchase(100, 10, 20, "20240401000000");
    EXPECT_EQ(card.send("B026000206"), fen(10) + "20249000");
    purchase(100, 10, 20, "20250331235959");
    EXPECT_EQ(card.send("B026000206"), fen(20) + "20249000");
}

TEST_P(Medical, ProofIsOfTheLastTransactionOnly) {
    EXPECT_EQ(card.ask("B02E0001020000"), "9406") << "none yet";
    std::string const tac = load(5000);
    std::string const proof = card.ask("B02E0001020000");
    EXPECT_EQ(proof.size(), 2 * (8 + 2));
    EXPECT_EQ(proof.substr(8), tac);
    EXPECT_EQ(card.ask("B02E0001020001"), "9406");
    EXPECT_EQ(card.ask("B02E0002020000"), "9406");
    purchase(1, 1, 1);
    EXPECT_EQ(card.ask("B02E0001020000"), "9406");
    EXPECT_EQ(card.ask("B02E0002020000").size(), 2U * (8 + 2));
}

TEST_P(Medical, WrongMacIs9302AndEndsTheTransaction) {
    auto const session = load_key(begin_load(5000));
    EXPECT_EQ(card.ask("B02A00000B" + std::string{time_2024} + "00000000"), "9302");
    EXPECT_EQ(credit(session, 5000), "6901");
    EXPECT_EQ(card.send("B026000104"), fen(0) + "9000");
    load(5000);
    begin_purchase(1, 1, 1);
    EXPECT_EQ(card.ask("B02C01000F"
                       "00000007" +
                       std::string{time_2024} + "00000000"),
              "9302");
    EXPECT_EQ(card.send("B026000104"), fen(5000) + "9000");
}

TEST_P(Medical, CommandsOutOfTheirStateAre6901) {
    EXPECT_EQ(card.ask("B02A00000B" + std::string(22, '0')), "6901");
    EXPECT_EQ(card.ask("B02C01000F" + std::string(30, '0')), "6901");
    begin_load(5000);
    EXPECT_EQ(card.ask("B02C01000F" + std::string(30, '0')), "6901") << "a load is no purchase";
    EXPECT_EQ(card.ask("B02A00000B" + std::string(22, '0')), "6901") << "and it is over now";
}

TEST_P(Medical, InitializeIsGoodForTheNextCommandOnly) {
    auto const first = load_key(begin_load(5000));
    card.send("00200000");
    EXPECT_EQ(credit(first, 5000), "6901");
    auto const second = load_key(begin_load(5000));
    card.send("B026000104");
    card.ask("B02E0001020000");
    EXPECT_EQ(credit(second, 5000).substr(8), "9000") << "balance and proof keep the state";
}

TEST_P(Medical, RefusesMoreThanTheBalance) {
    load(100);
    EXPECT_EQ(begin_purchase(101, 0, 0), "9401");
    EXPECT_EQ(begin_purchase(100, 9999, 9999).size(), 2U * (22 + 2));
}

TEST_P(Medical, TakesEachOfThreeKeyVersions) {
    EXPECT_EQ(begin_load(1, "02").substr(12, 2), "02");
    EXPECT_EQ(begin_load(1, "03").substr(12, 2), "03");
    EXPECT_EQ(begin_load(1, "04"), "9403");
    EXPECT_EQ(begin_load(1, "00"), "9403");
}

TEST_P(Medical, BalanceAsksForThePinWhereOneIsSet) {
    card.select(Directory::ssse);
    card.select(Directory::df04);
    EXPECT_EQ(card.ask("B026000104"), "6982");
    ASSERT_EQ(card.change_pin("123456", ""), "9000");
    EXPECT_EQ(card.ask("B026000104"), fen(0) + "9000");
    EXPECT_EQ(card.ask("B026000404"), "6A86");
}

TEST_P(Medical, CommandsNeedTheMedicalApplication) {
    card.select(Directory::df01);
    EXPECT_EQ(begin_load(1), "6985");
    EXPECT_EQ(begin_purchase(1, 1, 1), "6985");
    EXPECT_EQ(card.ask("B026000104"), "6985");
    EXPECT_EQ(card.ask("B02E0001020000"), "6985");
    EXPECT_EQ(card.ask("B056010002"), "6985");
    EXPECT_EQ(card.ask("B05600000204"
                       "01"),
              "6985");
}

TEST_P(Medical, CommandsHaveTheirLengths) {
    EXPECT_EQ(card.ask("B02800010A" + std::string(20, '0')), "6700");
    EXPECT_EQ(card.ask("B028010112" + std::string(36, '0')), "6700");
    EXPECT_EQ(card.ask("B02E00010100"), "6700");
    EXPECT_EQ(card.ask("B056000001"
                       "01"),
              "6700");
    EXPECT_EQ(card.ask("B02800020B" + std::string(22, '0')), "6A86");
    begin_load(1);
    EXPECT_EQ(card.ask("B02A00000A" + std::string(20, '0')), "6700");
}

TEST_P(Medical, CounterAtItsMaximumIs9402) {
    CardMemory memory = blank(plan);
    for (StoredDirectory& directory : memory.directories) {
        if (directory.account) {
            directory.account->online_counter = 0xFFFF;
            directory.account->offline_counter = 0xFFFF;
        }
    }
    Bench worn{plan, memory};
    worn.select(Directory::df04);
    EXPECT_EQ(worn.ask("B02800010B"
                       "01"
                       "00000001" +
                       std::string{terminal}),
              "9402");
    EXPECT_EQ(worn.ask("B028010113"
                       "01"
                       "000000000000000000000000" +
                       std::string{terminal}),
              "9402");
}

} // namespace
} // namespace virtual_card
