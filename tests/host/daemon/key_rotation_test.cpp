// Which keys the cards in the field have, and going over to another version of one.
#include "custody_room.hpp"

#include "host/daemon/field_keys.hpp"
#include "host/daemon/key_destruction.hpp"
#include "host/daemon/key_rotation.hpp"

#include "keys/hex_text.hpp"

namespace sscardd {
namespace {

using apdu::KeyName;
using keys::Algorithm;
using store::KeyMark;
using store::KeySet;

/// An ATR of a card whose historical bytes end in that number.
std::array<std::uint8_t, 17> atr_of(std::uint8_t number) {
    return {0x3B, 0x6D, 0,    0, 0,    0x81, 0x54, 0x44,  0x86,
            0x60, 0x63, 0x99, 0, 0xBF, 0x7C, 0x7A, number};
}

class ARotation : public CustodyRoom {
protected:
    ARotation() : cards_{store::CardRegister::open(folder_.path() / "cards.sqlite").value()} {
        EXPECT_EQ(code_of(hold()), "ok");
        auto second = a_request();
        second.version = 2;
        second.check_value.reset();
        have_begun(second);
        EXPECT_EQ(code_of(give(1, "0123456789ABCDEFFEDCBA9876543211")), "ok");
        EXPECT_EQ(code_of(give(2, second_component)), "ok");
        second_check_ = combine().value().check_value;
        EXPECT_EQ(code_of(finish(second_check_)), "ok");
    }

    /// A live card with those keys; "" for one of which that is not known.
    void add_card(std::uint8_t number, KeySet const& keys) {
        auto const atr = atr_of(number);
        store::Beginning beginning{};
        std::copy(atr.begin() + 4, atr.end(), beginning.making.chip.begin());
        beginning.making.wanted = beginning.making.chip;
        beginning.making.stage = personalization::Stage::both;
        beginning.making.version = apdu::SpecVersion::v3_00;
        beginning.making.algorithm = Algorithm::sm4;
        beginning.making.card_id = std::string(31, '0') + std::to_string(number);
        beginning.making.person = "person " + std::to_string(number);
        beginning.keys = to_text(keys);
        ASSERT_TRUE(cards_->begin(beginning).ok());
        ASSERT_TRUE(cards_->finish(beginning).ok());
    }
    [[nodiscard]] KeyMark first() const { return {KeyName::uk_ssse, 1, "0514AC"}; }
    [[nodiscard]] KeyMark second() const { return {KeyName::uk_ssse, 2, second_check_}; }

    [[nodiscard]] api::KeyRotationRequest to_second() const {
        return {"UKSSSE", "SM4", 2, second_check_, "version 1 was seen", {"张三", "李四"}, {}};
    }
    std::string begin_rotation(api::KeyRotationRequest const& request) {
        auto begun =
            ceremonies_.begin(audit::Act::rotation, {request.custodians, request.witnesses}, user_,
                              [&] { return KeyRotation::begin(*keys_, *cards_, request); });
        token_ = begun.ok() ? begun.value().token : "";
        return code_of(begun);
    }
    void rotate(api::KeyRotationRequest const& request) {
        ASSERT_EQ(begin_rotation(request), "ok");
        ASSERT_EQ(combine().value().check_value, request.check_value);
        ASSERT_EQ(code_of(finish(request.check_value)), "ok");
    }
    [[nodiscard]] int version_for(std::uint8_t number) const {
        return versions_for(*cards_, atr_of(number)).value().of(Algorithm::sm4, KeyName::uk_ssse);
    }

