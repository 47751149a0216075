#include "desk.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

api::PersonalizeRequest order(api::Stage stage) {
    api::PersonalizeRequest request;
    request.stage = stage;
    if (stage != api::Stage::structure) {
        request.record = api::RecordText{std::string{zhang_san}};
    }
    return request;
}

TEST(CardService, TellsTheBasicDataOfALiveCard) {
    Desk desk{{live_card()}};
    auto const data = desk.ask(api::BasicDataRequest{});
    ASSERT_TRUE(data.ok()) << data.error().code;
    EXPECT_EQ(data.value().name, "张三");
    EXPECT_EQ(data.value().card_number, "A0000002X");
    EXPECT_EQ(data.value().social_security_number, "110101190001010014");
    EXPECT_EQ(data.value().algorithm, "3DES");
    EXPECT_EQ(data.value().region, "639900");
    EXPECT_TRUE(data.value().genuine_checked);
    EXPECT_EQ(data.value().pin.state, api::PinState::set);
    EXPECT_EQ(data.value().pin.tries_left, 6);
}

TEST(CardService, TellsFreeDataWithoutKeys) {
    Desk desk{{live_card()}, {}, false};
    auto const data = desk.ask(api::BasicDataRequest{});
    ASSERT_TRUE(data.ok()) << data.error().code;
    EXPECT_EQ(data.value().name, "张三");
    EXPECT_FALSE(data.value().genuine_checked);
}

TEST(CardService, AnEmptyReaderHasNoCard) {
    Desk desk{{std::nullopt}};
    auto const data = desk.ask(api::BasicDataRequest{});
    EXPECT_EQ(code_of(data), "no_card");
    EXPECT_EQ(data.error().detail, "Reader 1");
}

TEST(CardService, MakesALiveCardFromABareChipAndTellsItsProgress) {
    Desk desk{{bare_chip()}, office()};
    auto const made = desk.ask(order(api::Stage::both));
    ASSERT_TRUE(made.ok()) << made.error().code << " " << made.error().detail;
    EXPECT_EQ(made.value().card_number, "A0000002X");
    EXPECT_EQ(made.value().region, "639900");
    EXPECT_TRUE(made.value().test_keys);
    EXPECT_EQ(desk.caller.told.size(), made.value().steps);
    auto const data = desk.ask(api::BasicDataRequest{});
    ASSERT_TRUE(data.ok()) << data.error().code;
    EXPECT_EQ(data.value().name, "张三");
}

TEST(CardService, StagesMayBeDoneOneByOne) {
    Desk desk{{bare_chip()}, office()};
    ASSERT_EQ(code_of(desk.ask(order(api::Stage::structure))), "ok");
    auto const diagnosis = desk.ask(api::DiagnosisRequest{});
    EXPECT_EQ(diagnosis.value().recognized, "blank_card");
    ASSERT_EQ(code_of(desk.ask(order(api::Stage::data))), "ok");
    EXPECT_EQ(code_of(desk.ask(order(api::Stage::data))), "already_personalized");
}

TEST(CardService, AWrongRecordIsToldBeforeACardIsTouched) {
    Desk desk{{blank_card()}, office()};
    auto request = order(api::Stage::data);
    request.record->text = R"({"holder_basic_data": {"name": ""}})";
    auto const made = desk.ask(std::move(request));
    EXPECT_EQ(code_of(made), "record_invalid");
    EXPECT_GT(made.error().problems.size(), 1U);
    EXPECT_EQ(desk.opened(), 0);
}

TEST(CardService, AWrongTransportKeyIsNotTriedASecondTimeByItself) {
    // A chip of another factory, under another transport key.
    std::vector<keys::MasterKey> foreign;
    std::array<std::uint8_t, 16> const bytes{0x10, 0x32, 0x54, 0x76, 0x98, 0xBA, 0xDC, 0xFE,
                                             0x01, 0x23, 0x45, 0x67, 0x89, 0xAB, 0xCD, 0xEF};
    foreign.push_back({apdu::KeyName::transport_key, std::nullopt, keys::Tier::ministry,
                       keys::CardKey{keys::CipherKind::des3, bytes}});
    auto chip = virtual_card::make_bare({}, {foreign, true});
    ASSERT_TRUE(chip.ok());
    Desk other{{std::move(chip).value().memory}, office()};
    auto const first = other.ask(order(api::Stage::structure));
    EXPECT_EQ(code_of(first), "transport_key_wrong");
    EXPECT_EQ(first.error().tries_left, 2);
    EXPECT_EQ(code_of(other.ask(order(api::Stage::structure))), "transport_key_refused_before");
    auto again = order(api::Stage::structure);
    again.try_transport_key_again = true;
    auto const second = other.ask(std::move(again));
    EXPECT_EQ(code_of(second), "transport_key_wrong");
    EXPECT_EQ(second.error().tries_left, 1);
}

