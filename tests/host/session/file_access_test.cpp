#include "host/session/file_access.hpp"

#include "host/session/file_text.hpp"

#include "tests/apdu/hex_bytes.hpp"
#include "tests/host/session/altered_connection.hpp"
#include "tests/host/session/test_card.hpp"

#include <gtest/gtest.h>

namespace session {
namespace {

using apdu::AccessRule;
using apdu::bytes;
using apdu::KeyName;

std::string text_in(CardOnTheTable& card, std::string_view file, std::string_view item,
                    Rights const& rights) {
    auto const place = card.place(file);
    auto const content = read_file(card.session, place, rights);
    EXPECT_TRUE(content.ok()) << to_text(content.error().code) << " " << content.error().detail;
    if (!content.ok()) {
        return {};
    }
    for (ItemText const& text : file_text(*place.file, content.value()).value()) {
        if (text.name == item) {
            return text.text;
        }
    }
    return {};
}

/// Every fact holds for both algorithms.
class FileOf : public ::testing::TestWithParam<bool> {
public:
    [[nodiscard]] static virtual_card::CardPlan plan() {
        return GetParam() ? sm4_card() : des_card();
    }
    keys::Pin pin = pin_of("123456");
    keys::Pin wrong = pin_of("654321");
};
INSTANTIATE_TEST_SUITE_P(BothAlgorithms, FileOf, ::testing::Values(false, true),
                         [](auto const& each) { return each.param ? "Sm4" : "Des"; });

TEST_P(FileOf, BehindPinOrKeyIsReadWithTheKeyFirst) {
    CardOnTheTable card{live_card(plan())};
    EXPECT_EQ(text_in(card, "residence", "phone", {.pin = &wrong}), "01000000000");
    EXPECT_TRUE(card.session.is_authenticated({KeyName::rk1_df01}));
    EXPECT_FALSE(card.session.is_pin_verified());
}

TEST_P(FileOf, BehindPinOrKeyIsReadWithThePinWhereTheKeyIsNotAtHand) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk1_df01}};
    EXPECT_EQ(text_in(card, "residence", "phone", {.pin = &pin}), "01000000000");
    EXPECT_TRUE(card.session.is_pin_verified());
}

TEST_P(FileOf, BehindPinOrKeyIsReadWithThePinWhereKeysAreNotToBeUsed) {
    CardOnTheTable card{live_card(plan())};
    EXPECT_EQ(text_in(card, "residence", "phone", {.pin = &pin, .use_keys = false}), "01000000000");
    EXPECT_FALSE(card.session.is_authenticated({KeyName::rk1_df01}));
}

TEST_P(FileOf, BehindPinOrKeyNeedsOneOfThem) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk1_df01}};
    auto const refused = read_file(card.session, card.place("residence"), {});
    EXPECT_EQ(code_of(refused), FaultCode::pin_needed);
    EXPECT_EQ(refused.error().detail, "DF01/EF06");
}

TEST_P(FileOf, ThePinIsVerifiedOnceInADirectory) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk1_df01}};
    text_in(card, "residence", "phone", {.pin = &pin});
    std::size_t const before = card.connection.commands();
    EXPECT_EQ(text_in(card, "education", "education", {}), "21");
    EXPECT_LE(card.connection.commands() - before, 2U); // 6Cxx or not
}

TEST_P(FileOf, AWrongPinIsTold) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk1_df01}};
    auto const refused = read_file(card.session, card.place("residence"), {.pin = &wrong});
    EXPECT_EQ(code_of(refused), FaultCode::pin_wrong);
    EXPECT_EQ(refused.error().tries_left, 5);
}

TEST_P(FileOf, TheLastTryIsNotSpentForAFile) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk1_df01}};
    for (unsigned i = 0; i < 5; ++i) {
        EXPECT_FALSE(verify_pin(card.session, wrong, LastTry::spend).ok());
    }
    EXPECT_EQ(code_of(read_file(card.session, card.place("residence"), {.pin = &pin})),
              FaultCode::last_try_refused);
    EXPECT_TRUE(
        read_file(card.session, card.place("residence"), {.pin = &pin, .last_try = LastTry::spend})
            .ok());
}

