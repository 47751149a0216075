#pragma once

#include "host/store/card_register.hpp"

#include "keys/transaction_counters.hpp"

namespace store {

/// Terminals' transaction counters in the register: what is accepted is on the disk before, so that
/// no PIN block is taken twice, whatever happens to the daemon. For any thread.
class RegisteredCounters final : public keys::TransactionCounters {
public:
    /// `cards` must outlive it.
    explicit RegisteredCounters(CardRegister& cards) : register_{cards} {}
    [[nodiscard]] keys::CounterAnswer use(keys::InitialKeyId const& terminal,
                                          std::uint32_t counter) override {
        auto const used = register_.use_counter(terminal, counter);
        if (!used.ok()) {
            return keys::CounterAnswer::not_recorded;
        }
        return used.value() ? keys::CounterAnswer::accepted : keys::CounterAnswer::used_before;
    }

private:
    CardRegister& register_;
};

} // namespace store
