// A master key made by its custodians: the daemon's side.
#include "custody_room.hpp"

namespace sscardd {
namespace {

class ACeremony : public CustodyRoom {};

TEST_F(ACeremony, PutsTheSumOfItsComponentsIntoTheStoreWithMinutes) {
    auto const done = hold();
    ASSERT_EQ(code_of(done), "ok");
    auto const keys = keys_->report().keys;
    ASSERT_EQ(keys.size(), 1U);
    EXPECT_EQ(keys[0].name, "UKSSSE");
    EXPECT_EQ(keys[0].algorithm, "SM4");
    EXPECT_EQ(keys[0].version, 1);
    EXPECT_EQ(keys[0].check_value, "0514AC") << "SM4 of zeros under the sum, by OpenSSL";
    EXPECT_EQ(done.value().number, 1U);
    std::string const text = last_minutes();
    EXPECT_EQ(text, done.value().text);
    for (auto const* const part : {"张三", "2677F4", "李四", "王五", "\"operator\":\"operator\"",
                                   "\"outcome\":\"done\"", "0514AC", "sealed_store", "639900",
                                   "sscard 0.", "\"origin\":\"entered\"", "\"test\":true"}) {
        EXPECT_TRUE(has_part(text, part)) << part << " in " << text;
    }
    EXPECT_EQ(code_of(combine()), "ceremony_unknown") << "it is over";
}

TEST_F(ACeremony, FindsAMistypedComponentBeforeAnythingIsCombined) {
    have_begun();
    EXPECT_EQ(code_of(give(1, first_component, "2677f4")), "ok");
    auto const refused = give(2, first_component, "2677F5");
    EXPECT_EQ(code_of(refused), "part_mistyped");
    EXPECT_EQ(refused.error().detail, "李四");
    EXPECT_EQ(code_of(combine()), "part_missing");
    EXPECT_EQ(code_of(give(2, "12 34", {})), "part_malformed");
    EXPECT_EQ(code_of(give(2, first_component, {})), "part_repeated");
    EXPECT_EQ(code_of(give(2, second_component, {})), "ok");
    EXPECT_EQ(code_of(combine()), "ok");
}

TEST_F(ACeremony, ComparesTheKeyWithTheExpectedCheckValue) {
    api::KeyCeremonyRequest request = a_request();
    request.check_value = "05 14 ad";
    have_begun(request);
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(give(2, second_component)), "ok");
    EXPECT_EQ(code_of(combine()), "key_check_value_differs");
    EXPECT_EQ(code_of(finish("0514AC")), "part_missing");
    EXPECT_TRUE(keys_->report().keys.empty());
}

TEST_F(ACeremony, NeedsTheConfirmationOfAllForTheVeryKey) {
    have_begun();
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(give(2, second_component)), "ok");
    EXPECT_EQ(code_of(finish("0514AC")), "part_missing") << "nobody has seen its check value";
    EXPECT_EQ(code_of(combine()), "ok");
    EXPECT_EQ(code_of(finish("0514AC", {"张三"})), "ceremony_not_confirmed");
    EXPECT_EQ(code_of(finish("000000")), "check_value_differs");
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(finish("0514AC")), "part_missing") << "a part was given anew";
    EXPECT_TRUE(keys_->report().keys.empty());
    EXPECT_EQ(code_of(combine()), "ok");
    EXPECT_EQ(code_of(finish("0514AC")), "ok");
}

