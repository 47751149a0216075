#pragma once

#include "desk.hpp"

#include "host/daemon/key_doctor.hpp"
#include "host/daemon/psam_keys.hpp"
#include "host/virtual/foreign_card.hpp"
#include "host/virtual/psam_making.hpp"

#include "keys/openssl/evp_cipher.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace sscardd {

using apdu::KeyName;
using keys::Algorithm;
using keys::FallbackReason;

inline keys::CardIdentity card_of(Algorithm algorithm) {
    return {algorithm, {0x63, 0x99, 0x00}, {7}};
}
inline constexpr keys::Challenge process_factor{1, 2, 3, 4, 5, 6, 7, 8};
inline constexpr keys::Challenge original_number{8, 7, 6, 5, 4, 3, 2, 1};

/// The reader that is kept for a PSAM, and what is in it.
class SamReader {
public:
    SamReader() { put_in(); }

    void put_in(virtual_card::PsamPlan const& plan = {}) {
        card_ = std::make_shared<virtual_card::Psam>(
            virtual_card::make_psam(plan, test_keys().masters()).value(), cipher_, 1);
    }
    void put_in_a_bank_card() {
        card_ = std::make_shared<virtual_card::ForeignCard>(virtual_card::ForeignKind::bank);
    }
    void take_out() { card_.reset(); }

    CardSourceMaker source() {
        return [this] { return std::make_unique<Source>(*this); };
    }

    /// Calls stay in the reader until it is let go; at its opening, or at a command.
    void hang(bool at_opening = false) {
        std::lock_guard const lock{mutex_};
        hangs_at_opening_ = at_opening;
        hangs_at_command_ = !at_opening;
    }
    void let_go() {
        std::lock_guard const lock{mutex_};
        hangs_at_opening_ = false;
        hangs_at_command_ = false;
        let_go_.notify_all();
    }

    std::optional<apdu::Error> fault{};
    std::atomic<int> opened{0};
    std::atomic<int> commands{0};
    std::atomic<int> sources{0}; ///< that are there
    std::atomic<int> at_work{0};
    std::atomic<bool> was_mixed{false};

private:
    using Card = std::shared_ptr<virtual_card::PhysicalCard>;

    void stay_while(bool const& hangs) {
        std::unique_lock lock{mutex_};
        let_go_.wait(lock, [&hangs] { return !hangs; });
    }

    class Connection final : public apdu::CardConnection {
    public:
        explicit Connection(SamReader& reader) : reader_{reader}, card_{reader.card_} {
            card_->reset();
        }
        apdu::Result<std::size_t> transmit(apdu::ByteView command,
                                           apdu::ByteSpan response) override {
            ++reader_.commands;
            reader_.stay_while(reader_.hangs_at_command_);
            if (reader_.card_ != card_) {
                return apdu::Error::card_removed;
            }
            reader_.was_mixed = reader_.was_mixed || ++reader_.at_work != 1;
            auto const answer = card_->exchange(command);
            --reader_.at_work;
            apdu::copy_bytes(answer, response);
            return answer.size();
        }
        apdu::Result<apdu::Done> reset() override { return apdu::Done{}; }
        [[nodiscard]] apdu::ByteView atr() const override { return card_->atr(); }
        [[nodiscard]] apdu::Protocol protocol() const override { return apdu::Protocol::t0; }

    private:
        SamReader& reader_;
        Card card_;
    };
    class Source final : public CardSource {
    public:
        explicit Source(SamReader& reader) : reader_{reader} { ++reader_.sources; }
        ~Source() override { --reader_.sources; }
        apdu::Result<std::unique_ptr<apdu::CardConnection>> open(std::string const& name) override {
            EXPECT_EQ(name, "SAM Reader");
            ++reader_.opened;
            reader_.stay_while(reader_.hangs_at_opening_);
            if (reader_.fault) {
                return *reader_.fault;
            }
            if (reader_.card_ == nullptr) {
                return apdu::Error::card_absent;
            }
            return std::unique_ptr<apdu::CardConnection>{std::make_unique<Connection>(reader_)};
        }

    private:
        SamReader& reader_;
    };

    keys::openssl::EvpCipher cipher_{};
    Card card_{};
    std::mutex mutex_{};
    std::condition_variable let_go_{};
    bool hangs_at_opening_ = false;
    bool hangs_at_command_ = false;
};

class APsamsKeys : public testing::Test {
protected:
    /// With the test keys behind the PSAM, or none.
    KeyStore& keys(bool has_next = true) {
        KeySettings settings;
        settings.file = has_next ? std::string{SSCARD_SOURCE "/tests/vectors/test_keys.json"} : "";
        settings.psam.emplace();
        settings.psam->reader = "SAM Reader";
        settings.psam->call_max = call_max_;
        auto opened = open_key_store(settings, reader_.source());
        keys_ = std::get<std::unique_ptr<KeyStore>>(std::move(opened));
        return *keys_;
    }
    [[nodiscard]] keys::KeyResult<keys::AuthenticationData>
    proof(LaneKeys const& keys, KeyName key = KeyName::rk_ssse,
          Algorithm algorithm = Algorithm::sm4) const {
        return keys.service->external_authentication(card_of(algorithm), {key}, process_factor,
                                                     original_number);
    }
    [[nodiscard]] keys::AuthenticationData right_proof(KeyName key = KeyName::rk_ssse,
                                                       Algorithm algorithm = Algorithm::sm4) const {
        auto const owner = std::make_shared<int>();
        return service_over(owner, test_keys().masters())
            ->external_authentication(card_of(algorithm), {key}, process_factor, original_number)
            .value();
    }
    /// The reasons for which the PSAM gave way so far.
    [[nodiscard]] std::vector<std::string> ways() const {
        std::vector<std::string> codes;
        auto const report = keys_->report();
        for (api::PsamWay const& way : report.psam->gave_way) {
            codes.push_back(way.code);
        }
        return codes;
    }
    [[nodiscard]] std::string fault() const {
        auto const report = keys_->report();
        return report.psam->fault ? report.psam->fault->code : "";
    }

    /// Waits until the PSAM that hung is found again.
    void expect_found_again() {
        while (fault() == "psam_hangs") {
            std::this_thread::yield();
        }
        EXPECT_EQ(fault(), "");
        EXPECT_EQ(proof(keys_->service()).value(), right_proof());
    }

    SamReader reader_{};
    std::chrono::milliseconds call_max_{30'000};
    std::unique_ptr<KeyStore> keys_{};
};

} // namespace sscardd
