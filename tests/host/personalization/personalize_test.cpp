#include "tests/host/personalization/office.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/file_access.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace personalization {
namespace {

class Personalize : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(EveryKind, Personalize, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

/// A fault in words, for the log of a test.
template <typename T>
std::string told(session::Outcome<T> const& outcome) {
    return outcome.ok() ? ""
                        : std::string{session::to_text(outcome.error().code)} + ": " +
                              outcome.error().detail;
}

void expect_basic_data(Office& office, CardKind kind) {
    auto card = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(card.ok()) << told(card);
    auto const data = session::read_basic_data(card.value());
    ASSERT_TRUE(data.ok()) << told(data);
    EXPECT_EQ(data.value().name, "张三");
    EXPECT_EQ(data.value().social_security_number, "110101190001010014");
    EXPECT_EQ(data.value().card_number, "A0000002X");
    EXPECT_EQ(data.value().issue_date, "2024-01-01");
    EXPECT_EQ(data.value().expiry_date, "2034-01-01");
    EXPECT_EQ(data.value().region, "639900");
    EXPECT_EQ(data.value().reset_info, "00814E43238697159900BF7C7A");
    EXPECT_EQ(data.value().version, apdu::to_text(kind.version));
    EXPECT_EQ(data.value().algorithm, kind.algorithm);
    EXPECT_EQ(data.value().pin.tries_left, 6);
    EXPECT_TRUE(data.value().genuine_checked);
}

/// Every record and byte of `person`, read through host/session.
void expect_everything(Office& office, PersonRecord const& person, std::string_view pin) {
    auto opened = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(opened.ok()) << told(opened);
    session::CardSession& card = opened.value();
    keys::Pin const holder_pin = pin_of(pin);
    for (FileContent const& content : person.files()) {
        auto const* const directory = apdu::find_directory(card.layout(), content.directory);
        auto const file =
            std::find_if(directory->files.begin(), directory->files.end(),
                         [&](auto const& candidate) { return candidate.fid == content.fid; });
        apdu::FilePlace const place{directory, &*file};
        if (file->type == apdu::FileType::transparent) {
            auto const bytes = session::read_file(card, place, {.pin = &holder_pin});
            ASSERT_TRUE(bytes.ok()) << told(bytes);
            EXPECT_TRUE(
                std::equal(content.binary.begin(), content.binary.end(), bytes.value().begin()))
                << file->name;
            continue;
        }
        for (RecordContent const& record : content.records) {
            auto const bytes =
                session::read_record(card, place, record.number, {.pin = &holder_pin});
            ASSERT_TRUE(bytes.ok()) << told(bytes);
            EXPECT_EQ(bytes.value(), record.bytes) << file->name << " " << int{record.number};
        }
    }
}

TEST_P(Personalize, ABareChipBecomesABlankAndThenALiveCard) {
    Office office{bare_chip(GetParam())};
    auto const structure = office.personalize(request_for(Stage::structure, GetParam()));
    ASSERT_TRUE(structure.ok()) << told(structure);
    EXPECT_EQ(structure.value().card_number, "");
    auto const data = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_TRUE(data.ok()) << told(data);
    EXPECT_EQ(data.value().card_id, structure.value().card_id);
    EXPECT_EQ(data.value().card_number, "A0000002X");
    EXPECT_EQ(data.value().reset_info, "00814E43238697159900BF7C7A");
    expect_basic_data(office, GetParam());
}

TEST_P(Personalize, ABareChipBecomesALiveCardInOneGo) {
    Office office{bare_chip(GetParam())};
    auto const report = office.personalize(request_for(Stage::both, GetParam()));
    ASSERT_TRUE(report.ok()) << told(report);
    EXPECT_EQ(report.value().commands, office.connection().commands());
    expect_basic_data(office, GetParam());
}

TEST_P(Personalize, AnOfficesBlankBecomesALiveCard) {
    Office office{blank(GetParam())};
    auto const report = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_TRUE(report.ok()) << told(report);
    expect_basic_data(office, GetParam());
}

TEST_P(Personalize, EveryFieldOfTheRecordIsOnTheCard) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(zhang_san_everywhere());
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
    expect_everything(office, *request.person, "123456");
}

TEST_P(Personalize, TheCardIsTheOneThatTheVirtualCardIsMadeAs) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(zhang_san_everywhere());
    ASSERT_TRUE(office.personalize(request).ok());
    auto const expected = virtual_card::make_personalized(card_plan(GetParam()), test_masters(),
                                                          zhang_san_everywhere());
    ASSERT_TRUE(expected.ok());
    EXPECT_EQ(office.memory(), expected.value().memory);
}

/// The test keys, but for a UKSSSE of our own in each version.
std::vector<keys::MasterKey> masters_with_other_uks() {
    auto masters = masters_without({apdu::KeyName::uk_ssse});
    for (std::uint8_t version = 1; version <= keys::key_version_max; ++version) {
        for (auto const kind : {keys::CipherKind::des3, keys::CipherKind::sm4}) {
            std::vector<std::uint8_t> value(16, static_cast<std::uint8_t>(0x50 + version));
            value.front() = 0x01;
            masters.push_back({apdu::KeyName::uk_ssse, version, keys::Tier::ministry,
                               keys::CardKey{kind, value}});
        }
    }
    return masters;
}

