#include "firmware/core/image_slots.hpp"

#include "tests/firmware/image_signer.hpp"
#include "tests/fuzz/require_so.hpp"

#include "keys/mbedtls/mbedtls_signature.hpp"

#include <algorithm>

/// The first byte: whether the rest is a header, or changes to a signed one: a place, and what is
/// added there.
extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    static terminal::ImageSigner const signer;
    static auto const good = apdu::ccid::write_image_header(signer.header({data, size}, 1, 2, 1));
    static keys::mbedtls::MbedtlsSignature back_end;
    if (size == 0) {
        return 0;
    }
    auto bytes = good;
    if (data[0] % 2 == 0) {
        require_so(!apdu::ccid::read_image_header({data + 1, size - 1}) ||
                   size - 1 == apdu::ccid::image_header_size);
        std::copy_n(data + 1, std::min(size - 1, bytes.size()), bytes.begin());
    } else {
        for (std::size_t i = 1; i + 1 < size; i += 2) {
            std::uint8_t& byte = bytes[data[i] % bytes.size()];
            byte = static_cast<std::uint8_t>(byte + data[i + 1]);
        }
    }
    auto const header = apdu::ccid::read_image_header(bytes);
    if (!header) {
        require_so(bytes != good);
        return 0;
    }
    require_so(apdu::ccid::write_image_header(*header) == bytes);
    require_so(terminal::is_signed(*header, back_end, signer.public_key()) == (bytes == good));
    return 0;
}
