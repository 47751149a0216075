#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace virtual_card {

/// Where the power goes while a card writes its memory.
struct MemoryCut {
    std::size_t write;    ///< from 1, over all commands
    bool is_torn = false; ///< in the middle of that write; else just before it
};

/// What becomes of one write.
enum class WriteFate : std::uint8_t { done, torn, lost };

/// Counts the writes of a card's memory and says what becomes of each: after a cut all are lost
/// until the power is back. A cut counts its write, so that it comes once.
class WriteGate {
public:
    /// Adds one to the cuts to come.
    void add(MemoryCut cut) { cuts_.push_back(cut); }

    /// What becomes of the next write.
    [[nodiscard]] WriteFate next() {
        if (!has_power_) {
            return WriteFate::lost;
        }
        ++writes_;
        auto const cut = std::find_if(cuts_.begin(), cuts_.end(), [this](MemoryCut const& each) {
            return each.write == writes_;
        });
        if (cut == cuts_.end()) {
            return WriteFate::done;
        }
        has_power_ = false;
        return cut->is_torn ? WriteFate::torn : WriteFate::lost;
    }

    /// The power is on again, if it was gone.
    void power_on() { has_power_ = true; }
    [[nodiscard]] bool has_power() const { return has_power_; }

    /// Writes so far, those that a cut kept from being done too.
    [[nodiscard]] std::size_t writes() const { return writes_; }

private:
    std::vector<MemoryCut> cuts_{};
    std::size_t writes_ = 0;
    bool has_power_ = true;
};

} // namespace virtual_card
