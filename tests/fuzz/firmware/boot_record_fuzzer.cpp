#include "firmware/core/boot_record.hpp"

#include "tests/firmware/simulated_flash.hpp"
#include "tests/fuzz/require_so.hpp"

#include <algorithm>

namespace {

using terminal::BootChoice;
using terminal::BootRecord;
using terminal::ImageSlot;

constexpr std::size_t page_size = 1024;
constexpr std::size_t page_count = 4;
constexpr std::size_t record_size = 32;
constexpr std::size_t checksum_at = 24;

/// The checksum of the first part, so that the fuzzer gets past it.
void put_checksum(std::array<std::uint8_t, record_size>& record) {
    std::uint32_t crc = 0xFFFFFFFFU;
    for (std::size_t i = 0; i < 8 * checksum_at; ++i) {
        std::uint32_t const bit = (crc ^ record[i / 8] >> i % 8) & 1U;
        crc = crc >> 1U ^ (bit != 0 ? 0xEDB88320U : 0);
    }
    for (unsigned i = 0; i < 4; ++i) {
        record[checksum_at + i] = static_cast<std::uint8_t>(crc >> 8 * i);
        record[checksum_at + 4 + i] = static_cast<std::uint8_t>(~crc >> 8 * i);
    }
}

std::optional<BootChoice> loaded(terminal::SimulatedFlash& flash) {
    BootRecord record{flash};
    record.load();
    return record.choice();
}

} // namespace

/// The first byte: which records are made right in their magic and checksum. Then both records.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    terminal::SimulatedFlash flash{page_size, page_count};
    for (std::size_t page = 0; page < 2; ++page) {
        std::array<std::uint8_t, record_size> bytes{};
        std::size_t const start = std::min(size, 1 + page * record_size);
        std::copy_n(data + start, std::min(record_size, size - start), bytes.begin());
        bool const is_mended = (data[0] >> page & 1U) != 0;
        if (is_mended) {
            apdu::copy_bytes(std::array<std::uint8_t, 4>{'S', 'S', 'B', 1}, bytes);
            put_checksum(bytes);
        }
        require_so(
            flash.write(static_cast<std::uint32_t>((page_count - 2 + page) * page_size), bytes));
    }
    auto const found = loaded(flash);
    require_so(!found || (found->confirmed <= ImageSlot::second &&
                          found->trial.value_or(other_slot(found->confirmed)) ==
                              other_slot(found->confirmed)));
    // Whatever was there, the next record counts, and the one after it.
    BootRecord record{flash};
    record.load();
    for (std::uint32_t version = 0; version < 2; ++version) {
        BootChoice const choice{ImageSlot::second, ImageSlot::first, 2, version};
        require_so(record.store(choice));
        require_so(loaded(flash) == choice);
    }
    return 0;
}
