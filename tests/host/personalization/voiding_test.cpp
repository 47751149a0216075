#include "tests/host/personalization/stopping_points.hpp"

#include "host/session/card_session.hpp"
#include "host/virtual/foreign_card.hpp"

#include <gtest/gtest.h>

namespace personalization {
namespace {

using session::FaultCode;
using virtual_card::FaultKind;

class Void : public testing::TestWithParam<CardKind> {};

INSTANTIATE_TEST_SUITE_P(Card, Void, testing::Values(kind_2_00, kind_3_00),
                         [](auto const& test) { return std::string{test.param.name}; });

TEST_P(Void, AFinishedCardIsBlockedAndRecordedWithTheReason) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.personalize(request_for(Stage::data, GetParam())).ok());
    auto const voided = office.void_card("misprinted");
    ASSERT_TRUE(voided.ok()) << to_text(voided.error().code);
    EXPECT_EQ(voided.value().how, VoidedBy::card_block);
    EXPECT_EQ(voided.value().card_id.size(), 32U);
    EXPECT_EQ(office.makings().last().void_reason, "misprinted");
    auto const opened = session::CardSession::open(office.channel(), &office.keys());
    ASSERT_FALSE(opened.ok());
    EXPECT_EQ(opened.error().code, FaultCode::card_blocked);
}

TEST_P(Void, AStructureThatIsNotClosedIsDeletedWhereverItStopped) {
    auto const start = bare_chip(GetParam());
    for (auto const& point : stopping_points(start, request_for(Stage::structure, GetParam()))) {
        if (point.makings.empty() || point.makings.back().reached == Milestone::made) {
            continue;
        }
        Office office{point.memory};
        RememberedMakings makings{point.makings};
        office.keep_makings_in(makings);
        auto const voided = office.void_card("left behind");
        ASSERT_TRUE(voided.ok()) << point.command << " " << to_text(voided.error().code);
        EXPECT_EQ(voided.value().how, VoidedBy::structure_deleted) << point.command;
        EXPECT_EQ(office.memory(), start) << point.command;
        EXPECT_EQ(makings.last().reached, Milestone::voided) << point.command;
    }
}

TEST_P(Void, AHalfWrittenCardIsBlockedWhereverItStopped) {
    auto request = request_for(Stage::data, GetParam());
    request.person = record_of(zhang_san_everywhere());
    for (auto const& point : stopping_points(blank(GetParam()), request)) {
        Office office{point.memory};
        RememberedMakings makings{point.makings};
        office.keep_makings_in(makings);
        auto const voided = office.void_card("left behind");
        ASSERT_TRUE(voided.ok()) << point.command << " " << to_text(voided.error().code);
        EXPECT_EQ(voided.value().how, VoidedBy::card_block) << point.command;
        EXPECT_EQ(makings.last().reached, Milestone::voided) << point.command;
    }
}

TEST_P(Void, ACardThatIsBlockedAlreadyIsRecorded) {
    Office office{blank(GetParam())};
    ASSERT_TRUE(office.void_card("first").ok());
    auto const again = office.void_card("second");
    ASSERT_TRUE(again.ok());
    EXPECT_EQ(again.value().how, VoidedBy::card_block);
}

TEST_P(Void, ABareChipHasNothingToVoid) {
    Office office{bare_chip(GetParam())};
    auto const voided = office.void_card("no reason");
    ASSERT_FALSE(voided.ok());
    EXPECT_EQ(voided.error().code, FaultCode::bare_chip);
    EXPECT_TRUE(office.makings().all().empty());
}

TEST_P(Void, AStructureWhoseJournalIsDamagedIsDeletedAsTheLikelyCards) {
    auto const start = bare_chip(GetParam());
    Office office{start, {{FaultKind::removal, 60}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::structure, GetParam())).ok());
    office.makings().damage();
    office.connection().insert();
    keys::CardIdentity const likely = card_plan(GetParam()).identity();
    auto const voided = office.void_card("its journal is damaged", &likely);
    ASSERT_TRUE(voided.ok()) << to_text(voided.error().code);
    EXPECT_EQ(office.memory(), start);
}

/// Nothing but looking: no key was proved, nothing deleted, nothing noted.
class LookedAt {
public:
    explicit LookedAt(Office& office) : office_{office}, before_{office.memory()} {
        office.tamper([this](apdu::ByteView command, std::vector<std::uint8_t>&) {
            auto const ins = ins_of(command);
            is_touched_ =
                is_touched_ || (ins != apdu::Ins::select && ins != apdu::Ins::read_record &&
                                ins != apdu::Ins::get_response);
        });
    }
    void expect_foreign() {
        keys::CardIdentity const likely = card_plan(kind_2_00).identity();
        auto const voided = office_.void_card("found in a drawer", &likely);
        ASSERT_FALSE(voided.ok());
        EXPECT_EQ(voided.error().code, FaultCode::foreign_card);
        EXPECT_FALSE(is_touched_);
        EXPECT_EQ(office_.memory(), before_);
        EXPECT_TRUE(office_.makings().all().empty());
    }

private:
    Office& office_;
    virtual_card::CardMemory before_;
    bool is_touched_ = false;
};

