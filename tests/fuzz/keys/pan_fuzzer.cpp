#include "keys/pan.hpp"

#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string const text{reinterpret_cast<char const*>(data), size};
    bool const is_pan = size >= 1 && size <= keys::pan_digits_max &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    auto const pan = keys::Pan::from_digits(text);
    if (pan.ok() != is_pan) {
        std::abort();
    }
    return 0;
}