TEST(CardService, APinIsVerifiedChangedAndReset) {
    Desk desk{{live_card()}};
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"123456"}})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::PinChangeRequest{.old_pin = api::PinText{"123456"},
                                                     .new_pin = api::PinText{"654321"}})),
              "ok");
    auto const wrong = desk.ask(api::PinVerifyRequest{.pin = api::PinText{"123456"}});
    EXPECT_EQ(code_of(wrong), "pin_wrong");
    EXPECT_EQ(wrong.error().tries_left, 5);
    auto const reset = desk.ask(api::PinResetRequest{.new_pin = api::PinText{"111222"}});
    ASSERT_TRUE(reset.ok()) << reset.error().code;
    EXPECT_EQ(reset.value().tries_left, 6);
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"111222"}})), "ok");
}

TEST(CardService, TheLastTryIsRefusedUnlessItIsForced) {
    Desk desk{{live_card()}};
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"999999"}})),
                  "pin_wrong");
    }
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"123456"}})),
              "last_try_refused");
    auto const last =
        desk.ask(api::PinVerifyRequest{.pin = api::PinText{"999999"}, .spend_last_try = true});
    EXPECT_EQ(code_of(last), "pin_wrong");
    EXPECT_EQ(last.error().tries_left, 0);
    EXPECT_EQ(desk.ask(api::PinStatusRequest{}).value().state, api::PinState::blocked);
    EXPECT_EQ(code_of(desk.ask(api::PinUnblockRequest{})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"123456"}})), "ok");
}

TEST(CardService, APinThatIsNoneIsRefusedBeforeTheCard) {
    Desk desk{{live_card()}};
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"12"}})), "pin_malformed");
    EXPECT_EQ(desk.ask(api::PinStatusRequest{}).value().tries_left, 6);
}

TEST(CardService, WithoutDeskEntryNoPinIsTaken) {
    Configuration configuration;
    configuration.desk_pin_allowed = false;
    Desk desk{{live_card()}, configuration};
    EXPECT_EQ(code_of(desk.ask(api::PinVerifyRequest{.pin = api::PinText{"123456"}})),
              "desk_pin_refused");
    EXPECT_EQ(code_of(desk.ask(api::PinResetRequest{.new_pin = api::PinText{"123456"}})),
              "desk_pin_refused");
    EXPECT_EQ(desk.opened(), 0);
}

TEST(CardService, ReadsAFileAnItemAndAllFiles) {
    Desk desk{{live_card()}};
    auto const file = desk.ask(api::FileReadRequest{.file = "SSSE/EF06"});
    ASSERT_TRUE(file.ok()) << file.error().code;
    EXPECT_EQ(file.value().files.at(0).name, "holder_basic_data");
    auto const item = desk.ask(api::FileReadRequest{.file = "holder_basic_data", .item = "sex"});
    ASSERT_TRUE(item.ok()) << item.error().code;
    EXPECT_EQ(item.value().files.at(0).entries.at(0).value.text, "1");
    auto const all = desk.ask(api::FileReadRequest{});
    ASSERT_TRUE(all.ok()) << all.error().code;
    EXPECT_GT(all.value().files.size(), 20U);
    EXPECT_EQ(code_of(desk.ask(api::FileReadRequest{.file = "DF01/EF7F"})), "unknown_file");
    EXPECT_EQ(code_of(desk.ask(api::FileReadRequest{.file = "SSSE/EF06", .item = "shoe_size"})),
              "unknown_item");
}

TEST(CardService, WritesAnItemAndReadsItBack) {
    Desk desk{{live_card()}};
    auto const written = desk.ask(
        api::FileWriteRequest{.file = "personal_status", .item = "employment_state", .value = "3"});
    ASSERT_TRUE(written.ok()) << written.error().code << written.error().detail;
    EXPECT_EQ(written.value().path, "DF01/EF07");
    EXPECT_TRUE(written.value().read_back);
    auto const read = desk.ask(api::FileReadRequest{.file = "DF01/EF07"});
    ASSERT_TRUE(read.ok()) << read.error().code;
    EXPECT_EQ(read.value().files.at(0).entries.at(0).value.text, "3");
    EXPECT_EQ(code_of(desk.ask(api::FileWriteRequest{.file = "DF01/EF07"})), "request_invalid");
}

