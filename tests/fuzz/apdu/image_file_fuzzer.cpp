#include "apdu/ccid/image_header.hpp"

#include "tests/fuzz/require_so.hpp"

// The images of a file are all of its bytes, and each is what its header says.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace apdu::ccid;
    auto const file = read_image_file({data, size});
    if (!file.ok()) {
        return 0;
    }
    std::size_t total = 0;
    for (std::size_t slot = 0; slot < file.value().size(); ++slot) {
        apdu::ByteView const image = file.value()[slot];
        total += image.size();
        if (image.empty()) {
            continue;
        }
        auto const header = read_image_header(image.first(image_header_size));
        require_so(header && header->slot == slot &&
                   image.size() == image_header_size + header->size);
        auto const written = write_image_header(*header);
        require_so(apdu::equal_bytes(written, image.first(image_header_size)));
    }
    require_so(total == size && size != 0);
    return 0;
}