TEST_F(ACeremony, MakesComponentsThatAreShownOnceAndTypedBack) {
    api::KeyCeremonyRequest request = a_request();
    request.generate = true;
    have_begun(request);
    std::vector<std::string> sheets;
    for (std::uint32_t custodian = 1; custodian <= 2; ++custodian) {
        auto const shown = ceremonies_.show({token_, custodian}, user_);
        ASSERT_EQ(code_of(shown), "ok");
        sheets.emplace_back(shown.value().value.given());
        EXPECT_EQ(code_of(ceremonies_.show({token_, custodian}, user_)), "part_shown");
    }
    EXPECT_EQ(code_of(give(1, sheets[1])), "part_not_shown");
    EXPECT_EQ(code_of(give(1, sheets[0])), "ok");
    EXPECT_EQ(code_of(give(2, sheets[1])), "ok");
    auto const combined = combine();
    ASSERT_EQ(code_of(combined), "ok");
    EXPECT_EQ(code_of(finish(combined.value().check_value)), "ok");
    EXPECT_EQ(keys_->report().keys.at(0).check_value, combined.value().check_value);
    EXPECT_TRUE(has_part(last_minutes(), "generated"));
    EXPECT_FALSE(has_part(last_minutes(), sheets[0]));
}

TEST_F(ACeremony, ShowsNobodyAComponentThatWasEntered) {
    have_begun();
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(ceremonies_.show({token_, 1}, user_)), "part_shown");
}

TEST_F(ACeremony, BelongsToTheClientThatBeganIt) {
    have_begun();
    std::string const token = token_;
    EXPECT_EQ(code_of(begin(a_request())), "ceremony_running");
    token_ = std::string(token.size(), 'A');
    EXPECT_EQ(code_of(give(1, first_component)), "ceremony_unknown");
    EXPECT_EQ(abort(), "ceremony_unknown");
    token_ = token;
    user_ = "other";
    EXPECT_EQ(code_of(give(1, first_component)), "ceremony_unknown");
    EXPECT_EQ(abort(), "ceremony_unknown");
    token_.clear();
    EXPECT_EQ(abort(), "ceremony_unknown");
    user_ = "operator"; // whose terminal is gone
    EXPECT_EQ(abort(), "ok");
    EXPECT_EQ(code_of(begin(a_request())), "ok");
}

TEST_F(ACeremony, AbortedAtAnyStepLeavesTheStoreAsItWas) {
    std::string const before = file("keys");
    for (int steps = 0; steps <= 3; ++steps) {
        have_begun();
        if (steps > 0) {
            EXPECT_EQ(code_of(give(1, first_component)), "ok");
        }
        if (steps > 1) {
            EXPECT_EQ(code_of(give(2, second_component)), "ok");
        }
        if (steps > 2) {
            EXPECT_EQ(code_of(combine()), "ok");
        }
        EXPECT_EQ(abort(), "ok");
        EXPECT_EQ(code_of(combine()), "ceremony_unknown");
        EXPECT_EQ(file("keys"), before);
        std::string const minutes = last_minutes();
        EXPECT_TRUE(has_part(minutes, "\"outcome\":\"aborted\"")) << minutes;
        EXPECT_TRUE(has_part(minutes, "enough"));
    }
}

TEST_F(ACeremony, ThatNobodyGoesOnWithIsWiped) {
    have_begun();
    now_ = Ceremonies::idle_max - std::chrono::seconds{1};
    EXPECT_EQ(code_of(give(1, first_component)), "ok") << "and has as long again";
    now_ = 2 * Ceremonies::idle_max - std::chrono::seconds{2};
    EXPECT_EQ(code_of(give(2, second_component)), "ok");
    now_ = 4 * Ceremonies::idle_max;
    EXPECT_EQ(code_of(combine()), "ceremony_unknown");
    ceremonies_.expire();
    EXPECT_EQ(code_of(begin(a_request())), "ok");
    EXPECT_TRUE(has_part(last_minutes(), "\"outcome\":\"expired\""));
    EXPECT_TRUE(keys_->report().keys.empty());
}

TEST_F(ACeremony, TellsEverythingThatIsWrongWithItsBeginning) {
    api::KeyCeremonyRequest request = a_request();
    request.name = "XYZ";
    request.algorithm = "AES";
    request.tier = "town";
    request.version = 4;
    request.check_value = "12345";
    auto const refused = begin(request);
    ASSERT_EQ(code_of(refused), "request_invalid");
    std::string told;
    for (api::Problem const& problem : refused.error().problems) {
        told += problem.where + " ";
    }
    EXPECT_EQ(told, "/name /algorithm /tier /version /check_value ");
}