TEST(CardService, AConstructedItemIsWrittenWithAllItsParts) {
    Desk desk{{live_card()}};
    api::FileWriteRequest request{.file = "education", .item = "degree", .occurrence = 2};
    request.parts = {{"degree_code", "203"}, {"school", "某大学"}};
    auto const refused = desk.ask(request);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, "request_invalid");
    EXPECT_EQ(refused.error().problems.at(0).where, "/parts/major");
    request.parts["major"] = "081200";
    auto const written = desk.ask(request);
    ASSERT_TRUE(written.ok()) << written.error().code << written.error().detail;
    auto const read = desk.ask(api::FileReadRequest{.file = "education", .item = "degree"});
    ASSERT_TRUE(read.ok()) << read.error().code;
    EXPECT_EQ(read.value().files.at(0).entries.at(1).parts.at(2).text, "某大学");
}

TEST(CardService, ATransparentFileIsWrittenWhole) {
    Desk desk{{live_card()}};
    auto const written = desk.ask(api::FileWriteRequest{.file = "photo", .bytes = "/9j/4A=="});
    ASSERT_TRUE(written.ok()) << written.error().code << written.error().detail;
    EXPECT_EQ(written.value().size, 4U);
    auto const read = desk.ask(api::FileReadRequest{.file = "photo"});
    ASSERT_TRUE(read.ok()) << read.error().code;
    EXPECT_TRUE(read.value().files.at(0).bytes->starts_with("/9j/4AAA"));
    EXPECT_EQ(code_of(desk.ask(api::FileWriteRequest{.file = "photo", .bytes = "no base64"})),
              "request_invalid");
}

TEST(CardService, TheBankApplicationIsTheBanks) {
    Desk desk{{live_card()}};
    EXPECT_EQ(code_of(desk.ask(api::ApplicationBlockRequest{.application = "PBOC"})),
              "bank_application");
    EXPECT_EQ(desk.opened(), 0);
}

TEST(CardService, AnApplicationIsBlockedForGood) {
    Desk desk{{live_card()}};
    EXPECT_EQ(code_of(desk.ask(api::ApplicationBlockRequest{.application = "DF77"})),
              "unknown_file");
    auto const blocked = desk.ask(api::ApplicationBlockRequest{.application = "df03"});
    ASSERT_TRUE(blocked.ok()) << blocked.error().code;
    EXPECT_EQ(code_of(desk.ask(api::FileReadRequest{.file = "DF03/EF07"})), "application_blocked");
}

TEST(CardService, ACardIsBlockedForGood) {
    Desk desk{{live_card()}};
    ASSERT_EQ(code_of(desk.ask(api::CardBlockRequest{})), "ok");
    EXPECT_EQ(code_of(desk.ask(api::BasicDataRequest{})), "card_blocked");
}

TEST(CardService, ADiagnosisTellsHeadersAndNeverFails) {
    Desk desk{{live_card()}};
    auto const found = desk.ask(api::DiagnosisRequest{});
    ASSERT_TRUE(found.ok());
    EXPECT_EQ(found.value().recognized, "live_card");
    EXPECT_EQ(found.value().protocol, "T=0");
    EXPECT_EQ(found.value().historical, "00814E43238697159900BF7C7A");
    ASSERT_FALSE(found.value().trace.empty());
    EXPECT_EQ(found.value().trace[0].header, "00A40400");
    EXPECT_EQ(found.value().trace[0].command, "SELECT");
    Desk bare{{bare_chip()}};
    EXPECT_EQ(bare.ask(api::DiagnosisRequest{}).value().recognized, "bare_chip");
    Desk empty{{std::nullopt}};
    EXPECT_EQ(empty.ask(api::DiagnosisRequest{}).value().fault->code, "no_card");
}

TEST(CardService, ARecordIsCheckedWithoutACard) {
    Desk desk{{}};
    auto const checked =
        desk.ask(api::RecordCheckRequest{.record = api::RecordText{std::string{zhang_san}}});
    ASSERT_TRUE(checked.ok());
    EXPECT_EQ(checked.value().card_number, "A0000002X");
    EXPECT_NE(desk.ask(api::RecordSchemaRequest{}).value().schema.text.find("holder_basic_data"),
              std::string::npos);
}

} // namespace
} // namespace sscardd
