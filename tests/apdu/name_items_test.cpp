#include "apdu/name_items.hpp"

#include "apdu/gbk.hpp"
#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace apdu {
namespace {

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) {
        all += text;
    }
    return all;
}

/// The value of an item: the text on the card, filled with zero bytes.
std::vector<std::uint8_t> value_of(std::string_view text, std::size_t size) {
    std::vector<std::uint8_t> value(size, 0);
    EXPECT_TRUE(utf8_to_card_text(text, TextProfile::gb18030, value).ok()) << text;
    return value;
}

std::string joined(ByteView name, ByteView extension) {
    std::array<char, 128> out{};
    Result<std::size_t> const size = join_name(name, extension, out);
    return size.ok() ? std::string{out.data(), size.value()} : "refused";
}

TEST(NameItems, AShortNameStaysInItem09) {
    NameParts const parts = split_name("张三", TextProfile::gbk).value();
    EXPECT_EQ(parts.name, "张三");
    EXPECT_EQ(parts.extension, "");
}

TEST(NameItems, ANameOf30BytesStaysInItem09) {
    std::string const name = repeated("张", 15);
    NameParts const parts = split_name(name, TextProfile::gbk).value();
    EXPECT_EQ(parts.name, name);
    EXPECT_EQ(parts.extension, "");
}

TEST(NameItems, ALongNameGoesOnInItem4E) {
    std::string const name = repeated("张", 25);
    NameParts const parts = split_name(name, TextProfile::gbk).value();
    EXPECT_EQ(parts.name, repeated("张", 15));
    EXPECT_EQ(parts.extension, repeated("张", 10));
}

TEST(NameItems, NoCharacterIsSplit) {
    std::string const name = "A" + repeated("张", 15);
    NameParts const parts = split_name(name, TextProfile::gbk).value();
    EXPECT_EQ(parts.name, "A" + repeated("张", 14));
    EXPECT_EQ(parts.extension, "张");
    std::string const of_four = repeated("𠮷", 8);
    NameParts const four = split_name(of_four, TextProfile::gb18030).value();
    EXPECT_EQ(four.name, repeated("𠮷", 7));
    EXPECT_EQ(four.extension, "𠮷");
}

TEST(NameItems, ANameOverBothItemsIsTooLong) {
    EXPECT_EQ(split_name(repeated("张", 26), TextProfile::gbk).error(), Error::too_long);
    EXPECT_EQ(split_name("A" + repeated("张", 25), TextProfile::gbk).error(), Error::too_long);
}

TEST(NameItems, OtherErrorsAreTold) {
    EXPECT_EQ(split_name("张\xFF", TextProfile::gbk).error(), Error::bad_encoding);
    EXPECT_EQ(split_name("张𠮷", TextProfile::gbk).error(), Error::not_encodable);
}

TEST(NameItems, BothItemsGiveTheNameBack) {
    for (std::string const& name :
         {std::string{}, std::string{"张三"}, repeated("张", 25), "A" + repeated("张", 20)}) {
        NameParts const parts = split_name(name, TextProfile::gbk).value();
        EXPECT_EQ(
            joined(value_of(parts.name, name_size), value_of(parts.extension, name_extension_size)),
            name);
    }
}

TEST(NameItems, ANameThatAnotherProgramSplitInACharacterIsWhole) {
    std::string const name = "A" + repeated("张", 16);
    std::vector<std::uint8_t> const all = value_of(name, name_size + name_extension_size);
    EXPECT_EQ(joined(ByteView{all}.first(name_size), ByteView{all}.subspan(name_size)), name);
}

TEST(NameItems, ACardWithoutItem4EHasTheNameInItem09) {
    EXPECT_EQ(joined(value_of("张三", name_size), {}), "张三");
}

TEST(NameItems, ValuesThatAreNoNameAreErrors) {
    std::array<char, 2> out{};
    EXPECT_EQ(join_name(bytes("D5C5"), {}, out).error(), Error::buffer_too_small);
    EXPECT_EQ(join_name(bytes("D5"), {}, out).error(), Error::bad_encoding);
    EXPECT_EQ(join_name(std::vector<std::uint8_t>(31, 'A'), {}, out).error(), Error::too_long);
    EXPECT_EQ(join_name({}, std::vector<std::uint8_t>(21, 'A'), out).error(), Error::too_long);
}

} // namespace
} // namespace apdu
