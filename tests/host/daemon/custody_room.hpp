#pragma once

#include "desk.hpp"

#include "host/daemon/ceremonies.hpp"
#include "host/daemon/key_making.hpp"
#include "host/daemon/sealed_keys.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <iterator>

namespace sscardd {

/// Components that 张三 and 李四 hold, made up, and their key's check value; SM4.
inline constexpr auto* first_component = "0123456789ABCDEFFEDCBA9876543210";
inline constexpr auto* second_component = "1111222233334444 5555666677778888";
inline constexpr auto* passphrase_of_room = "seven blue horses";

/// A room with a sealed store that is open, where custodians meet; its clock is the test's.
class CustodyRoom : public testing::Test {
protected:
    [[nodiscard]] Configuration configured() const {
        Configuration configuration;
        configuration.state_directory = folder_.path();
        configuration.region = "639900";
        configuration.keys.store = folder_.path() / "keys";
        return configuration;
    }
    [[nodiscard]] std::unique_ptr<SealedKeys> opened() const {
        make_store("keys");
        auto keys = SealedKeys::start(configuration_.keys).value();
        EXPECT_EQ(code_of(keys->unlock({api::SecretText{passphrase_of_room}})), "ok");
        return keys;
    }

    void make_store(std::string const& name) const {
        auto store = keys::sealed::SealedStore::claim(folder_.path() / name).value();
        auto const secret = keys::sealed::SealingSecret::passphrase(passphrase_of_room);
        EXPECT_TRUE(store.create(secret.value(), {}, true, keys::sealed::cost_min).ok());
    }

    [[nodiscard]] static api::KeyCeremonyRequest a_request() {
        api::KeyCeremonyRequest request;
        request.name = "UKSSSE";
        request.algorithm = "SM4";
        request.version = 1;
        request.custodians = {"张三", "李四"};
        request.witnesses = {"王五"};
        return request;
    }
    api::Outcome<api::Ceremony> begin(api::KeyCeremonyRequest const& request) {
        return ceremonies_.begin(audit::Act::ceremony, {request.custodians, request.witnesses},
                                 user_, [&] { return KeyMaking::begin(*keys_, request); });
    }
    /// Begins and keeps the token.
    void have_begun(api::KeyCeremonyRequest const& request = a_request()) {
        auto const begun = begin(request);
        ASSERT_EQ(code_of(begun), "ok");
        token_ = begun.value().token;
    }
    api::Outcome<api::CustodianPart> give(std::uint32_t custodian, std::string_view value,
                                          std::optional<std::string> check_value = {}) {
        return ceremonies_.take({token_, custodian, api::SecretText{value}, std::move(check_value)},
                                user_);
    }
    api::Outcome<api::Combined> combine() { return ceremonies_.combine({token_}, user_); }
    api::Outcome<api::MinutesDocument> finish(std::string const& check_value,
                                              std::vector<std::string> by = {"张三", "李四"}) {
        return ceremonies_.finish({token_, check_value, std::move(by)}, user_);
    }
    std::string abort() { return code_of(ceremonies_.abort({token_, "enough"}, user_)); }
    /// The whole of it.
    api::Outcome<api::MinutesDocument> hold(api::KeyCeremonyRequest const& request = a_request()) {
        have_begun(request);
        EXPECT_EQ(code_of(give(1, first_component)), "ok");
        EXPECT_EQ(code_of(give(2, second_component)), "ok");
        auto const combined = combine();
        EXPECT_EQ(code_of(combined), "ok");
        return finish(combined.value().check_value);
    }

    [[nodiscard]] std::string file(std::string const& name) const {
        std::ifstream in{folder_.path() / name, std::ios::binary};
        return {std::istreambuf_iterator<char>{in}, {}};
    }
    /// The last minutes, as they stand in their file.
    [[nodiscard]] std::string last_minutes() {
        auto const list = minutes_.list();
        EXPECT_EQ(code_of(list), "ok");
        EXPECT_TRUE(list.value().findings.empty());
        auto const& all = list.value().minutes;
        return all.empty() ? "" : minutes_.find(all.back().number).value().text;
    }

    TestDirectory folder_{};
    Configuration configuration_ = configured();
    std::unique_ptr<SealedKeys> keys_ = opened();
    std::atomic<std::chrono::seconds> now_{std::chrono::seconds{0}};
    MinutesKeeper minutes_{configuration_, *keys_};
    Ceremonies ceremonies_{minutes_, [this] { return Ceremonies::Clock::time_point{now_.load()}; }};
    std::string user_{"operator"};
    std::string token_{};
};

inline bool has_part(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace sscardd
