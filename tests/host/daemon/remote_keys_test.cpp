// The keys of a centre as a window tells of them.
#include "desk.hpp"

#include "host/daemon/key_doctor.hpp"
#include "host/daemon/remote_keys.hpp"

#include <gtest/gtest.h>

namespace sscardd {
namespace {

using namespace keys::remote;

/// A centre that says one thing.
class OneAnswer final : public CentreLink {
public:
    LinkResult exchange(std::string_view /*path*/, WipedText const& /*body*/) override {
        ++asked;
        return fault ? LinkResult{*fault} : LinkResult{encode(catalogue)};
    }
    KeyCatalogue catalogue{CatalogueState::open, true, {}, {}};
    std::optional<LinkFault> fault{};
    int asked = 0;
};

class ACentresKeys : public testing::Test {
protected:
    explicit ACentresKeys(bool is_production = false) {
        auto link = std::make_unique<OneAnswer>();
        centre_ = link.get();
        centre_->catalogue.keys.push_back(
            {apdu::KeyName::irk, "city", keys::Algorithm::des3, std::nullopt, 16, "A1B2C3"});
        keys_.emplace(std::move(link), "https://centre:8443", is_production,
                      [this] { return now_; });
    }
    [[nodiscard]] std::string trouble() const {
        LaneKeys const keys = keys_->service_for({CardPurpose::pin_reset, "x"});
        auto const told = keys.trouble ? keys.trouble() : std::nullopt;
        return told ? std::string{session::to_text(told->code)} : "none";
    }

    OneAnswer* centre_ = nullptr;
    RemoteKeys::Clock::time_point now_{};
    std::optional<RemoteKeys> keys_{};
};

class ACentresKeysInProduction : public ACentresKeys {
protected:
    ACentresKeysInProduction() : ACentresKeys{true} {}
};

TEST_F(ACentresKeys, AreToldByEverythingButThemselves) {
    api::KeyReport const report = keys_->report();
    EXPECT_EQ(report.back_end, api::KeyBackEnd::centre);
    EXPECT_EQ(report.path, "https://centre:8443");
    EXPECT_EQ(report.state, api::KeyState::open);
    EXPECT_EQ(report.test, true);
    ASSERT_EQ(report.keys.size(), 1U);
    EXPECT_EQ(report.keys[0].check_value, "A1B2C3");
    EXPECT_TRUE(keys_->service().service->has(keys::Algorithm::des3, {apdu::KeyName::irk}));
    EXPECT_TRUE(keys_->service().service->holds_test_keys());
}

TEST_F(ACentresKeys, AreAskedForOnceAMinute) {
    EXPECT_EQ(trouble(), "none");
    EXPECT_EQ(trouble(), "none");
    EXPECT_EQ(centre_->asked, 1);
    now_ += std::chrono::seconds{60};
    EXPECT_EQ(trouble(), "none");
    EXPECT_EQ(centre_->asked, 2);
}

TEST_F(ACentresKeys, AreFoundAgainWithoutARestart) {
    centre_->fault = {LinkFaultCode::unreachable, "no route to host"};
    EXPECT_EQ(trouble(), "centre_unreachable");
    EXPECT_EQ(keys_->service().service, nullptr);
    EXPECT_EQ(centre_->asked, 1); // a centre that is away is not looked for with every job
    auto const diagnosis = diagnose_keys(*keys_, office());
    ASSERT_EQ(diagnosis.faults.size(), 1U);
    EXPECT_EQ(diagnosis.faults[0].code, "centre_unreachable");
    EXPECT_EQ(diagnosis.faults[0].detail, "no route to host");
    EXPECT_EQ(centre_->asked, 2); // but whenever somebody wants to know
    centre_->fault.reset();
    now_ += std::chrono::seconds{3};
    EXPECT_EQ(trouble(), "none");
}

TEST_F(ACentresKeys, AreToldToBeLocked) {
    centre_->catalogue.state = CatalogueState::locked;
    EXPECT_EQ(trouble(), "keys_locked");
    EXPECT_EQ(keys_->report().state, api::KeyState::locked);
    EXPECT_EQ(diagnose_keys(*keys_, office()).faults[0].code, "keys_locked");
}

TEST_F(ACentresKeys, ThatAreNotToBeHadHaveAFaultEach) {
    for (auto const& [code, fault] : {std::pair{LinkFaultCode::not_trusted, "centre_not_trusted"},
                                      std::pair{LinkFaultCode::certificate, "certificate_unusable"},
                                      std::pair{LinkFaultCode::refused, "centre_refused"},
                                      std::pair{LinkFaultCode::busy, "centre_unreachable"},
                                      std::pair{LinkFaultCode::unreadable, "centre_unreachable"}}) {
        centre_->fault = {code, "why"};
        EXPECT_EQ(trouble(), fault);
        EXPECT_EQ(keys_->report().fault->code, fault);
        now_ += std::chrono::seconds{60};
    }
}

TEST_F(ACentresKeys, CannotBeChangedFromAWindow) {
    EXPECT_EQ(code_of(keys_->lock()), "no_key_store");
}

TEST_F(ACentresKeysInProduction, AreRefusedWhereTheyAreForTests) {
    EXPECT_EQ(keys_->report().fault->code, "test_keys_refused");
    EXPECT_EQ(keys_->service().service, nullptr);
    EXPECT_EQ(trouble(), "key_service_failed");
    centre_->catalogue.are_test_keys = false;
    now_ += std::chrono::seconds{60};
    EXPECT_EQ(trouble(), "none");
}

} // namespace
} // namespace sscardd