TEST_F(ACeremony, NeedsPeopleOfDifferentNames) {
    using Names = std::vector<std::string>;
    for (Names const& names : {Names{}, Names{"张三"}, Names{"张三", "张三"}, Names{"张三", ""},
                               Names{"张三", "a\nb"}, Names(9, "张三")}) {
        api::KeyCeremonyRequest request = a_request();
        request.custodians = names;
        EXPECT_EQ(code_of(begin(request)), "request_invalid") << names.size();
    }
}

TEST_F(ACeremony, IsRefusedWhereItsKeyCouldNotBeTakenIn) {
    EXPECT_EQ(code_of(hold()), "ok");
    EXPECT_EQ(code_of(begin(a_request())), "key_known");
    EXPECT_EQ(code_of(keys_->lock()), "ok");
    EXPECT_EQ(code_of(begin(a_request())), "keys_locked");
    auto const none = open_key_store({});
    EXPECT_EQ(code_of(KeyMaking::begin(*std::get<std::unique_ptr<KeyStore>>(none), a_request())),
              "no_key_store");
}

TEST_F(ACeremony, ThatTheStoreRefusesAtTheEndSaysSoInItsMinutes) {
    have_begun();
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(give(2, second_component)), "ok");
    EXPECT_EQ(code_of(combine()), "ok");
    std::string const before = file("keys");
    std::filesystem::create_directory(folder_.path() /
                                      "keys.new"); // where the new store is written
    std::ofstream{folder_.path() / "keys.new" / "x"} << "x";
    EXPECT_EQ(code_of(finish("0514AC")), "store_not_written");
    EXPECT_EQ(file("keys"), before);
    EXPECT_TRUE(keys_->report().keys.empty());
    EXPECT_TRUE(has_part(last_minutes(), R"("outcome":"failed","fault":"store_not_written")"));
    EXPECT_EQ(code_of(combine()), "ceremony_unknown") << "it is wiped";
}

TEST_F(ACeremony, WithoutRoomForItsMinutesIsNotDone) {
    have_begun();
    EXPECT_EQ(code_of(give(1, first_component)), "ok");
    EXPECT_EQ(code_of(give(2, second_component)), "ok");
    EXPECT_EQ(code_of(combine()), "ok");
    std::ofstream{folder_.path() / "minutes"} << "no folder";
    EXPECT_EQ(code_of(finish("0514AC")), "minutes_not_written");
    EXPECT_TRUE(keys_->report().keys.empty());
}

TEST_F(ACeremony, ItsMinutesAreProvedAsTheyAreKept) {
    EXPECT_EQ(code_of(hold()), "ok");
    std::string const text = last_minutes();
    EXPECT_EQ(minutes_.prove(text).value().finding, std::nullopt);
    EXPECT_EQ(minutes_.find(1).value().pdf, std::nullopt);
    EXPECT_TRUE(minutes_.find(1, true).value().pdf.value().starts_with("JVBERi")) << "%PDF";
    std::string changed = text;
    changed.replace(changed.find("王五"), std::string_view{"王五"}.size(), "赵六");
    EXPECT_EQ(minutes_.prove(changed).value().finding, "not_signed");
    EXPECT_EQ(minutes_.prove("{}").value().finding, "damaged");
    EXPECT_EQ(code_of(minutes_.find(2)), "minutes_unknown");
    std::filesystem::remove(folder_.path() / "minutes" / "000001.json");
    EXPECT_EQ(minutes_.prove(text).value().finding, "not_kept");
    EXPECT_EQ(minutes_.list().value().findings.size(), 2U);
}

} // namespace
} // namespace sscardd
