#include "host/store/key_set.hpp"

#include <cstdlib>

// Whatever is read as keys of a card is written as it was.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const keys = store::key_set_from_text(text);
    if (keys && store::to_text(*keys) != text) {
        std::abort();
    }
    if (keys && keys->size() == 1 && store::key_mark_from_text(text) != keys->front()) {
        std::abort();
    }
    return 0;
}
