// Any bytes as a file's name or path: what is found is found again by its own name and path.

#include "apdu/card_layout.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace apdu;
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    for (SpecVersion const version : {SpecVersion::v1_00, SpecVersion::v2_00, SpecVersion::v3_00}) {
        CardLayout const& layout = layout_of(version);
        auto const place = find_file(layout, text);
        if (!place.has_value()) {
            continue;
        }
        require(find_file(layout, place->file->name)->file == place->file);
        require(find_file(layout, path_of(*place).view())->file == place->file);
    }
    return 0;
}
