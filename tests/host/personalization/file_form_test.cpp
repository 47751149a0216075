#include "host/personalization/file_form.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

/// What CREATE EF is sent for that file of a card of 2.00.
std::vector<std::uint8_t> created(std::string_view path,
                                  apdu::SpecVersion version = apdu::SpecVersion::v2_00) {
    auto const place = apdu::find_file(apdu::layout_of(version), path);
    return create_file_data(form_of(place.value(), t514()), t514());
}

// Each by hand from cos-t514.md §3: 000000, size, FID, type, 00, SFI, SCW, record length, read
// control, write control. Levels in SSSE: IRK 11, STK 22, UK 33, BK 44, PUK 55, RK 66, PIN 77.

TEST(FileForm, IssuerData) {
    // Values 10+01+04+0C+04+04+09 = 32h = 50, seven heads 14, 2 more: 66 = 42h. Read free, write
    // UKSSSE.
    EXPECT_EQ(created("SSSE/EF05"), apdu::bytes("000000 0042 EF05 C6 00 05 00 FF 0000 0033"));
}

TEST(FileForm, HolderDataAreFreeOn2_00AndBehindRksseOn3_00) {
    // Values 12+1E+14+01+01+03+04 = 77, heads 14, 2: 93 = 5Dh.
    EXPECT_EQ(created("SSSE/EF06"), apdu::bytes("000000 005D EF06 C6 00 06 00 FF 0000 0033"));
    EXPECT_EQ(created("SSSE/EF06", apdu::SpecVersion::v3_00),
              apdu::bytes("000000 005D EF06 C6 00 06 00 FF 0066 0033"));
}

TEST(FileForm, PhotoIsTransparentWithItsBytesAlone) {
    EXPECT_EQ(created("SSSE/EF08"), apdu::bytes("000000 1000 EF08 C4 00 08 00 00 0066 0033"));
}

TEST(FileForm, ResidenceIsReadByPinOrKey) {
    // Values 50h+03+0F+32h+0F = 163, heads 10, 2: 175 = AFh. PIN 77 or RK1DF01, the seventh key of
    // DF01, 77; write UK4DF01, the fifth, 55.
    EXPECT_EQ(created("DF01/EF06"), apdu::bytes("000000 00AF EF06 C6 00 06 00 FF 7777 0055"));
}

TEST(FileForm, OfflineSettlementNeedsPinAndKey) {
    // Values 1+4+2 = 7, heads 6, 2: 15 = 0Fh. SCW 40: reading needs both. RK1DF04 is the sixth key
    // of DF04 (DLK, DPK, DTK, STK, LK, RK1), UK2DF04 the eighth.
    EXPECT_EQ(created("DF04/EF06"), apdu::bytes("000000 000F EF06 C6 00 06 40 FF 7766 0088"));
}

TEST(FileForm, MedicalTransactionsAreReadByPinAndWrittenByNobody) {
    // 1Ch × 30 = 840, 2: 842 = 034Ah.
    EXPECT_EQ(created("DF04/EF08"), apdu::bytes("000000 034A EF08 C7 00 08 00 1C 7700 EFEF"));
}

TEST(FileForm, CertificatesAreFixedRecordsWithTagAndLength) {
    // Four records of 27h + 2: 164, 2: 166 = A6h; record length 29h. RK1DF03 is the third key of
    // DF03 (STK, LK, RK1, RK2, UK1 …), UK8DF03 the twelfth.
    EXPECT_EQ(created("DF03/EF19"), apdu::bytes("000000 00A6 EF19 C5 00 19 00 29 7733 00CC"));
}

TEST(FileForm, ReservedFilesAreReadByAnyone) {
    // UK7DF01 is the ninth key of DF01.
    EXPECT_EQ(created("DF01/EF16"), apdu::bytes("000000 0128 EF16 C4 00 16 00 00 0000 0099"));
}

TEST(FileForm, KeyFileHas24BytesAKeyAndTwoMore) {
    // SSSE: MK, 3 IRK, STK, 3 UK, BK, PUK, 3 RK, PIN: 14 × 24 = 336, 2: 338 = 0152h.
    EXPECT_EQ(create_file_data(form_of(t514().key_file, std::size_t{14} * 24, t514()), t514()),
              apdu::bytes("000000 0152 001C C3 00 1C 00 18 EFEF 00FF"));
}

TEST(FileForm, TransactionFileIsWrittenByDsk) {
    EXPECT_EQ(create_file_data(
                  form_of(t514().transaction_file, t514().transaction_file_size, t514()), t514()),
              apdu::bytes("000000 001F 001B C3 00 1B 00 00 EFEF 0099"));
}

TEST(FileForm, DirIsReadByAnyoneAndWrittenByTheMk) {
    EXPECT_EQ(create_file_data(form_of(t514().directory_file, 0xAE, t514()), t514()),
              apdu::bytes("000000 00B0 001E D6 00 1E 00 FF 0000 00FF"));
}

} // namespace
} // namespace personalization
