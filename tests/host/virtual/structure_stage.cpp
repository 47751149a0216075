#include "tests/host/virtual/structure_stage.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace virtual_card {
namespace {

std::string with_data(std::string_view head, std::string const& data) {
    return std::string{head} + hex_of(std::array{static_cast<std::uint8_t>(data.size() / 2)}) +
           data;
}

/// The 4 bytes that the MAC of WRITE KEY starts from.
std::array<std::uint8_t, 4> short_challenge(Bench& card) {
    std::string const answer = card.send("0084000004");
    if (!answer.ends_with("9000")) {
        return {};
    }
    auto const bytes = apdu::bytes(answer);
    return {bytes[0], bytes[1], bytes[2], bytes[3]};
}

} // namespace

std::string create_mf_command(std::string_view algorithm) {
    return with_data("80E00100", "000000FF" + std::string{algorithm} +
                                     "3F00010001"
                                     "1D"
                                     "0000"
                                     "1C"
                                     "0000");
}

std::string create_environment_command(std::string_view algorithm) {
    return with_data("80E00100", "004400FF" + std::string{algorithm} +
                                     "DDF1010000"
                                     "1D"
                                     "0000"
                                     "1C"
                                     "00"
                                     "1B" +
                                     std::string{environment_name});
}

std::string create_application_command(std::string_view algorithm) {
    return with_data("80E00100", "000000FF" + std::string{algorithm} +
                                     "DF0102"
                                     "0000000000000000" +
                                     std::string{application_aid});
}

std::string create_file_command(FileHeader const& header) {
    std::string data = "000000";
    for (auto const part :
         {header.size, header.fid, header.type, std::string_view{"00"}, header.sfi, header.scw,
          header.record_length, header.read, header.write}) {
        data += part;
    }
    return with_data("80E00100", data);
}

std::string create_key_file_command() {
    return create_file_command({.size = "0180",
                                .fid = "001C",
                                .type = "C3",
                                .sfi = "1C",
                                .record_length = "18",
                                .read = "EFEF",
                                .write = "00FF"});
}

std::string create_fci_file_command() {
    return create_file_command({.size = "0100",
                                .fid = "001D",
                                .type = "C3",
                                .sfi = "1D",
                                .read = "EFEF",
                                .write = "00FF"});
}

std::string verify_transport_key_command(Bench& card) {
    auto const proof = card.keys().transport_proof(card.identity());
    return "80E0030008" + hex_of(proof.value());
}

std::string write_temporary_mk(Bench& card) {
    auto const command = card.keys().temporary_mk_command(
        card.identity(), {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10});
    std::array<std::uint8_t, 258> response{};
    auto const size = command.value().transmit(card.connection(), response);
    return size.ok() ? hex_of(apdu::ByteView{response}.first(size.value())) : "mute";
}

std::string write_key(Bench& card, apdu::KeyName name, keys::KeyHeader header, std::uint8_t p1) {
    auto const command = card.keys().key_load_command(
        card.identity(), {{name}, {apdu::KeyName::temporary_mk}, header, p1},
        short_challenge(card));
    return card.send(command.value().view());
}

std::string write_pin(Bench& card, keys::KeyHeader header, std::string_view digits) {
    auto const pin = keys::Pin::from_digits(digits);
    auto const command = card.keys().pin_load_command(
        card.identity(), {apdu::KeyName::temporary_mk}, header, pin.value(), short_challenge(card));
    return card.send(command.value().view());
}

void build_mf(Bench& card) {
    ASSERT_EQ(card.send(verify_transport_key_command(card)), "9000");
    ASSERT_EQ(card.send(create_mf_command()), "9000");
    ASSERT_EQ(card.send(create_key_file_command()), "9000");
    ASSERT_EQ(write_temporary_mk(card), "9000");
    ASSERT_EQ(write_key(card, apdu::KeyName::mk_mf,
                        {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10}, 0x01),
              "9000");
    ASSERT_EQ(card.send(create_fci_file_command()), "9000");
    ASSERT_EQ(card.authenticate_mk(apdu::KeyName::mk_mf), "9000");
}

void build_environment(Bench& card) {
    ASSERT_EQ(card.send(create_environment_command()), "9000");
    ASSERT_EQ(card.select_fid("DDF1"), "9000");
    ASSERT_EQ(card.send(create_key_file_command()), "9000");
    ASSERT_EQ(write_temporary_mk(card), "9000");
    ASSERT_EQ(write_key(card, apdu::KeyName::irk, {0x0E, 0x00, 0x01, 0xEF, 0x33, 0x00, 0x11, 0x10}),
              "9000");
    ASSERT_EQ(
        write_key(card, apdu::KeyName::stk_ssse, {0x07, 0x02, 0x01, 0xEF, 0x00, 0x01, 0x22, 0x08}),
        "9000");
    ASSERT_EQ(
        write_key(card, apdu::KeyName::uk_ssse, {0x0D, 0x04, 0x01, 0xEF, 0x33, 0x00, 0x33, 0x10}),
        "9000");
    ASSERT_EQ(write_key(card, apdu::KeyName::puk, {0x0D, 0x06, 0x01, 0xEF, 0x33, 0x00, 0x55, 0x10}),
              "9000");
    ASSERT_EQ(write_pin(card, {0x01, 0x00, 0x01, 0xEF, 0x66, 0x55, 0x77, 0x10}, "123456"), "9000");
    ASSERT_EQ(write_key(card, apdu::KeyName::mk_ssse,
                        {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10}, 0x01),
              "9000");
    ASSERT_EQ(card.authenticate_mk(apdu::KeyName::mk_ssse), "9000");
}

} // namespace virtual_card
