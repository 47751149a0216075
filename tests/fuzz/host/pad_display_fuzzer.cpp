#include "host/virtual/pad_display.hpp"

#include <cstdlib>

/// Contents are what stands between their marks, whatever came before.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    virtual_card::PadDisplay display;
    for (std::size_t i = 0; i < size; ++i) {
        auto const text = display.take(bytes[i]);
        if (text && (i < 33 || bytes[i - 33] != 0x02 || text->front() != '[')) {
            std::abort();
        }
    }
    return 0;
}
