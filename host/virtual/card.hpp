#pragma once

#include "host/virtual/card_command.hpp"
#include "host/virtual/security_state.hpp"

#include "keys/block_cipher.hpp"

#include <random>

namespace virtual_card {

/// What stands before the historical bytes in the answer to reset.
inline constexpr std::array<std::uint8_t, 4> atr_start{0x3B, 0x6D, 0x00, 0x00};

/// Where a card takes random numbers from.
class RandomSource {
public:
    RandomSource() = default;
    RandomSource(RandomSource const&) = delete;
    RandomSource& operator=(RandomSource const&) = delete;
    virtual ~RandomSource() = default;
    /// Fills all of `out`.
    virtual void fill(apdu::ByteSpan out) = 0;
};

/// Numbers from a seed: the same seed, the same numbers. A virtual card guards nothing real.
class SeededRandom final : public RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed) : engine_{seed} {}
    void fill(apdu::ByteSpan out) override;

private:
    std::mt19937_64 engine_;
};

/// Where a card's memory is kept over power cuts.
class MemoryStore {
public:
    MemoryStore() = default;
    MemoryStore(MemoryStore const&) = delete;
    MemoryStore& operator=(MemoryStore const&) = delete;
    virtual ~MemoryStore() = default;
    /// Keeps all of `memory`, or nothing new. False: it could not.
    [[nodiscard]] virtual bool commit(CardMemory const& memory) = 0;
};

/// A card's chip: memory, security state and the commands on them, whatever protocol carries these.
/// What a command changes is committed as one before its answer; where that fails the answer is
/// 6581 and nothing has changed.
class Card {
public:
    /// What a card works with; all must outlive it. `store` may be null: then nothing is kept.
    struct Surroundings {
        keys::BlockCipher& cipher;
        RandomSource& random;
        MemoryStore* store = nullptr;
    };

    Card(CardMemory memory, Surroundings surroundings);

    /// Power on or reset: the security state is lost and the MF, where there is one, is selected.
    void reset();

    /// 3B 6D 00 00 and the historical bytes, as they stood at the last reset. card.md §1.3.
    [[nodiscard]] Bytes const& atr() const { return atr_; }

    /// Carries a command out. Where data go from the card and their number is not `ne`, the answer
    /// is 6Cxx and nothing has happened.
    [[nodiscard]] Answer execute(CardCommand const& command);

    [[nodiscard]] CardMemory const& memory() const { return memory_; }

    // For the commands, which are functions in this folder.

    /// The memory to be changed. What a command changes stands whatever it answers: a wrong PIN is
    /// refused and counted.
    [[nodiscard]] CardMemory& change();
    [[nodiscard]] SecurityState& security() { return security_; }
    [[nodiscard]] SecurityState const& security() const { return security_; }
    [[nodiscard]] keys::BlockCipher& cipher() { return surroundings_.cipher; }
    [[nodiscard]] RandomSource& random() { return surroundings_.random; }

private:
    Answer carry_out(CardCommand const& command);
    [[nodiscard]] bool commit();

    CardMemory memory_;
    std::optional<CardMemory> before_{}; ///< as it was before the command, once that changed it
    Surroundings surroundings_;
    SecurityState security_{};
    Bytes atr_{};
};

} // namespace virtual_card
