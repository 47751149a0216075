#include "host/virtual/contact_event.hpp"

#include <cstddef>
#include <cstdlib>

/// Whatever came before, an event that is whole is read as it was written.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    virtual_card::ContactEventParser parser;
    for (std::size_t i = 0; i < size; ++i) {
        auto const event = parser.take(bytes[i]);
        if (!event) {
            continue;
        }
        auto const again = virtual_card::encode(*event);
        if (again[0] != bytes[i - 1] || again[1] != bytes[i]) {
            std::abort();
        }
    }
    virtual_card::ContactEvent const last{virtual_card::ContactEventType::query, 1, 0xA5};
    auto const written = virtual_card::encode(last);
    (void)parser.take(written[0]);
    if (parser.take(written[1]) != last) {
        std::abort();
    }
    return 0;
}
