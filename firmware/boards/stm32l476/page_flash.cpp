#include "firmware/boards/stm32l476/page_flash.hpp"

#include "firmware/boards/stm32l476/flash_errors.hpp"
#include "firmware/boards/stm32l476/flash_layout.hpp"
#include "firmware/boards/stm32l476/memory_protection.hpp"
#include "firmware/boards/stm32l476/registers.hpp"

#include "keys/secret_bytes.hpp"

#include <algorithm>
#include <array>

namespace stm32l476 {
namespace {

// FLASH_KEYR
constexpr std::uint32_t first_key = 0x4567'0123;
constexpr std::uint32_t second_key = 0xCDEF'89AB;
// FLASH_CR
constexpr std::uint32_t programs = bit(0);
constexpr std::uint32_t erases_page = bit(1);
constexpr unsigned page_shift = 3;
constexpr std::uint32_t in_second_bank = bit(11);
constexpr std::uint32_t starts = bit(16);
constexpr std::uint32_t is_locked = bit(31);
// FLASH_SR
constexpr std::uint32_t end_of_operation = bit(0);
constexpr std::uint32_t errors = bit(1) | 0x3F8U | bit(14) | bit(15);
constexpr std::uint32_t busy = bit(16);
/// Looks, at some 10 cycles each: a second. An erasure takes 25 ms.
constexpr unsigned busy_looks_max = 8'000'000;

using Word = std::array<std::uint8_t, hal::Flash::word_size>;

/// What the chip writes at once: two words of its own. A word is read in one piece.
std::uint32_t volatile& half_at(std::uint32_t address) {
    return *reinterpret_cast<std::uint32_t volatile*>(std::uintptr_t{address});
}

void put(std::uint32_t half, std::span<std::uint8_t, 4> out) {
    for (std::uint8_t& byte : out) {
        byte = static_cast<std::uint8_t>(half);
        half >>= 8U;
    }
}

std::uint32_t half_of(std::span<std::uint8_t const, 4> bytes) {
    std::uint32_t half = 0;
    for (unsigned i = 0; i < bytes.size(); ++i) {
        half |= std::uint32_t{bytes[i]} << (8 * i);
    }
    return half;
}

Word read_word(std::uint32_t address) {
    (void)was_flash_wrong();
    std::uint32_t const low = half_at(address);
    std::uint32_t const high = half_at(address + 4);
    asm volatile("dsb\n"
                 "isb\n" ::
                     : "memory"); // the interrupt of a wrong word has come by now
    Word word{};
    if (!was_flash_wrong()) {
        put(low, std::span{word}.first<4>());
        put(high, std::span{word}.last<4>());
    }
    return word;
}

/// The flash's registers, unlocked while it lives.
class Unlocked {
public:
    Unlocked() {
        if (flash().cr.has(is_locked)) {
            flash().keyr.write(first_key);
            flash().keyr.write(second_key);
        }
        flash().sr.write(errors | end_of_operation); // writing 1 clears
    }
    Unlocked(Unlocked const&) = delete;
    Unlocked& operator=(Unlocked const&) = delete;
    ~Unlocked() { flash().cr.write(is_locked); }

    /// False: it does not end, or it went wrong.
    [[nodiscard]] static bool finish() {
        for (unsigned look = 0; look < busy_looks_max; ++look) {
            if (!flash().sr.has(busy)) {
                return !flash().sr.has(errors);
            }
        }
        return false;
    }

private:
    WritableFlash writable_;
};

bool write_word(std::uint32_t address, std::span<std::uint8_t const, 8> bytes) {
    flash().cr.write(programs);
    half_at(address) = half_of(bytes.first<4>());
    asm volatile("isb" ::: "memory"); // the halves go in this order
    half_at(address + 4) = half_of(bytes.last<4>());
    asm volatile("dsb" ::: "memory");
    bool const is_done = Unlocked::finish();
    flash().cr.write(0);
    if (!is_done) {
        return false;
    }
    Word written = read_word(address);
    bool const is_right = std::equal(written.begin(), written.end(), bytes.begin());
    keys::wipe(written);
    return is_right;
}

} // namespace

PageFlash::PageFlash(std::uint32_t begin, std::size_t page_count)
    : begin_{begin}, page_count_{page_count} {
    apdu::require(begin >= flash_begin && begin % flash_page_size == 0);
    apdu::require((begin - flash_begin) / flash_page_size + page_count <= 2 * pages_per_bank);
}

std::size_t PageFlash::page_size() const { return flash_page_size; }

std::size_t PageFlash::size() const { return page_count_ * flash_page_size; }

void PageFlash::read(std::uint32_t offset, apdu::ByteSpan out) {
    apdu::require(offset <= size() && out.size() <= size() - offset);
    while (!out.empty()) {
        std::size_t const skipped = offset % word_size;
        std::size_t const count = std::min(out.size(), word_size - skipped);
        Word word = read_word(begin_ + offset - static_cast<std::uint32_t>(skipped));
        apdu::copy_bytes(apdu::ByteView{word}.subspan(skipped, count), out);
        keys::wipe(word);
        offset += static_cast<std::uint32_t>(count);
        out = out.subspan(count);
    }
}

bool PageFlash::erase(std::size_t page) {
    apdu::require(page < page_count_);
    std::size_t const of_chip = (begin_ - flash_begin) / flash_page_size + page;
    auto const of_bank = static_cast<std::uint32_t>(of_chip % pages_per_bank);
    std::uint32_t const bank = of_chip >= pages_per_bank ? in_second_bank : 0;
    Unlocked const unlocked;
    flash().cr.write(erases_page | of_bank << page_shift | bank);
    flash().cr.set(starts);
    bool const is_done = Unlocked::finish();
    flash().cr.write(0);
    return is_done;
}

bool PageFlash::write(std::uint32_t offset, apdu::ByteView bytes) {
    apdu::require(offset % word_size == 0 && bytes.size() % word_size == 0);
    apdu::require(offset <= size() && bytes.size() <= size() - offset);
    Unlocked const unlocked;
    for (; !bytes.empty(); bytes = bytes.subspan(word_size)) {
        if (!write_word(begin_ + offset, bytes.first<word_size>())) {
            return false;
        }
        offset += word_size;
    }
    return true;
}

} // namespace stm32l476