TEST_P(Void, AStructureThatNoJournalTellsOfIsLeftAloneWhereverItStopped) {
    for (std::size_t const command : {20U, 40U, 60U}) {
        Office begun{bare_chip(GetParam()), {{FaultKind::removal, command}}};
        ASSERT_FALSE(begun.personalize(request_for(Stage::structure, GetParam())).ok());
        Office office{begun.memory()};
        LookedAt{office}.expect_foreign();
    }
}

TEST_P(Void, ACardOfUnknownOriginIsLeftAlone) {
    auto memory = blank(GetParam());
    memory.directories.at(1).name = {0xA0, 0x00, 0x00, 0x03, 0x33, 0x01, 0x01, 0x01};
    Office office{memory};
    LookedAt{office}.expect_foreign();
}

/// A foreign card in the reader, and what it was sent.
class ForeignConnection final : public apdu::CardConnection {
public:
    explicit ForeignConnection(virtual_card::ForeignKind kind) : card_{kind} {}
    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        sent.push_back(ins_of(command));
        auto const answer = card_.exchange(command);
        apdu::copy_bytes(answer, response);
        return answer.size();
    }
    apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
    [[nodiscard]] apdu::ByteView atr() const override { return card_.atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }
    std::vector<apdu::Ins> sent{};

private:
    virtual_card::ForeignCard card_;
};

TEST(VoidForeign, ABankCardOrSimIsRefusedBeforeAnythingIsProvedToIt) {
    for (auto const kind : {virtual_card::ForeignKind::bank, virtual_card::ForeignKind::sim}) {
        Office office{blank(kind_2_00)}; // its keys and journals
        ForeignConnection connection{kind};
        session::CardChannel channel{connection};
        keys::CardIdentity const likely = card_plan(kind_2_00).identity();
        auto const voided =
            void_card(channel, office.keys(), office.makings(), t514(), &likely, "found");
        ASSERT_FALSE(voided.ok());
        EXPECT_EQ(voided.error().code, FaultCode::foreign_card);
        EXPECT_TRUE(office.makings().all().empty());
        for (apdu::Ins const ins : connection.sent) {
            EXPECT_TRUE(ins == apdu::Ins::select || ins == apdu::Ins::get_response);
        }
    }
}

TEST_P(Void, ACardThatIsNotGenuineIsLeftAlone) {
    Office office{blank(GetParam()), {{FaultKind::wrong_authentication}}};
    auto const before = office.memory();
    auto const voided = office.void_card("stolen");
    ASSERT_FALSE(voided.ok());
    EXPECT_EQ(voided.error().code, FaultCode::card_not_genuine);
    EXPECT_EQ(office.memory(), before);
    EXPECT_TRUE(office.makings().all().empty());
}

TEST_P(Void, ACardWhoseJournalIsDamagedIsVoidedByTheCommandThatMeetsIt) {
    Office office{blank(GetParam()), {{FaultKind::removal, 15}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::data, GetParam())).ok());
    office.connection().insert();
    office.makings().damage();
    auto const again = office.personalize(request_for(Stage::data, GetParam()));
    ASSERT_FALSE(again.ok());
    EXPECT_EQ(again.error().code, FaultCode::card_voided);
    EXPECT_EQ(office.makings().last().reached, Milestone::voided);
    office.connection().insert();
    auto const opened = session::CardSession::open(office.channel(), &office.keys());
    EXPECT_EQ(opened.error().code, FaultCode::card_blocked);
}

TEST_P(Void, ACommandThatAsksForSomethingElseDoesNotTouchACardInMaking) {
    Office office{blank(GetParam()), {{FaultKind::removal, 15}}};
    ASSERT_FALSE(office.personalize(request_for(Stage::data, GetParam())).ok());
    office.connection().insert();
    auto const before = office.memory();
    auto other = request_for(Stage::data, GetParam());
    std::string record{zhang_san};
    record.replace(record.find("110101190001010014"), 18, "510101190001010019");
    record.replace(record.find("\"birth_place\": \"110101\""), 23, "\"birth_place\": \"510101\"");
    other.person = record_of(record);
    auto const refused = office.personalize(other);
    ASSERT_FALSE(refused.ok());
    EXPECT_EQ(refused.error().code, FaultCode::card_in_making);
    ASSERT_EQ(refused.error().problems.size(), 1U);
    EXPECT_EQ(refused.error().problems.front().where,
              "/record/holder_basic_data/social_security_number");
    EXPECT_EQ(office.memory(), before);
}

} // namespace
} // namespace personalization
