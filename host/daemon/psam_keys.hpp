#pragma once

#include "host/daemon/key_store.hpp"
#include "host/daemon/psam_slot.hpp"

namespace sscardd {

/// Keys of which a PSAM is asked first, and the back end behind it where the PSAM gives way: in the
/// five cases of driver-api.md §1, request by request. What is done to keys is done to that back
/// end.
class PsamKeys final : public KeyStore {
public:
    /// `next` must not be null.
    PsamKeys(PsamSlotSettings settings, std::unique_ptr<KeyStore> next, CardSourceMaker cards)
        : slot_{std::move(settings), std::move(cards)}, next_{std::move(next)} {}

    [[nodiscard]] LaneKeys service() const override { return in_front_of(next_->service()); }
    [[nodiscard]] LaneKeys service_for(keys::remote::KeyUse const& use) const override {
        return in_front_of(next_->service_for(use));
    }
    /// That of the back end behind it, with the PSAM; open where the PSAM alone has keys.
    [[nodiscard]] api::KeyReport report() const override { return with_psam(next_->report()); }
    [[nodiscard]] bool takes_keys() const override { return next_->takes_keys(); }
    [[nodiscard]] api::Outcome<apdu::Done> take(keys::sealed::KeyBundle keys) override {
        return next_->take(std::move(keys));
    }
    void count_transactions_in(keys::TransactionCounters& counters) override {
        next_->count_transactions_in(counters);
    }
    [[nodiscard]] api::Outcome<keys::custody::NewBackup> back_up(std::size_t needed,
                                                                 std::size_t count) const override {
        return next_->back_up(needed, count);
    }
    [[nodiscard]] api::Outcome<api::KeyReport> unlock(api::KeysUnlockRequest request) override {
        return told(next_->unlock(std::move(request)));
    }
    [[nodiscard]] api::Outcome<api::KeyReport> lock() override { return told(next_->lock()); }
    [[nodiscard]] api::Outcome<api::KeyReport>
    create(api::KeyStoreCreationRequest request) override {
        return told(next_->create(std::move(request)));
    }
    [[nodiscard]] api::Outcome<api::KeyReport> take_in(api::KeysImportRequest request) override {
        return told(next_->take_in(std::move(request)));
    }
    [[nodiscard]] api::Outcome<api::KeyReport>
    remove(api::KeyRemovalRequest const& request) override {
        return told(next_->remove(request));
    }
    [[nodiscard]] api::Outcome<apdu::Done> destroy(api::KeyRemovalRequest const& request) override {
        return next_->destroy(request);
    }
    [[nodiscard]] api::Outcome<HsmKeyMade> generate(HsmKeyOrder const& order) override {
        return next_->generate(order);
    }
    [[nodiscard]] api::Outcome<apdu::Done> keep_generated() override {
        return next_->keep_generated();
    }
    void drop_generated() override { next_->drop_generated(); }
    [[nodiscard]] api::Outcome<api::KeyReport>
    change_passphrase(api::PassphraseChangeRequest request) override {
        return told(next_->change_passphrase(std::move(request)));
    }

private:
    [[nodiscard]] LaneKeys in_front_of(LaneKeys next) const;
    [[nodiscard]] api::KeyReport with_psam(api::KeyReport report) const;
    [[nodiscard]] api::Outcome<api::KeyReport> told(api::Outcome<api::KeyReport> outcome) const;

    mutable PsamSlot slot_;
    std::unique_ptr<KeyStore> next_;
};

} // namespace sscardd
