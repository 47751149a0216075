#include "keys/constant_time.hpp"

namespace keys {

bool equal_in_constant_time(apdu::ByteView left, apdu::ByteView right) {
    if (left.size() != right.size()) {
        return false;
    }
    unsigned difference = 0;
    for (std::size_t i = 0; i < left.size(); ++i) {
        difference |= static_cast<unsigned>(left[i] ^ right[i]);
        // Hides what is known so far, so that the compiler cannot leave the loop early.
        asm volatile("" : "+r"(difference));
    }
    return difference == 0;
}

} // namespace keys
