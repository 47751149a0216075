#include "host/daemon/psam_slot.hpp"

#include <fmt/format.h>
#include <spdlog/spdlog.h>

namespace sscardd {
namespace {

using keys::KeyFaultReason;
using keys::psam::PsamFacts;

api::Fault absent(std::string const& reader, apdu::Error error) {
    if (error == apdu::Error::sharing_violation) {
        return api::fault("psam_unusable",
                          fmt::format("{}: another program holds the reader", reader));
    }
    return api::fault("psam_absent", reader);
}

api::Fault unusable(std::string const& reader, KeyFaultReason reason) {
    return api::fault("psam_unusable", fmt::format("{}: {}", reader,
                                                   reason == KeyFaultReason::back_end_absent
                                                       ? "the card there is no PSAM"
                                                       : "it does not answer as a PSAM does"));
}

} // namespace

/// A PSAM that was found, with all that works on it. Jobs that hold it keep it, so that a
/// connection ends with the last of them.
class PsamSlot::AtHand final : public keys::psam::PsamTurns {
public:
    AtHand(PsamSlotSettings const& settings, std::unique_ptr<apdu::CardConnection> connection)
        : exceptions_{settings.keys}, connection_{std::move(connection)}, card_{*connection_},
          service_{card_,
                   {settings.dispersals, exceptions_, settings.region, settings.holds_test_keys},
                   *this} {}

    void begin() override { turn_.lock(); }
    void end() override { turn_.unlock(); }

    [[nodiscard]] keys::psam::PsamResult<PsamFacts> facts() {
        std::lock_guard const lock{turn_};
        return card_.facts();
    }
    /// False once it was taken out, whatever is in the reader now.
    [[nodiscard]] bool is_there() {
        std::lock_guard const lock{turn_};
        return !card_.is_lost() && card_.is_there();
    }
    [[nodiscard]] keys::KeyService& service() { return service_; }

private:
    std::mutex turn_{};
    std::vector<keys::psam::PsamKeyPlace> exceptions_;
    std::unique_ptr<apdu::CardConnection> connection_;
    keys::psam::PsamCard card_;
    keys::psam::PsamKeyService service_;
};

PsamSlot::PsamSlot(PsamSlotSettings settings, CardSourceMaker cards)
    : settings_{std::move(settings)}, cards_{std::move(cards)} {}

PsamSlot::~PsamSlot() = default;

void PsamSlot::look() {
    bool const was_there = at_hand_ != nullptr;
    if (was_there && at_hand_->is_there()) {
        return;
    }
    at_hand_.reset();
    if (reader_ == nullptr || !reader_->hangs()) {
        reader_ = std::make_shared<PatientReader>(cards_, settings_.call_max);
        auto connection = reader_->open(settings_.reader);
        fault_ = connection.ok() ? std::nullopt
                                 : std::optional{absent(settings_.reader, connection.error())};
        if (connection.ok()) {
            auto found = std::make_shared<AtHand>(settings_, std::move(connection).value());
            auto const facts = found->facts();
            fault_ = facts.ok() ? std::nullopt
                                : std::optional{unusable(settings_.reader, facts.error())};
            at_hand_ = facts.ok() ? std::move(found) : nullptr;
        }
    }
    if (reader_->hangs()) {
        fault_ = api::fault("psam_hangs", settings_.reader);
    }
    if (at_hand_ != nullptr) {
        spdlog::info("PSAM in {}", settings_.reader);
    } else if (was_there) {
        spdlog::warn("{}: {}", fault_->code, fault_->detail);
    }
}

std::shared_ptr<keys::KeyService> PsamSlot::service() {
    std::lock_guard const lock{mutex_};
    look();
    return at_hand_ == nullptr ? nullptr
                               : std::shared_ptr<keys::KeyService>{at_hand_, &at_hand_->service()};
}

void PsamSlot::note(keys::FallbackReason reason) {
    std::lock_guard const lock{mutex_};
    ++gave_way_[reason];
}

api::KeyPsam PsamSlot::report() {
    std::lock_guard const lock{mutex_};
    look();
    api::KeyPsam told;
    told.reader = settings_.reader;
    told.test = settings_.holds_test_keys;
    told.fault = fault_;
    for (auto const& [reason, count] : gave_way_) {
        told.gave_way.push_back({std::to_string(static_cast<std::int32_t>(reason)), count});
    }
    if (at_hand_ == nullptr) {
        return told;
    }
    auto const facts = at_hand_->facts();
    if (!facts.ok()) {
        told.fault = unusable(settings_.reader, facts.error());
        return told;
    }
    PsamFacts const& found = facts.value();
    if (found.terminal) {
        told.terminal_number = fmt::format("{:02X}", fmt::join(*found.terminal, ""));
    }
    if (found.card) {
        told.serial = fmt::format("{:02X}", fmt::join(found.card->serial, ""));
    }
    for (auto const algorithm : {keys::Algorithm::des3, keys::Algorithm::sm4}) {
        if (found.has(algorithm)) {
            told.algorithms.emplace_back(keys::to_text(algorithm));
        }
    }
    told.key_version = found.key_version();
    return told;
}

} // namespace sscardd
