#include "host/daemon/psam_keys.hpp"

#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using keys::FallbackReason;

std::string_view psam_meaning(FallbackReason reason) {
    switch (reason) {
    case FallbackReason::level_too_low:
        return "its key serves another city or province";
    case FallbackReason::no_psam:
        return "there is none";
    case FallbackReason::algorithm_lacking:
        return "it has no keys for cards of that algorithm";
    case FallbackReason::reading_key_lacking:
        return "it has no RKSSSE";
    case FallbackReason::key_lacking:
        break;
    }
    return "it has no such key";
}

/// One job's keys: the PSAM's, and those behind them.
class PsamJobKeys final : public keys::FallbackListener {
public:
    PsamJobKeys(PsamSlot& slot, std::shared_ptr<keys::KeyService> psam,
                std::shared_ptr<keys::KeyService> next)
        : slot_{slot}, psam_{std::move(psam)}, next_{std::move(next)}, service_{*psam_, *next_,
                                                                                *this} {}

    void fell_back(FallbackReason reason, keys::KeyFault const& fault) override {
        slot_.note(reason);
        if (last_ != reason) { // a job asks for a key again and again
            last_ = reason;
            spdlog::info("the PSAM gives way, {}: {} ({} version {})",
                         static_cast<std::int32_t>(reason), psam_meaning(reason),
                         apdu::to_text(fault.key), fault.version);
        }
    }
    [[nodiscard]] keys::KeyService& service() { return service_; }

private:
    PsamSlot& slot_;
    std::shared_ptr<keys::KeyService> psam_;
    std::shared_ptr<keys::KeyService> next_;
    keys::FallbackKeyService service_;
    std::optional<FallbackReason> last_{};
};

} // namespace

LaneKeys PsamKeys::in_front_of(LaneKeys next) const {
    auto psam = slot_.service();
    if (psam == nullptr) {
        slot_.note(FallbackReason::no_psam);
        return next;
    }
    if (next.service == nullptr) {
        return {std::move(psam), next.are_locked};
    }
    auto const job = std::make_shared<PsamJobKeys>(slot_, std::move(psam), next.service);
    next.service = {job, &job->service()};
    return next;
}

api::KeyReport PsamKeys::with_psam(api::KeyReport report) const {
    report.psam = slot_.report();
    report.test = report.test.value_or(false) || report.psam->test;
    if (report.back_end == api::KeyBackEnd::none) {
        report.fault = report.psam->fault;
        report.state = report.fault ? api::KeyState::unusable : api::KeyState::open;
    }
    return report;
}

api::Outcome<api::KeyReport> PsamKeys::told(api::Outcome<api::KeyReport> outcome) const {
    return outcome.ok() ? with_psam(std::move(outcome).value()) : std::move(outcome);
}

} // namespace sscardd