    std::unique_ptr<store::CardRegister> cards_;
    std::string second_check_{};
};

TEST_F(ARotation, HasEachCardAuthenticatedWithTheLastVersionThatItHas) {
    add_card(1, {first(), second()});
    add_card(2, {first(), {KeyName::uk_ssse, 2, "ABCDEF"}});
    add_card(3, {});
    EXPECT_EQ(version_for(1), 1);
    rotate(to_second());
    EXPECT_EQ(version_for(1), 2);
    EXPECT_EQ(version_for(2), 1) << "its version 2 is another key";
    EXPECT_EQ(version_for(3), 2) << "nothing is known of its keys";
    EXPECT_EQ(version_for(4), 2) << "nor of a card that was made elsewhere";
    EXPECT_EQ(versions_for(*cards_, atr_of(1)).value().of(Algorithm::des3, KeyName::uk_ssse), 1);
    EXPECT_EQ(versions_for(*cards_, atr_of(1)).value().of(Algorithm::sm4, KeyName::irk), 1);
}

TEST_F(ARotation, IsSignedForWithTheCardsThatItReachesAndThoseThatItDoesNot) {
    add_card(1, {first(), second()});
    add_card(2, {first(), {KeyName::uk_ssse, 2, "ABCDEF"}});
    add_card(3, {});
    rotate(to_second());
    std::string const minutes = last_minutes();
    for (std::string const& part :
         {std::string{"\"act\":\"rotation\""}, std::string{"version 1 was seen"}, second_check_,
          std::string{"live cards that have it: 1, that have it not: 1, not known: 1"}}) {
        EXPECT_TRUE(has_part(minutes, part)) << part << " in " << minutes;
    }
}

TEST_F(ARotation, IsUndoneByAnotherOneAndOutlivesTheDaemon) {
    add_card(1, {first(), second()});
    rotate(to_second());
    cards_.reset();
    cards_ = store::CardRegister::open(folder_.path() / "cards.sqlite").value();
    EXPECT_EQ(version_for(1), 2);
    rotate({"UKSSSE", "SM4", 1, "0514AC", "version 1 after all", {"张三", "李四"}, {}});
    EXPECT_EQ(version_for(1), 1);
}

TEST_F(ARotation, IsOfAKeyThatIsThereInAVersionThatIsNotInUse) {
    auto wrong = to_second();
    wrong.check_value = "0514AC";
    EXPECT_EQ(begin_rotation(wrong), "check_value_differs");
    wrong = to_second();
    wrong.version = 3;
    EXPECT_EQ(begin_rotation(wrong), "key_unknown");
    wrong.version = 4;
    EXPECT_EQ(begin_rotation(wrong), "request_invalid");
    wrong = to_second();
    wrong.reason = "";
    EXPECT_EQ(begin_rotation(wrong), "request_invalid");
    wrong = to_second();
    wrong.name = "PUK";
    EXPECT_EQ(begin_rotation(wrong), "key_not_rotated") << "cards have it once";
    wrong.name = "DPK";
    EXPECT_EQ(begin_rotation(wrong), "key_not_rotated") << "nothing authenticates with it";
    EXPECT_EQ(begin_rotation({"UKSSSE", "SM4", 1, "0514AC", "why", {"张三", "李四"}, {}}),
              "key_in_use");
    rotate(to_second());
    EXPECT_EQ(begin_rotation(to_second()), "key_in_use");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(begin_rotation(to_second()), "keys_locked");
}

TEST_F(ARotation, TellsWhichCardsHaveWhichKey) {
    add_card(1, {first(), second()});
    add_card(2, {first(), {KeyName::uk_ssse, 2, "ABCDEF"}});
    add_card(3, {});
    rotate(to_second());
    auto const found = field_keys(*cards_, keys_->report().keys).value();
    EXPECT_EQ(found.unknown_live, 1U);
    ASSERT_EQ(found.keys.size(), 1U);
    api::FieldKey const& key = found.keys.front();
    EXPECT_EQ(key.name, "UKSSSE");
    EXPECT_EQ(key.in_use, 2);
    EXPECT_FALSE(key.since.empty());
    ASSERT_EQ(key.versions.size(), 3U);
    EXPECT_EQ(key.versions.at(0).live, 2U);
    EXPECT_TRUE(key.versions.at(0).in_store);
    EXPECT_EQ(key.versions.at(1).live, 1U);
    EXPECT_EQ(key.versions.at(2).check_value, "ABCDEF");
    EXPECT_FALSE(key.versions.at(2).in_store);
    auto const left = cards_->list({.not_made_with = to_text(second())}).value();
    ASSERT_EQ(left.size(), 1U);
    EXPECT_EQ(left.front().person, "person 2");
    EXPECT_EQ(cards_->list({.made_with = to_text(first())}).value().size(), 2U);
}

TEST_F(ARotation, LetsTheOldVersionGoOnceNoCardNeedsIt) {
    add_card(1, {first(), second()});
    auto const destroy = [this](bool despite_cards) {
        return code_of(KeyDestruction::begin(
            *keys_, *cards_,
            {"UKSSSE", "SM4", 1, "0514AC", "old", {"张三", "李四"}, {}, despite_cards}));
    };
    EXPECT_EQ(destroy(false), "key_in_the_field");
    EXPECT_EQ(destroy(true), "ok");
    rotate(to_second());
    EXPECT_EQ(destroy(false), "ok");
    add_card(2, {first(), {KeyName::uk_ssse, 2, "ABCDEF"}});
    EXPECT_EQ(destroy(false), "key_in_the_field") << "that card stays with version 1";
}

TEST(KeysOfANewCard, AreThoseOfItsGenerationInEachVersion) {
    std::vector<api::KnownKey> const known{
        {"IRK", "ministry", "SM4", std::nullopt, 16, "111111", true, api::KeyBackEnd::key_file},
        {"IRK", "ministry", "SM4", 2, 16, "222222", true, api::KeyBackEnd::key_file},
        {"IRK", "ministry", "3DES", 1, 16, "333333", true, api::KeyBackEnd::key_file},
        {"PUK", "ministry", "SM4", 1, 16, "444444", true, api::KeyBackEnd::key_file},
        {"UK1DF05", "ministry", "SM4", 1, 16, "555555", true, api::KeyBackEnd::key_file},
        {"TMK", "ministry", "SM4", std::nullopt, 16, "666666", true, api::KeyBackEnd::key_file}};
    personalization::Making making{};
    making.algorithm = Algorithm::sm4;
    making.version = apdu::SpecVersion::v1_00;
    EXPECT_EQ(to_text(keys_of_new_card(known, making)),
              "IRK/1/111111 IRK/2/222222 IRK/3/111111 PUK/1/444444");
    making.version = apdu::SpecVersion::v3_00;
    EXPECT_EQ(to_text(keys_of_new_card(known, making)),
              "IRK/1/111111 IRK/2/222222 IRK/3/111111 PUK/1/444444 UK1DF05/1/555555");
}

} // namespace
} // namespace sscardd
