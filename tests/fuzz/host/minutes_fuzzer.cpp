#include "host/audit/minutes_text.hpp"

#include <cstdlib>

/// Minutes are taken only in the one form that they are written in.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    auto const read = audit::parse_minutes(text);
    if (read.ok()) {
        std::string const again = audit::file_text(read.value());
        if (again != text && again != std::string{text} + '\n') {
            std::abort();
        }
    }
    return 0;
}
