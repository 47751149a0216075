#pragma once

#include "desk.hpp"

#include "host/daemon/centre_service.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <sstream>

namespace sscardd {

inline constexpr keys::Challenge process{0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88};
inline constexpr keys::Challenge original{0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08};

/// The test keys, which can be locked.
class LockableKeys final : public KeyStore {
public:
    [[nodiscard]] LaneKeys service() const override {
        ++asked;
        return is_locked ? LaneKeys{nullptr, true}
                         : LaneKeys{service_over(std::make_shared<int>(), test_keys().masters())};
    }
    [[nodiscard]] api::KeyReport report() const override {
        api::KeyReport report;
        report.back_end = api::KeyBackEnd::sealed_store;
        report.state = is_locked ? api::KeyState::locked : api::KeyState::open;
        report.test = true;
        if (!is_locked) {
            report.keys = known_keys(test_keys().masters(), report.back_end);
        }
        return report;
    }
    bool is_locked = false;
    mutable std::atomic<int> asked{0}; ///< how often keys were given out
};

/// A client with every purpose, for cards of one province.
inline CentreClient window_client() {
    CentreClient client{"window-3", std::string(64, 'A'), {}, {}, {"63"}};
    client.purposes.set();
    return client;
}

/// A client that resets PINs.
inline CentreClient kiosk_client() {
    CentreClient client{"kiosk-7", {}, "kiosk-7.example", {}, {"63", "11"}};
    client.purposes.set(static_cast<std::size_t>(keys::remote::CardPurpose::pin_reset));
    return client;
}

/// A centre with two clients, without TLS between.
class ACentre : public testing::Test {
protected:
    using Answer = keys::remote::TlsAnswer;
    using Peer = keys::remote::TlsPeer;

    ACentre() {
        settings_.clients = {window_client(), kiosk_client()};
        auto const log = std::make_shared<spdlog::logger>(
            "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log_));
        log->set_level(spdlog::level::debug);
        spdlog::set_default_logger(log);
        service_.emplace(settings_, keys_, events_, [this] { return now_; });
    }
    ~ACentre() override { spdlog::set_default_logger(before_); }

    Answer send(Peer const& peer, std::string_view path, keys::remote::WipedText const& body) {
        return service_->answer(peer, path, body.content());
    }
    /// Opens one that is approved.
    keys::remote::OperationId
    open(keys::remote::CardPurpose purpose = keys::remote::CardPurpose::pin_reset) {
        auto const answer =
            send(window_, keys::remote::open_path,
                 encode(keys::remote::OperationRequest{purpose, card_, "zhang.san"}));
        EXPECT_EQ(answer.status, 200);
        auto const grant = keys::remote::parse_operation_grant(answer.body.content());
        EXPECT_TRUE(grant.has_value());
        return grant ? grant->operation : keys::remote::OperationId{};
    }
    Answer step(keys::remote::OperationId const& operation, std::uint32_t number,
                keys::remote::SeamCall call) {
        last_ = encode(keys::remote::Step{operation, number, card_, std::move(call)});
        return send(window_, keys::remote::step_path, last_);
    }
    static keys::remote::SeamCall prove_puk() {
        return keys::remote::ExternalAuthentication{{apdu::KeyName::puk}, process, original};
    }
    static keys::remote::SeamCall reset(std::string_view pin = "471128") {
        return keys::remote::PinReset{process, keys::Pin::from_digits(pin).value()};
    }
    [[nodiscard]] std::size_t count_in_log(std::string_view text) const {
        std::string const log = log_.str();
        std::size_t count = 0;
        for (auto at = log.find(text); at != std::string::npos; at = log.find(text, at + 1)) {
            ++count;
        }
        return count;
    }
    /// Nothing is given, in the same words as ever; the log alone has the reason.
    void expect_refused(Answer const& answer, std::string_view reason) {
        EXPECT_EQ(answer.status, 403);
        EXPECT_EQ(answer.body.content(), "");
        EXPECT_EQ(count_in_log(std::string{"refused: "}.append(reason)), 1U) << log_.str();
    }

    Peer window_{std::string(64, 'A'), "window-3.example", "10.0.0.3"};
    Peer kiosk_{std::string(64, 'B'), "kiosk-7.example", "10.0.0.7"};
    keys::CardIdentity card_{keys::Algorithm::sm4, {0x63, 0x99, 0x00}, {1, 2, 3, 4, 5, 6, 7, 8}};
    CentreSettings settings_{};
    LockableKeys keys_{};
    EventLog events_{};
    ApprovedOperations::Clock::time_point now_{};
    std::ostringstream log_{};
    std::optional<CentreService> service_{};
    keys::remote::WipedText last_{}; ///< the step that was sent last

private:
    std::shared_ptr<spdlog::logger> before_ = spdlog::default_logger();
};

} // namespace sscardd
