#include "keys/secret_bytes.hpp"

namespace keys {

void wipe(apdu::ByteSpan bytes) {
    for (std::uint8_t& byte : bytes) {
        byte = 0;
    }
    // Tells the compiler that the bytes are read afterwards, so that it must write the zeros.
    asm volatile("" : : "r"(bytes.data()) : "memory");
}

} // namespace keys