TEST_P(Personalize, ABlankIsWrittenWithTheVersionOfTheKeyThatIsInUse) {
    auto const masters = masters_with_other_uks();
    Office maker{bare_chip(GetParam()), {}, {masters, true}};
    ASSERT_TRUE(maker.personalize(request_for(Stage::structure, GetParam())).ok());
    auto request = request_for(Stage::data, GetParam());
    request.versions.use(GetParam().algorithm, {apdu::KeyName::uk_ssse, 2});
    request.versions.use(GetParam().algorithm, {apdu::KeyName::irk, 3});

    Office without{maker.memory()};
    auto const refused = without.personalize(request);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, session::FaultCode::authentication_failed);

    Office office{maker.memory(), {}, {masters, true}};
    std::vector<std::size_t> sizes;
    office.channel().on_exchange([&sizes](session::ExchangeTrace const& trace) {
        bool const is_of_uk = trace.ins == apdu::Ins::external_authenticate && trace.p2 == 0x04;
        if (is_of_uk || trace.ins == apdu::Ins::internal_authenticate) {
            sizes.push_back(trace.nc);
        }
    });
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
    ASSERT_GE(sizes.size(), 2U);
    EXPECT_EQ(std::count(sizes.begin(), sizes.end(), 17U), std::ssize(sizes));
    auto card = session::CardSession::open(office.channel(), &office.keys(), session::system_random,
                                           request.versions);
    ASSERT_TRUE(card.ok()) << told(card);
    EXPECT_TRUE(card.value().check_genuine().ok());
    EXPECT_TRUE(card.value().authenticate(card.value().in_use(apdu::KeyName::uk_ssse)).ok());
    EXPECT_EQ(card.value().in_use(apdu::KeyName::rk_ssse).version, 1);
}

TEST_P(Personalize, TheHoldersOwnPinWorksAndTheDefaultNoLonger) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(zhang_san_everywhere());
    request.holder_pin = pin_of("8642");
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
    expect_everything(office, *request.person, "8642");
    auto card = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(card.ok());
    auto const old_pin =
        session::verify_pin(card.value(), pin_of("123456"), session::LastTry::refuse);
    ASSERT_FALSE(old_pin.ok());
    EXPECT_EQ(old_pin.error().code, session::FaultCode::pin_wrong);
}

TEST_P(Personalize, OtherHistoricalBytesAreInForceBeforeTheKeysAreMade) {
    Office office{bare_chip(GetParam())};
    auto request = request_for(Stage::both, GetParam());
    request.reset_info = "00814E43238697159900000001";
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
    EXPECT_EQ(report.value().reset_info, "00814E43238697159900000001");
    auto card = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_TRUE(card.ok()) << told(card);
    EXPECT_TRUE(card.value().check_genuine().ok());
}

TEST_P(Personalize, ProgressTellsEveryStepOnceInOrder) {
    Office office{blank(GetParam())};
    std::vector<std::size_t> indices;
    std::size_t count = 0;
    auto const report =
        office.personalize(request_for(Stage::data, GetParam()), [&](StepProgress const& progress) {
            indices.push_back(progress.index);
            count = progress.count;
            EXPECT_FALSE(progress.label.en.empty());
            EXPECT_FALSE(progress.label.zh.empty());
        });
    ASSERT_TRUE(report.ok()) << told(report);
    EXPECT_EQ(count, report.value().steps);
    ASSERT_EQ(indices.size(), count);
    for (std::size_t i = 0; i < count; ++i) {
        EXPECT_EQ(indices[i], i + 1);
    }
}

TEST_P(Personalize, ARewrittenCardCarriesTheNewRecordAndNothingElse) {
    Office office{blank(GetParam())};
    auto first = request_for(Stage::data, GetParam());
    first.person = record_of(zhang_san_everywhere());
    ASSERT_TRUE(office.personalize(first).ok());
    auto second = request_for(Stage::data, GetParam());
    second.rewrite = true;
    second.holder_pin = pin_of("123456");
    auto const report = office.personalize(second);
    ASSERT_TRUE(report.ok()) << told(report);
    auto const expected =
        virtual_card::make_personalized(card_plan(GetParam()), test_masters(), zhang_san);
    ASSERT_TRUE(expected.ok());
    EXPECT_EQ(office.memory(), expected.value().memory);
}

TEST_P(Personalize, WarningsOfTheRecordComeWithTheReport) {
    Office office{blank(GetParam())};
    auto request = request_for(Stage::data, GetParam());
    std::string json{zhang_san};
    json.replace(json.find("\"110101\""), 8, "\"310101\"");
    request.person = record_of(json);
    auto const report = office.personalize(request);
    ASSERT_TRUE(report.ok()) << told(report);
    EXPECT_EQ(report.value().warnings.at(0).code, "birth_place_mismatch");
}

TEST_P(Personalize, TryLimitsAreWrittenAsAskedFor) {
    Office office{bare_chip(GetParam())};
    auto request = request_for(Stage::structure, GetParam());
    request.tries = {.pin = 8, .authentication_keys = 5, .mks = 2};
    ASSERT_TRUE(office.personalize(request).ok());
    auto const& keys = office.memory().directories.at(1).keys;
    auto const tries_of = [&keys](keys::T514KeyType type, std::uint8_t id) {
        auto const key = std::find_if(keys.begin(), keys.end(), [=](auto const& stored) {
            return stored.type == type && stored.id == id;
        });
        return key == keys.end() ? 0 : int{key->tries.maximum};
    };
    EXPECT_EQ(tries_of(keys::T514KeyType::pin, 0x00), 8);
    EXPECT_EQ(tries_of(keys::T514KeyType::external_authentication, 0x04), 5);
    EXPECT_EQ(tries_of(keys::T514KeyType::mk, 0x00), 2);
    EXPECT_EQ(tries_of(keys::T514KeyType::external_authentication, 0x05), 15); // BK: no limit
}

} // namespace
} // namespace personalization
