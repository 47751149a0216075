#include "apdu/instruction.hpp"

#include <gtest/gtest.h>

namespace apdu {
namespace {

struct Row {
    Ins ins;
    unsigned byte;
};

// card.md §4.1, line by line.
constexpr Row user_card_commands[] = {
    {Ins::select, 0xA4},
    {Ins::read_record, 0xB2},
    {Ins::update_record, 0xDC},
    {Ins::read_binary, 0xB0},
    {Ins::update_binary, 0xD6},
    {Ins::get_challenge, 0x84},
    {Ins::internal_authenticate, 0x88},
    {Ins::external_authenticate, 0x82},
    {Ins::verify, 0x20},
    {Ins::change_pin, 0x5E},
    {Ins::pin_change_unblock, 0x24},
    {Ins::application_block, 0x1E},
    {Ins::card_block, 0x16},
    {Ins::get_response, 0xC0},
    {Ins::initialize, 0x28},
    {Ins::credit_for_load, 0x2A},
    {Ins::debit_for_purchase, 0x2C},
    {Ins::get_balance, 0x26},
    {Ins::get_transaction_proof, 0x2E},
    {Ins::starting_day, 0x56},
};

// cos-t514.md §3.
constexpr Row t514_commands[] = {
    {Ins::t514_structure, 0xE0},        {Ins::t514_write_key, 0xD4}, {Ins::t514_fci_record, 0xD2},
    {Ins::t514_historical_bytes, 0x14}, {Ins::t514_delete, 0xE1},
};

// card.md §4.3.
constexpr Row psam_commands[] = {
    {Ins::initialize_environment, 0xEC},
    {Ins::delivery_session_key, 0xDE},
    {Ins::cipher_data, 0xFA},
    {Ins::initialize_sam_for_purchase, 0x70},
    {Ins::credit_sam_for_purchase, 0x72},
};

TEST(Ins, UserCardCommandsAreThoseOfTheStandard) {
    for (Row const& row : user_card_commands) {
        EXPECT_EQ(static_cast<unsigned>(row.ins), row.byte);
    }
}

TEST(Ins, CardOperatingSystemCommandsAreThoseOfT514) {
    for (Row const& row : t514_commands) {
        EXPECT_EQ(static_cast<unsigned>(row.ins), row.byte);
    }
}

TEST(Ins, PsamCommandsAreThoseOfTheStandard) {
    for (Row const& row : psam_commands) {
        EXPECT_EQ(static_cast<unsigned>(row.ins), row.byte);
    }
}

TEST(Ins, AnyByteIsOne) {
    for (unsigned value = 0; value <= 0xFF; ++value) {
        EXPECT_EQ(static_cast<unsigned>(static_cast<Ins>(value)), value);
    }
}

} // namespace
} // namespace apdu
