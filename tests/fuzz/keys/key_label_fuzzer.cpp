#include "keys/pkcs11/key_label.hpp"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    auto const label = keys::pkcs11::key_label_from_text(text);
    if (label && keys::pkcs11::to_text(*label) != text) {
        std::abort();
    }
    return 0;
}
