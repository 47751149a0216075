#include "host/pcsc/pcsc_error.hpp"

#include <gtest/gtest.h>
#include <winscard.h>

namespace {

using apdu::Error;
using pcsc::error_of;

TEST(PcscError, TellsAServiceThatIsNotThere) {
    EXPECT_EQ(error_of(SCARD_E_NO_SERVICE), Error::service_gone);
    EXPECT_EQ(error_of(SCARD_E_SERVICE_STOPPED), Error::service_gone);
    EXPECT_EQ(error_of(SCARD_F_COMM_ERROR), Error::service_gone);
}

TEST(PcscError, TellsAReaderThatIsNotThere) {
    EXPECT_EQ(error_of(SCARD_E_UNKNOWN_READER), Error::reader_gone);
    EXPECT_EQ(error_of(SCARD_E_READER_UNAVAILABLE), Error::reader_gone);
    EXPECT_EQ(error_of(SCARD_E_NO_READERS_AVAILABLE), Error::reader_gone);
}

TEST(PcscError, TellsAReaderThatAnotherProgramHolds) {
    EXPECT_EQ(error_of(SCARD_E_SHARING_VIOLATION), Error::sharing_violation);
}

TEST(PcscError, TellsAnAbsentCardFromAPulledOne) {
    EXPECT_EQ(error_of(SCARD_E_NO_SMARTCARD), Error::card_absent);
    EXPECT_EQ(error_of(SCARD_W_REMOVED_CARD), Error::card_removed);
    EXPECT_EQ(error_of(SCARD_W_RESET_CARD), Error::card_removed);
}

TEST(PcscError, TellsAMuteCard) {
    EXPECT_EQ(error_of(SCARD_W_UNRESPONSIVE_CARD), Error::card_mute);
    EXPECT_EQ(error_of(SCARD_W_UNPOWERED_CARD), Error::card_mute);
    EXPECT_EQ(error_of(SCARD_E_PROTO_MISMATCH), Error::card_mute);
    EXPECT_EQ(error_of(SCARD_E_NOT_TRANSACTED), Error::card_mute);
}

TEST(PcscError, TellsATimeoutAndAnOverlongAnswer) {
    EXPECT_EQ(error_of(SCARD_E_TIMEOUT), Error::timed_out);
    EXPECT_EQ(error_of(SCARD_E_INSUFFICIENT_BUFFER), Error::too_long);
}

TEST(PcscError, TakesAnUnknownCodeForABrokenService) {
    EXPECT_EQ(error_of(0x12345678), Error::service_gone);
    EXPECT_EQ(pcsc::name_of(0x12345678), "SCARD_?");
}

TEST(PcscError, NamesCodesAsPcscDoes) {
    EXPECT_EQ(pcsc::name_of(SCARD_E_SHARING_VIOLATION), "SCARD_E_SHARING_VIOLATION");
    EXPECT_EQ(pcsc::name_of(SCARD_S_SUCCESS), "SCARD_S_SUCCESS");
}

} // namespace