TEST_P(FileOf, BehindAKeyNeedsTheKey) {
    CardOnTheTable card{live_card(plan()), {KeyName::rk_ssse}};
    EXPECT_EQ(code_of(read_file(card.session, card.place("photo"), {.pin = &pin})),
              FaultCode::key_missing);
    CardOnTheTable other{live_card(plan())};
    EXPECT_EQ(code_of(read_file(other.session, other.place("photo"), {.use_keys = false})),
              FaultCode::key_missing);
    EXPECT_TRUE(read_file(other.session, other.place("photo"), {}).ok());
}

TEST_P(FileOf, BehindPinAndKeyNeedsBoth) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF04/EF06");
    ASSERT_EQ(place.file->read.rule, AccessRule::pin_and_key);
    EXPECT_EQ(code_of(read_file(card.session, place, {})), FaultCode::pin_needed);
    EXPECT_TRUE(read_file(card.session, place, {.pin = &pin}).ok());
    CardOnTheTable without{live_card(plan()), {KeyName::rk1_df04}};
    EXPECT_EQ(code_of(read_file(without.session, place, {.pin = &wrong})), FaultCode::key_missing);
    EXPECT_EQ(pin_status(without.session).value().tries_left, 6);
}

TEST_P(FileOf, ThatNobodyMayWriteIsNotTried) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF04/EF08");
    ASSERT_EQ(place.file->write.rule, AccessRule::never);
    std::size_t const before = card.connection.commands();
    std::vector<std::uint8_t> const record(place.file->size);
    EXPECT_EQ(code_of(append_record(card.session, place, record, {})), FaultCode::access_never);
    EXPECT_EQ(card.connection.commands(), before);
}

TEST_P(FileOf, IsWrittenUnderItsKeyAndReadBack) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF01/EF07");
    ASSERT_TRUE(write_record(card.session, place, 1, bytes("290135"), {}).ok());
    EXPECT_EQ(read_record(card.session, place, 1, {}).value(), bytes("290135"));
    EXPECT_EQ(read_file(card.session, place, {}).value(), bytes("290135"));
}

TEST_P(FileOf, IsNotWrittenWithoutItsKey) {
    CardOnTheTable card{live_card(plan()), {KeyName::uk2_df01}};
    auto const refused =
        write_record(card.session, card.place("DF01/EF07"), 1, bytes("290135"), {.pin = &pin});
    EXPECT_EQ(code_of(refused), FaultCode::key_missing);
}

TEST_P(FileOf, TheHoldersDataAreWrittenUnderAKeyOfSsse) {
    CardOnTheTable card{live_card(plan())};
    ASSERT_TRUE(
        write_record(card.session, card.place("holder_basic_data"), 4, bytes("0A0132"), {}).ok());
    EXPECT_EQ(text_in(card, "holder_basic_data", "sex", {}), "2");
}

TEST_P(FileOf, WithFixedRecordsIsWrittenAndRead) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF03/EF19");
    std::string const record =
        "7927 1803313130 1903110101 1A0420240101 1B0420241231 1C0400012345 1D03303132 1E0420250101";
    ASSERT_TRUE(write_record(card.session, place, 2, bytes(record), {}).ok());
    EXPECT_EQ(read_record(card.session, place, 2, {}).value(), bytes(record));
    EXPECT_EQ(read_file(card.session, place, {}).value().size(), 4U * 0x29);
}

TEST_P(FileOf, OfMoreThan256BytesIsReadWhole) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF02/EF05");
    auto const content = read_file(card.session, place, {});
    ASSERT_TRUE(content.ok());
    EXPECT_EQ(content.value().size(), apdu::records_size(*place.file));
}

