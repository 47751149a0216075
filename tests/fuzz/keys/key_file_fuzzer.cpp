#include "keys/file/key_file.hpp"

#include <algorithm>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string text{reinterpret_cast<char const*>(data), size};
    auto const file = keys::file::parse_key_file(text);
    bool const is_wiped = std::all_of(text.begin(), text.end(), [](char c) { return c == '\0'; });
    bool const is_told = file.ok() ? !file.value().keys.empty() : !file.error().empty();
    if (!is_wiped || !is_told) {
        std::abort();
    }
    return 0;
}
