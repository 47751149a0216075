#include "keys/custody/typed_hex.hpp"

#include <array>
#include <cstdlib>

/// What is taken is written in one form, which is taken as the same.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    std::array<std::uint8_t, 4> read{};
    std::array<std::uint8_t, 4> again{};
    if (keys::custody::read_typed_hex(text, read) &&
        (!keys::custody::read_typed_hex(keys::custody::grouped_hex(read), again) ||
         read != again)) {
        std::abort();
    }
    return 0;
}