TEST_P(FileOf, InACycleIsAppendedToAndReadNewestFirst) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("DF04/EF15");
    ASSERT_TRUE(append_record(card.session, place, bytes("000131"), {}).ok());
    ASSERT_TRUE(append_record(card.session, place, bytes("000239"), {}).ok());
    auto const content = read_file(card.session, place, {});
    ASSERT_TRUE(content.ok());
    EXPECT_EQ(apdu::copy_of(apdu::ByteView{content.value()}.first(6)), bytes("000239 000131"));
}

TEST_P(FileOf, ThatIsTransparentIsWrittenAndRead) {
    CardOnTheTable card{live_card(plan())};
    auto const place = card.place("photo");
    std::vector<std::uint8_t> photo(place.file->size);
    for (std::size_t i = 0; i < photo.size(); ++i) {
        photo[i] = static_cast<std::uint8_t>(i * 7);
    }
    ASSERT_TRUE(write_binary(card.session, place, photo, {}).ok());
    EXPECT_EQ(read_file(card.session, place, {}).value(), photo);
}

TEST_P(FileOf, EveryOneOfTheTableIsReached) {
    CardOnTheTable card{live_card(plan())};
    for (apdu::DedicatedFile const& directory : card.session.layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            apdu::FilePlace const place{&directory, &file};
            auto const content = read_file(card.session, place, {.pin = &pin});
            if (file.is_internal || file.read.rule == AccessRule::never) {
                EXPECT_EQ(code_of(content), FaultCode::access_never) << file.name;
                continue;
            }
            EXPECT_TRUE(content.ok()) << file.name << " " << to_text(content.error().code);
            if (content.ok() && file.type != apdu::FileType::cyclic &&
                file.type != apdu::FileType::transparent) {
                EXPECT_EQ(content.value().size(), apdu::records_size(file)) << file.name;
            }
        }
    }
}

TEST_P(FileOf, IsReachedOnACardThatAnswersFieldDriversOnly) {
    virtual_card::LocalConnection connection{live_card(plan())};
    AlteredConnection old{connection};
    old.answer_instead([](std::size_t, std::vector<std::uint8_t> const& command)
                           -> std::optional<std::vector<std::uint8_t>> {
        bool const is_record = command[1] == 0xB2 || command[1] == 0xDC;
        bool const has_sfi = (command[3] >> 3U) != 0;
        bool const is_to_last = command[1] == 0xB2 && (command[3] & 0x07U) == 0x05;
        return is_record && (has_sfi || is_to_last) ? std::optional{bytes("6A86")} : std::nullopt;
    });
    TestKeys keys;
    CardChannel channel{old};
    CardSession session = open_session(channel, keys.service());
    for (apdu::DedicatedFile const& directory : session.layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (file.is_internal || file.type == apdu::FileType::transparent) {
                continue;
            }
            apdu::FilePlace const place{&directory, &file};
            auto const content = read_file(session, place, {.pin = &pin});
            EXPECT_TRUE(content.ok()) << file.name;
            if (content.ok() && file.type != apdu::FileType::cyclic) {
                EXPECT_EQ(content.value().size(), apdu::records_size(file)) << file.name;
            }
        }
    }
    auto const place = apdu::find_file(session.layout(), "DF01/EF07").value();
    ASSERT_TRUE(write_record(session, place, 1, bytes("290135"), {}).ok());
    EXPECT_EQ(read_record(session, place, 1, {}).value(), bytes("290135"));
}

TEST_P(FileOf, ThatTheCardLacksIsToldByItsPath) {
    auto memory = live_card(plan());
    for (auto& directory : memory.directories) {
        if (directory.fid == 0xDF01) {
            std::erase_if(directory.files, [](auto const& file) { return file.fid == 0xEF06; });
        }
    }
    CardOnTheTable card{memory};
    auto const refused = read_file(card.session, card.place("residence"), {});
    EXPECT_EQ(code_of(refused), FaultCode::unexpected_status);
    EXPECT_EQ(refused.error().status, apdu::sw::file_not_found);
    EXPECT_EQ(refused.error().detail, "DF01/EF06");
}

} // namespace
} // namespace session
