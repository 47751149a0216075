#pragma once

#include "host/virtual/card_command.hpp"
#include "host/virtual/security_state.hpp"
#include "host/virtual/write_gate.hpp"

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

/// What a chip does, when its power comes back, with a command whose writes were cut off.
enum class AntiTearing : std::uint8_t {
    none, ///< nothing: what was written stands
    undo, ///< takes back all that the command had written
};

/// A card's chip: memory, security state and the commands on them, whatever protocol carries these.
/// What a command changes is written in counted writes (memory_writes.hpp) and committed as one
/// before its answer; where that fails the answer is 6581 and nothing has changed.
class Card {
public:
    /// What a card works with; all must outlive it. `store` may be null: then nothing is kept.
    struct Surroundings {
        keys::BlockCipher& cipher;
        RandomSource& random;
        MemoryStore* store = nullptr;
        AntiTearing anti_tearing = AntiTearing::none;
    };

    Card(CardMemory memory, Surroundings surroundings);

    /// Power on or reset: the security state is lost and the MF, where there is one, is selected.
    void reset();

    /// 3B 6D 00 00 and the historical bytes, as they stood at the last reset. card.md §1.3.
    [[nodiscard]] Bytes const& atr() const { return atr_; }

    /// Carries a command out. Where data go from the card and their number is not `ne`, the answer
    /// is 6Cxx and nothing has happened. @returns nothing when the power went while it wrote, and
    /// from then on until reset(); what it had written until then is committed.
    [[nodiscard]] std::optional<Answer> execute(CardCommand const& command);

    /// Cuts the power at that write of the memory.
    void cut_power(MemoryCut cut) { gate_.add(cut); }

    /// Writes of its memory so far, those that a cut kept from being done too.
    [[nodiscard]] std::size_t memory_writes() const { return gate_.writes(); }

    [[nodiscard]] CardMemory const& memory() const { return memory_; }

    // For the commands, which are functions in this folder.

    /// The memory to be changed; each call begins a step, and steps are written one after the
    /// other. What a command changes stands whatever it answers: a wrong PIN is refused and
    /// counted.
    [[nodiscard]] CardMemory& change();
    [[nodiscard]] SecurityState& security() { return security_; }
    [[nodiscard]] SecurityState const& security() const { return security_; }
    [[nodiscard]] keys::BlockCipher& cipher() { return surroundings_.cipher; }
    [[nodiscard]] RandomSource& random() { return surroundings_.random; }

private:
    /// How the writing of what a command changed ended.
    enum class Writing : std::uint8_t { done, failed, power_lost };

    Answer carry_out(CardCommand const& command);
    [[nodiscard]] Writing write();

    CardMemory memory_;
    std::vector<CardMemory> steps_{}; ///< as it was before each step of the command
    WriteGate gate_{};
    Surroundings surroundings_;
    SecurityState security_{};
    Bytes atr_{};
};

} // namespace virtual_card
