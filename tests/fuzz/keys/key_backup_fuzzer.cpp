#include "keys/custody/key_backup.hpp"

#include <algorithm>
#include <cstdlib>

/// A header is believed only where it stands in the one form that it has.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const file{data, size};
    auto const header = keys::custody::parse_backup_header(file);
    if (header.ok()) {
        auto const again = keys::custody::encode_header(header.value());
        if (!std::equal(again.begin(), again.end(), file.begin())) {
            std::abort();
        }
    }
    return 0;
}
