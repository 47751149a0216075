#include "keys/secret_command.hpp"

#include "tests/keys/recording_connection.hpp"
#include "tests/keys/vectors.hpp"

#include <gtest/gtest.h>

namespace keys {
namespace {

Pin pin_of(std::string_view digits) { return Pin::from_digits(digits).value(); }

TEST(VerifyCommand, CarriesThePin) {
    EXPECT_EQ(sent_by(verify_command(pin_of("123456"))), apdu::bytes("00 20 00 00 03 123456"));
    EXPECT_EQ(sent_by(verify_command(pin_of("12345"))), apdu::bytes("00 20 00 00 03 12345F"));
}

TEST(ChangePinCommand, CarriesBothPinsWithFfBetween) {
    EXPECT_EQ(sent_by(change_pin_command(pin_of("123456"), pin_of("0000"))),
              apdu::bytes("80 5E 01 00 06 123456 FF 0000"));
    EXPECT_EQ(sent_by(change_pin_command(pin_of("123456789012"), pin_of("210987654321"))),
              apdu::bytes("80 5E 01 00 0D 123456789012 FF 210987654321"));
}

TEST(SecretCommand, TellsALogItsHeaderAndLengthOnly) {
    SecretCommand const command = verify_command(pin_of("123456"));
    EXPECT_EQ(command.header().cla(), apdu::Cla::interindustry);
    EXPECT_EQ(command.header().ins(), apdu::Ins::verify);
    EXPECT_EQ(command.header().p1(), 0x00);
    EXPECT_EQ(command.header().p2(), 0x00);
    EXPECT_TRUE(command.header().data().empty());
    EXPECT_EQ(command.data_size(), 3U);
}

TEST(SecretCommand, WithoutDataHasNone) {
    SecretCommand const command{
        apdu::Command{apdu::Cla::interindustry, apdu::Ins::verify, 0x00, 0x00}};
    EXPECT_EQ(command.data_size(), 0U);
    EXPECT_EQ(sent_by(command), apdu::bytes("00 20 00 00"));
}

TEST(SecretCommand, GivesBackWhatTheConnectionAnswered) {
    RecordingConnection connection{apdu::Error::card_removed};
    std::array<std::uint8_t, 2> response{};
    EXPECT_EQ(verify_command(pin_of("123456")).transmit(connection, response).error(),
              apdu::Error::card_removed);
    RecordingConnection good;
    ASSERT_TRUE(verify_command(pin_of("123456")).transmit(good, response).ok());
    EXPECT_EQ(apdu::copy_of(response), apdu::bytes("9000"));
}

TEST(SecretCommand, MovesWhole) {
    SecretCommand from = verify_command(pin_of("123456"));
    SecretCommand const to{std::move(from)};
    EXPECT_EQ(sent_by(to), apdu::bytes("00 20 00 00 03 123456"));
}

TEST(SecretCommandDeathTest, ALeOrAnExtendedLengthIsABug) {
    apdu::Command const command{apdu::Cla::interindustry, apdu::Ins::verify, 0x00, 0x00};
    Bytes const long_data(256);
    EXPECT_DEATH(SecretCommand{command.expecting(2)}, "requirement");
    EXPECT_DEATH(SecretCommand{command.with_data(long_data)}, "requirement");
}

} // namespace
} // namespace keys
