#include "firmware/core/image_header.hpp"

#include "keys/record_bytes.hpp"

#include <algorithm>

namespace terminal {
namespace {

// The fields by their place; numbers have their low byte first.
constexpr std::size_t board_at = 8;
constexpr std::size_t version_at = 12;
constexpr std::size_t size_at = 16;
constexpr std::size_t zeros_at = 20;
constexpr std::size_t digest_at = 32;
constexpr std::size_t signature_at = image_signed_size;

/// With the number of the form.
constexpr std::array<std::uint8_t, board_at> magic{'S', 'S', 'I', 'M', 'A', 'G', 'E', 1};

} // namespace

std::optional<ImageHeader> read_image_header(apdu::ByteView bytes) {
    if (bytes.size() != image_header_size || !apdu::equal_bytes(bytes.first(magic.size()), magic)) {
        return std::nullopt;
    }
    apdu::ByteView const zeros = bytes.subspan(zeros_at, digest_at - zeros_at);
    if (std::any_of(zeros.begin(), zeros.end(), [](std::uint8_t byte) { return byte != 0; })) {
        return std::nullopt;
    }
    ImageHeader header{};
    header.board = keys::get_32(bytes.subspan(board_at));
    header.version = keys::get_32(bytes.subspan(version_at));
    header.size = keys::get_32(bytes.subspan(size_at));
    apdu::copy_bytes(bytes.subspan(digest_at, header.digest.size()), header.digest);
    apdu::copy_bytes(bytes.subspan(signature_at), header.signature);
    return header;
}

ImageHeaderBytes write_image_header(ImageHeader const& header) {
    ImageHeaderBytes bytes{};
    apdu::ByteSpan const out{bytes};
    apdu::copy_bytes(magic, out);
    keys::put_32(header.board, out.subspan(board_at));
    keys::put_32(header.version, out.subspan(version_at));
    keys::put_32(header.size, out.subspan(size_at));
    apdu::copy_bytes(header.digest, out.subspan(digest_at));
    apdu::copy_bytes(header.signature, out.subspan(signature_at));
    return bytes;
}

bool is_signed(ImageHeader const& header, keys::ImageSignature& back_end,
               keys::ImagePublicKey const& key) {
    ImageHeaderBytes const bytes = write_image_header(header);
    back_end.begin_digest();
    back_end.add_to_digest(apdu::ByteView{bytes}.first(image_signed_size));
    return back_end.is_signed(key, back_end.end_digest(), header.signature);
}

} // namespace terminal
