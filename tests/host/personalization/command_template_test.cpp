#include "host/personalization/command_template.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

constexpr auto nested = std::to_array<TemplatePart>({
    literal(0x70),
    length_of_rest(),
    value_of(Field::fid),
    length_of_rest(),
    literal(0x84),
    length_of(Field::name),
    value_of(Field::name),
});

TEST(CommandTemplate, AFieldStandsWithItsBytesAndALengthWithWhatFollows) {
    FieldValues values;
    values.set_number(Field::fid, 0xDF01).set(Field::name, apdu::bytes("D156"));
    EXPECT_EQ(fill(nested, values), apdu::bytes("70 07 DF01 04 84 02 D156"));
}

TEST(CommandTemplate, AnEmptyFieldHasLengthZero) {
    FieldValues values;
    values.set_number(Field::fid, 0xDF05).set(Field::name, {});
    EXPECT_EQ(fill(nested, values), apdu::bytes("70 05 DF05 02 84 00"));
}

TEST(CommandTemplate, ParametersComeFromFieldsToo) {
    CommandTemplate const command{apdu::Cla::interindustry, apdu::Ins::t514_fci_record,
                                  value_of(Field::record_number), value_of(Field::fci_file_sfi)};
    FieldValues values;
    values.set(Field::record_number, {0x03}).set(Field::fci_file_sfi, {0x1D});
    EXPECT_EQ(fill_header(command, values),
              (CommandHeader{apdu::Cla::interindustry, apdu::Ins::t514_fci_record, 0x03, 0x1D}));
}

TEST(CommandTemplateDeathTest, AFieldThatIsNotSetIsABug) {
    EXPECT_DEATH((void)fill(nested, FieldValues{}), "command_template");
}

} // namespace
} // namespace personalization
