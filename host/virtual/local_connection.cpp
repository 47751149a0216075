#include "host/virtual/local_connection.hpp"

#include "host/virtual/t0_card.hpp"

#include "keys/openssl/evp_cipher.hpp"

namespace virtual_card {
namespace {

constexpr std::uint64_t fixed_seed = 1;

} // namespace

struct LocalConnection::Parts {
    Parts(CardMemory memory, std::vector<Fault> faults, MemoryStore* store,
          AntiTearing anti_tearing)
        : card{std::move(memory), {cipher, random, store, anti_tearing}}, faulty{t0, std::move(
                                                                                         faults)} {}

    keys::openssl::EvpCipher cipher{};
    SeededRandom random{fixed_seed};
    Card card;
    T0Card t0{card};
    FaultyCard faulty;
};

LocalConnection::LocalConnection(CardMemory memory, std::vector<Fault> faults, MemoryStore* store,
                                 AntiTearing anti_tearing)
    : parts_{std::make_unique<Parts>(std::move(memory), std::move(faults), store, anti_tearing)} {}

LocalConnection::~LocalConnection() = default;

apdu::Result<std::size_t> LocalConnection::transmit(apdu::ByteView command,
                                                    apdu::ByteSpan response) {
    auto const outcome = parts_->faulty.exchange(command);
    switch (outcome.what) {
    case ExchangeOutcome::What::removed:
        return apdu::Error::card_removed;
    case ExchangeOutcome::What::mute:
    case ExchangeOutcome::What::power_lost:
        return apdu::Error::card_mute;
    case ExchangeOutcome::What::answered:
        break;
    }
    if (outcome.answer.size() > response.size()) {
        return apdu::Error::too_long;
    }
    apdu::copy_bytes(outcome.answer, response);
    return outcome.answer.size();
}

apdu::Result<apdu::Done> LocalConnection::reset() {
    if (parts_->faulty.reset()) {
        return apdu::Done{};
    }
    return parts_->faulty.is_away() ? apdu::Error::card_removed : apdu::Error::card_mute;
}

apdu::ByteView LocalConnection::atr() const { return parts_->t0.atr(); }

void LocalConnection::insert() {
    parts_->faulty.come_back();
    (void)parts_->faulty.reset();
}

CardMemory const& LocalConnection::memory() const { return parts_->card.memory(); }

std::size_t LocalConnection::commands() const { return parts_->faulty.commands(); }

std::size_t LocalConnection::memory_writes() const { return parts_->faulty.memory_writes(); }

} // namespace virtual_card
