#pragma once

#include "firmware/hal/flash.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <vector>

namespace terminal {

/// How a call ends at which the power goes.
enum class Tearing : std::uint8_t { nothing_done, all_done, noise, first_half, second_half };

inline constexpr std::array all_tearings{Tearing::nothing_done, Tearing::all_done, Tearing::noise,
                                         Tearing::first_half, Tearing::second_half};

/// A flash that throws std::logic_error where the rules of hal::Flash are broken, and loses its
/// power at a call: from then on calls fail and change nothing, until start(). A copy has the same
/// contents.
class SimulatedFlash final : public hal::Flash {
public:
    SimulatedFlash(std::size_t page_size, std::size_t page_count)
        : page_size_{page_size}, bytes_(page_size * page_count, 0xFF),
          writes_(bytes_.size() / word_size) {}
    SimulatedFlash(SimulatedFlash const& from)
        : page_size_{from.page_size_}, bytes_{from.bytes_}, writes_{from.writes_} {}

    std::size_t page_size() const override { return page_size_; }
    std::size_t page_count() const override { return bytes_.size() / page_size_; }

    void read(std::uint32_t offset, apdu::ByteSpan out) override {
        check(offset + out.size() <= bytes_.size(), "read beyond the end");
        apdu::copy_bytes(apdu::ByteView{bytes_}.subspan(offset, out.size()), out);
    }

    bool erase(std::size_t page) override {
        check(page < page_count(), "erased beyond the end");
        ++erasures_;
        std::vector<std::uint8_t> const blank(page_size_, 0xFF);
        return change(page * page_size_, blank, true);
    }

    bool write(std::uint32_t offset, apdu::ByteView bytes) override {
        check(offset % word_size == 0 && bytes.size() % word_size == 0, "no whole words");
        check(!bytes.empty() && offset + bytes.size() <= bytes_.size(), "written beyond the end");
        check(offset / page_size_ == (offset + bytes.size() - 1) / page_size_, "two pages");
        for (std::size_t at = 0; at < bytes.size(); at += word_size) {
            auto const word = bytes.subspan(at, word_size);
            bool const is_zero = std::count(word.begin(), word.end(), 0) == word_size;
            auto const writes = writes_[(offset + at) / word_size];
            check(!has_power_ || writes == 0 || (writes == 1 && is_zero), "not erased before");
        }
        return change(offset, bytes, false);
    }

    /// The power goes at the call after so many more, which ends like that.
    void cut_power(unsigned calls, Tearing tearing, unsigned seed) {
        calls_left_ = calls;
        tearing_ = tearing;
        noise_.seed(seed);
    }
    /// Whether the power went.
    bool is_cut() const { return !has_power_; }
    void start() {
        has_power_ = true;
        calls_left_ = forever;
    }
    /// From now on no call changes anything in that page.
    void wear_out(std::size_t page) { worn_out_ = page; }

    std::vector<std::uint8_t> const& bytes() const { return bytes_; }
    /// Changes a byte as no call can.
    void corrupt(std::size_t offset) { bytes_.at(offset) ^= 0x10; }
    unsigned erasures() const { return erasures_; }

private:
    static constexpr unsigned forever = 0xFFFFFFFF;

    static void check(bool holds, char const* rule) {
        if (!holds) {
            throw std::logic_error{rule};
        }
    }

    bool change(std::size_t offset, apdu::ByteView wanted, bool is_erasure) {
        if (!has_power_ || offset / page_size_ == worn_out_) {
            return false;
        }
        has_power_ = calls_left_ != 0;
        calls_left_ -= calls_left_ == forever ? 0 : 1;
        for (std::size_t i = 0; i < wanted.size(); ++i) {
            if (has_power_ || is_done(i, wanted.size())) {
                bytes_[offset + i] = wanted[i];
            } else if (tearing_ == Tearing::noise) {
                bytes_[offset + i] = static_cast<std::uint8_t>(noise_());
            }
            if (!has_power_) { // nobody knows what a word takes now: it must be erased
                writes_[(offset + i) / word_size] = 2;
            } else if (i % word_size == 0) {
                auto& count = writes_[(offset + i) / word_size];
                count = static_cast<std::uint8_t>(is_erasure ? 0 : count + 1);
            }
        }
        return has_power_;
    }

    bool is_done(std::size_t index, std::size_t size) const {
        return tearing_ == Tearing::all_done ||
               (tearing_ == Tearing::first_half && index < size / 2) ||
               (tearing_ == Tearing::second_half && index >= size / 2);
    }

    std::size_t page_size_;
    std::vector<std::uint8_t> bytes_;
    std::vector<std::uint8_t> writes_; ///< of each word since its erasure
    bool has_power_ = true;
    unsigned calls_left_ = forever;
    Tearing tearing_ = Tearing::nothing_done;
    std::mt19937 noise_;
    std::size_t worn_out_ = ~std::size_t{0};
    unsigned erasures_ = 0;
};

} // namespace terminal
