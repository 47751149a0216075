#include "apdu/item_codec.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/apdu/item_codec_calls.hpp"
#include "tests/apdu/sample_text.hpp"

namespace apdu {
namespace {

constexpr std::array every_version{SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00};

/// Every simple item of every table, parts of constructed items and fields of cyclic records too.
std::vector<Item> all_simple_items() {
    std::vector<Item> items;
    auto const add = [&items](std::span<Item const> some) {
        for (Item const& item : some) {
            if (item.format != Format::tlv) {
                items.push_back(item);
            }
        }
    };
    for (SpecVersion const version : every_version) {
        for (DedicatedFile const& directory : layout_of(version).directories) {
            for (ElementaryFile const& file : directory.files) {
                add(file.items);
                for (Item const& item : file.items) {
                    add(item.parts);
                }
            }
        }
    }
    return items;
}

std::vector<std::uint8_t> unpersonalized(Item const& item) {
    std::vector<std::uint8_t> value(item.size, 0xEE);
    unpersonalized_value(item, value);
    return value;
}

TEST(ItemCodec, EverySampleOfEveryItemOfEveryVersionComesBack) {
    for (Item const& item : all_simple_items()) {
        for (std::string const& text : sample_texts(item)) {
            EXPECT_EQ(decoded(item, encoded(item, text)), text) << item.name;
        }
    }
}

TEST(ItemCodec, EveryItemHasSamples) {
    for (Item const& item : all_simple_items()) {
        EXPECT_FALSE(sample_texts(item).empty()) << item.name;
    }
}

TEST(ItemCodec, EmptyTextGivesTheUnpersonalizedForm) {
    for (Item const& item : all_simple_items()) {
        EXPECT_EQ(encoded(item, ""), unpersonalized(item)) << item.name;
    }
}

TEST(ItemCodec, AnUnpersonalizedValueIsEmptyTextAndANumberZero) {
    for (Item const& item : all_simple_items()) {
        EXPECT_EQ(decoded(item, unpersonalized(item)), item.content == Content::number ? "0" : "")
            << item.name;
    }
}

TEST(ItemCodec, UnpersonalizedCnIsAllFAndTextZeroBytes) {
    EXPECT_EQ(unpersonalized(holder("ethnic_group")), bytes("FF"));
    EXPECT_EQ(unpersonalized(holder("birth_place")), bytes("FFFFFF"));
    EXPECT_EQ(unpersonalized(holder("birth_date")), bytes("FFFFFFFF"));
    EXPECT_EQ(unpersonalized(holder("sex")), bytes("00"));
    EXPECT_EQ(unpersonalized(holder("name")), std::vector<std::uint8_t>(30, 0));
}

TEST(ItemCodec, UnpersonalizedConstructedItemHoldsItsPartsSo) {
    auto const place = find_file(layout_of(SpecVersion::v2_00), "employment_assistance");
    EXPECT_EQ(unpersonalized(place.value().file->items[0]),
              bytes("10 03 000000 11 04 FFFFFFFF 12 03 FFFFFF"));
}

TEST(ItemCodec, TextIsGbkFilledWithZeroBytes) {
    EXPECT_EQ(encoded(holder("name"), "张三"),
              bytes("D5C5 C8FD 0000 000000000000000000000000000000000000000000000000"));
    EXPECT_EQ(encoded(holder("sex"), "1"), bytes("31"));
}

TEST(ItemCodec, CnIsPackedAndFilledWithFNibbles) {
    EXPECT_EQ(encoded(holder("birth_date"), "1900-01-01"), bytes("19000101"));
    EXPECT_EQ(encoded(holder("ethnic_group"), "01"), bytes("01"));
    EXPECT_EQ(encoded(item_of("offline_settlement", "total_amount_fen"), "12345"),
              bytes("12345FFF"));
    EXPECT_EQ(encoded(item_of("supported_relatives", "relation"), "1"), bytes("1F"));
}

TEST(ItemCodec, NumbersAreBinaryMostSignificantByteFirst) {
    EXPECT_EQ(encoded(item_of("medical_transactions", "sequence"), "258"), bytes("0102"));
    EXPECT_EQ(encoded(item_of("medical_transactions", "account_amount_fen"), "100"),
              bytes("00000064"));
}

TEST(ItemCodec, ADateMayComeWithoutHyphens) {
    EXPECT_EQ(encoded(holder("birth_date"), "19000101"), bytes("19000101"));
    EXPECT_EQ(encoded(item_of("medical_transactions", "time"), "20240229235959"),
              bytes("20240229235959"));
}

TEST(ItemCodec, LeapDaysOfLeapYearsAreTaken) {
    EXPECT_EQ(encoded(holder("birth_date"), "2000-02-29"), bytes("20000229"));
    EXPECT_EQ(encoded(holder("birth_date"), "2024-02-29"), bytes("20240229"));
}

TEST(ItemCodec, TheMinoritiesMiddleDotIsGbk) {
    std::string const name = "古丽·买买提";
    EXPECT_EQ(decoded(holder("name"), encoded(holder("name"), name)), name);
}

TEST(ItemCodec, ReadingNeverRefusesWhatAnotherProgramWrote) {
    EXPECT_EQ(decoded(holder("sex"), bytes("37")), "7");
    EXPECT_EQ(decoded(holder("ethnic_group"), bytes("77")), "77");
    EXPECT_EQ(decoded(holder("birth_date"), bytes("20230229")), "20230229");
    EXPECT_EQ(decoded(holder("birth_date"), bytes("00000000")), "00000000");
    EXPECT_EQ(decoded(holder("birth_date"), bytes("1990FFFF")), "1990");
    EXPECT_EQ(decoded(item_of("medical_transactions", "time"), bytes("20240101246060")),
              "20240101246060");
    EXPECT_EQ(decoded(issuer("card_number"), bytes("313233000000000000")), "123");
}

TEST(ItemCodec, AValueMayBeShorterOrLongerThanItsItem) {
    EXPECT_EQ(decoded(holder("name"), bytes("D5C5")), "张");
    EXPECT_EQ(decoded(holder("name"), std::vector<std::uint8_t>(40, 'A')), std::string(40, 'A'));
    EXPECT_EQ(decoded(holder("birth_date"), {}), "");
}

TEST(ItemCodec, TextEndsAtItsFirstZeroByte) {
    EXPECT_EQ(decoded(holder("name"), bytes("41 00 42")), "A");
}

TEST(ItemCodec, ValuesThatAreNoTextOrDigitsAreErrors) {
    std::array<char, item_text_size_max> text{};
    EXPECT_EQ(decode_item(holder("name"), bytes("FFFF"), text).error(), Error::bad_encoding);
    EXPECT_EQ(decode_item(holder("name"), bytes("D5"), text).error(), Error::bad_encoding);
    EXPECT_EQ(decode_item(holder("birth_date"), bytes("1A"), text).error(), Error::not_digits);
    EXPECT_EQ(decode_item(holder("birth_place"), bytes("11FF01"), text).error(), Error::not_digits);
}

TEST(ItemCodec, AValueTooLongForAnyRecordIsAnError) {
    std::array<char, item_text_size_max> text{};
    std::vector<std::uint8_t> const value(256, 'A');
    EXPECT_EQ(decode_item(holder("name"), value, text).error(), Error::too_long);
    std::vector<std::uint8_t> const number(9, 0);
    EXPECT_EQ(decode_item(item_of("medical_transactions", "sequence"), number, text).error(),
              Error::too_long);
}

TEST(ItemCodec, ABufferThatIsTooSmallIsSaidSo) {
    std::array<char, 1> text{};
    for (Item const& item : all_simple_items()) {
        std::vector<std::uint8_t> const value = encoded(item, sample_texts(item).back());
        std::size_t const needed = decoded(item, value).size();
        if (needed > text.size()) {
            EXPECT_EQ(decode_item(item, value, text).error(), Error::buffer_too_small) << item.name;
        }
    }
}

} // namespace
} // namespace apdu
