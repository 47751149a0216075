#include "tests/host/virtual/structure_stage.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

using apdu::KeyName;

constexpr keys::KeyHeader uk_header{0x0D, 0x04, 0x01, 0xEF, 0x33, 0x00, 0x33, 0x10};

/// An open MF with a key file and the temporary MK.
class KeyWriting : public testing::Test {
public:
    void SetUp() override {
        ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
        ASSERT_EQ(card.send(create_mf_command()), "9000");
        ASSERT_EQ(card.send(create_key_file_command()), "9000");
        ASSERT_EQ(write_temporary_mk(card), "9000");
    }
    std::vector<std::uint8_t> load_command(keys::KeyHeader const& header) {
        auto const challenge = apdu::bytes(card.send("0084000004"));
        auto const command = card.keys().key_load_command(
            card.identity(), {{KeyName::uk_ssse}, {KeyName::temporary_mk}, header, 0x00},
            {challenge[0], challenge[1], challenge[2], challenge[3]});
        return apdu::copy_of(command.value().view());
    }
    [[nodiscard]] std::vector<StoredKey> const& keys() const {
        return card.memory().directories[0].keys;
    }
    Bench card{plan_2(), bare(plan_2())};
};

TEST_F(KeyWriting, PutsTheKeyInTheDirectory) {
    EXPECT_EQ(card.send(load_command(uk_header)), "9000");
    ASSERT_EQ(keys().size(), 2U);
    EXPECT_EQ(keys()[1].id, 0x04);
    EXPECT_EQ(keys()[1].level, 0x33);
    EXPECT_EQ(keys()[1].tries, (TryCounter{3, 3}));
    EXPECT_EQ(keys()[1].value.size(), 16U);
}

TEST_F(KeyWriting, ReplacesTheKeyOfTheSameTypeIdAndVersion) {
    ASSERT_EQ(card.send(load_command(uk_header)), "9000");
    keys::KeyHeader second = uk_header;
    second[2] = 0x02;
    ASSERT_EQ(card.send(load_command(second)), "9000");
    EXPECT_EQ(keys().size(), 3U) << "another version is another key";
    ASSERT_EQ(card.send(load_command(uk_header)), "9000");
    EXPECT_EQ(keys().size(), 3U);
}

TEST_F(KeyWriting, ReplacesTheMkByTheCardsOwn) {
    EXPECT_EQ(
        write_key(card, KeyName::mk_mf, {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10}, 0x01),
        "9000");
    EXPECT_EQ(keys().size(), 1U);
    EXPECT_EQ(card.authenticate_mk(KeyName::mk_mf), "9000");
    EXPECT_EQ(card.send(load_command(uk_header)), "6988") << "the temporary MK is gone";
}

TEST_F(KeyWriting, InTheClearIsTakenWhileTheStageIsOpen) {
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EF33003310"
                        "00112233445566778899AABBCCDDEEFF"),
              "9000");
    EXPECT_EQ(keys()[1].value, apdu::bytes("00112233445566778899AABBCCDDEEFF"));
    EXPECT_EQ(card.send("00D4000018"
                        "070201EF00012208"
                        "0011223344556677FFFFFFFFFFFFFFFF"),
              "9000");
    EXPECT_EQ(keys()[2].value, apdu::bytes("0011223344556677"));
}

TEST_F(KeyWriting, OfAPinDropsThePadding) {
    EXPECT_EQ(card.send("00D4000018"
                        "010001EF66555703"
                        "12345FFFFFFFFFFFFFFFFFFFFFFFFFFF"),
              "9000");
    EXPECT_EQ(keys()[1].value, apdu::bytes("12345F"));
    EXPECT_EQ(card.send("00D4000018"
                        "010001EF66555703"
                        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
              "9000");
    EXPECT_TRUE(keys()[1].value.empty());
    EXPECT_EQ(card.send("00D4000018"
                        "010001EF66555703"
                        "123FFFFFFFFFFFFFFFFFFFFFFFFFFFFF"),
              "6A80");
}

TEST_F(KeyWriting, RefusesHeadersThatAreNone) {
    std::string const body = "00112233445566778899AABBCCDDEEFF";
    EXPECT_EQ(card.send("00D4000018"
                        "0C0401EF33003310" +
                        body),
              "6A80")
        << "type";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EE33003310" +
                        body),
              "6A80")
        << "EF";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0404EF33003310" +
                        body),
              "6A80")
        << "version";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EF34003310" +
                        body),
              "6A80")
        << "more left than maximum";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EF33033310" +
                        body),
              "6A80")
        << "SM4 on a 3DES chip";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EF33003311" +
                        body),
              "6A80")
        << "length";
    EXPECT_EQ(card.send("00D4000018"
                        "0D0401EF3300330C" +
                        body),
              "6A80")
        << "length";
    EXPECT_EQ(card.send("00D4010018"
                        "0D0401EF33003310" +
                        body),
              "6A80")
        << "P1 01 is for an MK";
    EXPECT_EQ(card.send("00D4000018"
                        "000001EF3300FF10" +
                        body),
              "6A80")
        << "P1 00 is for the others";
    EXPECT_EQ(card.send("00D4020018"
                        "0D0401EF33003310" +
                        body),
              "6A86");
    EXPECT_EQ(card.send("00D4000017"
                        "0D0401EF33003310" +
                        body.substr(2)),
              "6700");
    EXPECT_EQ(keys().size(), 1U);
}

TEST_F(KeyWriting, NeedsAFourByteChallengeForItsMac) {
    auto const command = load_command(uk_header);
    card.send("00200000");
    EXPECT_EQ(card.send(command), "6985");
    card.send("0084000008");
    EXPECT_EQ(card.send(command), "6985");
}

TEST_F(KeyWriting, RefusesACommandWithAnyOneBitChanged) {
    std::size_t const size = load_command(uk_header).size();
    for (std::size_t bit = 8; bit < 8 * size; ++bit) {
        auto command = load_command(uk_header);
        command[bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        EXPECT_NE(card.send(command), "9000") << "bit " << bit;
        EXPECT_EQ(keys().size(), 1U) << "bit " << bit;
    }
}

TEST_F(KeyWriting, NeedsAKeyFileWithRoom) {
    ASSERT_EQ(card.send("80E1000302001C"), "6982") << "the temporary MK guards it";
    for (int id = 0; id < 16; ++id) {
        std::string const number = hex_of(std::array{static_cast<std::uint8_t>(id)});
        EXPECT_EQ(card.send("00D4000018"
                            "0D" +
                            number +
                            "01EF33003310"
                            "00112233445566778899AABBCCDDEEFF"),
                  "9000");
    }
    EXPECT_EQ(card.send("00D4000018"
                        "0D7701EF33003310"
                        "00112233445566778899AABBCCDDEEFF"),
              "6A84");
    Bench other{plan_2(), bare(plan_2())};
    ASSERT_EQ(other.send(verify_transport_key_command(other)), "9000");
    ASSERT_EQ(other.send(create_mf_command()), "9000");
    EXPECT_EQ(write_temporary_mk(other), "6A82") << "SF comes first";
    EXPECT_EQ(other.send("80D4000020" + std::string(64, '0')), "6A88") << "MK comes before others";
}

TEST_F(KeyWriting, OnABareChipIs6985) {
    Bench other{plan_2(), bare(plan_2())};
    EXPECT_EQ(write_temporary_mk(other), "6985");
}

} // namespace
} // namespace virtual_card
