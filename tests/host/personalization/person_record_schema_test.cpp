#include "host/personalization/person_record_schema.hpp"

#include "tests/host/personalization/office.hpp"
#include "tests/host/personalization/schema_validator.hpp"

#include "host/personalization/json_text.hpp"

#include "apdu/card_layout.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <set>

namespace personalization {
namespace {

Json schema() { return Json::parse(person_record_schema()); }

std::set<std::string> names_of(Json const& properties) {
    std::set<std::string> names;
    for (auto const& member : properties.items()) {
        names.insert(member.key());
    }
    return names;
}

std::set<std::string> names_of(std::span<apdu::Item const> items) {
    std::set<std::string> names;
    for (apdu::Item const& item : items) {
        names.insert(std::string{item.name});
    }
    return names;
}

/// The schema of the objects that a file's items stand in.
Json const& object_of(Json const& file) {
    return file.at("type") == "array" ? file.at("items") : file;
}

class OfVersion : public testing::TestWithParam<apdu::SpecVersion> {};

INSTANTIATE_TEST_SUITE_P(PersonRecordSchema, OfVersion,
                         testing::Values(apdu::SpecVersion::v2_00, apdu::SpecVersion::v3_00),
                         [](auto const& test) {
                             return test.param == apdu::SpecVersion::v2_00 ? "V2_00" : "V3_00";
                         });

TEST_P(OfVersion, NamesExactlyTheFilesThatAnOfficeMayWrite) {
    std::set<std::string> expected;
    for (apdu::DedicatedFile const& directory : apdu::layout_of(GetParam()).directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (!file.is_internal && file.write.rule != apdu::AccessRule::never) {
                expected.insert(std::string{file.name});
            }
        }
    }
    EXPECT_EQ(names_of(schema().at("properties")), expected);
}

TEST_P(OfVersion, NamesExactlyTheItemsOfEveryFileWithTheirOccurrences) {
    Json const whole = schema();
    for (apdu::DedicatedFile const& directory : apdu::layout_of(GetParam()).directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            auto const given = whole.at("properties").find(file.name);
            if (given == whole.at("properties").end() || file.type == apdu::FileType::transparent) {
                continue;
            }
            Json const& object = object_of(*given);
            EXPECT_EQ(names_of(object.at("properties")), names_of(file.items)) << file.name;
            EXPECT_EQ(object.at("additionalProperties"), false);
            for (apdu::Item const& item : file.items) {
                Json const& value = object.at("properties").at(std::string{item.name});
                if (item.occurrences > 1) {
                    EXPECT_EQ(value.at("maxItems"), item.occurrences) << item.name;
                }
                if (item.format == apdu::Format::tlv) {
                    Json const& parts = item.occurrences > 1 ? value.at("items") : value;
                    EXPECT_EQ(names_of(parts.at("properties")), names_of(item.parts));
                }
            }
        }
    }
}

TEST(PersonRecordSchema, ThePublishedFileIsTheSchema) {
    std::ifstream file{SSCARD_PUBLISHED_SCHEMA};
    std::string const published{std::istreambuf_iterator<char>{file}, {}};
    EXPECT_EQ(published, person_record_schema())
        << "make it anew: print_person_record_schema > " << SSCARD_PUBLISHED_SCHEMA;
}

TEST(PersonRecordSchema, LengthsAndFormsAreThoseOfTheItems) {
    Json const files = schema().at("properties");
    Json const& holder = files.at("holder_basic_data").at("properties");
    EXPECT_EQ(holder.at("name").at("maxLength"), 50); // 30 and 20 of the extension
    EXPECT_EQ(holder.at("name_extension").at("maxLength"), 20);
    EXPECT_EQ(holder.at("birth_place").at("pattern"), "^([0-9]{6}|)$");
    EXPECT_EQ(holder.at("ethnic_group").at("enum").size(), 58U); // 57 codes, and left out
    Json const& residence = files.at("residence").at("properties");
    EXPECT_EQ(residence.at("residence_address").at("maxLength"), 80);
    EXPECT_EQ(residence.at("phone").at("pattern"), "^([ -~]{1,15}|)$");
    EXPECT_EQ(files.at("employment_history").at("maxItems"), 4);
    EXPECT_EQ(files.at("photo").at("maxLength"), 5464); // base64 of 4096 bytes
}

TEST(PersonRecordSchema, TakesRecordsThatAreTaken) {
    for (std::string const& json : {std::string{zhang_san}, zhang_san_everywhere()}) {
        EXPECT_EQ(schema_faults(schema(), Json::parse(json)), std::vector<std::string>{});
        EXPECT_TRUE(PersonRecord::check(json, apdu::TextProfile::gbk).record.has_value());
    }
}

TEST(PersonRecordSchema, RefusesWhatItCanTellIsWrong) {
    Json record = Json::parse(zhang_san);
    record["holder_basic_data"]["sex"] = "3";
    record["holder_basic_data"]["birth_place"] = "1101";
    record["holder_basic_data"].erase("name");
    record["issuer_data"]["colour"] = "red";
    record["hobbies"] = Json::object();
    record["education"] = {{"degree", Json::array({{}, {}, {}, {}})}};
    auto const faults = schema_faults(schema(), record);
    EXPECT_EQ(std::set<std::string>(faults.begin(), faults.end()),
              (std::set<std::string>{"/holder_basic_data/sex", "/holder_basic_data/birth_place",
                                     "/holder_basic_data/name", "/issuer_data/colour", "/hobbies",
                                     "/education/degree"}));
}

} // namespace
} // namespace personalization
