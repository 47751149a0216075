#include "firmware/boards/cortex_m/mbedtls_memory.hpp"

#include <array>
#include <cstdint>

#include <mbedtls/memory_buffer_alloc.h>

namespace cortex_m {

void give_memory_to_mbedtls() {
    constexpr std::size_t size = 4096; // it takes 3072
    alignas(8) static std::array<std::uint8_t, size> memory;
    mbedtls_memory_buffer_alloc_init(memory.data(), memory.size());
}

} // namespace cortex_m
