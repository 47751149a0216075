#include "apdu/ccid/image_header.hpp"

#include "apdu/little_endian.hpp"
#include "apdu/require.hpp"

#include <algorithm>

namespace apdu::ccid {
namespace {

// The fields by their place; numbers have their low byte first.
constexpr std::size_t board_at = 8;
constexpr std::size_t version_at = 12;
constexpr std::size_t size_at = 16;
constexpr std::size_t linked_for_at = 20;
constexpr std::size_t zeros_at = 24;
constexpr std::size_t digest_at = 32;
constexpr std::size_t signature_at = image_signed_size;

/// With the number of the form.
constexpr std::array<std::uint8_t, board_at> magic{'S', 'S', 'I', 'M', 'A', 'G', 'E', 1};

} // namespace

std::optional<ImageHeader> read_image_header(ByteView bytes) {
    if (bytes.size() != image_header_size || !equal_bytes(bytes.first(magic.size()), magic)) {
        return std::nullopt;
    }
    ByteView const zeros = bytes.subspan(zeros_at, digest_at - zeros_at);
    std::uint32_t const slot = get_32(bytes.subspan(linked_for_at));
    if (slot >= image_slots ||
        std::any_of(zeros.begin(), zeros.end(), [](std::uint8_t byte) { return byte != 0; })) {
        return std::nullopt;
    }
    ImageHeader header{};
    header.board = get_32(bytes.subspan(board_at));
    header.version = get_32(bytes.subspan(version_at));
    header.size = get_32(bytes.subspan(size_at));
    header.slot = static_cast<std::uint8_t>(slot);
    copy_bytes(bytes.subspan(digest_at, header.digest.size()), header.digest);
    copy_bytes(bytes.subspan(signature_at), header.signature);
    return header;
}

ImageHeaderBytes write_image_header(ImageHeader const& header) {
    require(header.slot < image_slots);
    ImageHeaderBytes bytes{};
    ByteSpan const out{bytes};
    copy_bytes(magic, out);
    put_32(header.board, out.subspan(board_at));
    put_32(header.version, out.subspan(version_at));
    put_32(header.size, out.subspan(size_at));
    put_32(header.slot, out.subspan(linked_for_at));
    copy_bytes(header.digest, out.subspan(digest_at));
    copy_bytes(header.signature, out.subspan(signature_at));
    return bytes;
}

Result<ImageFile> read_image_file(ByteView bytes) {
    ImageFile file{};
    do {
        if (bytes.size() < image_header_size) {
            return Error::truncated;
        }
        auto const header = read_image_header(bytes.first(image_header_size));
        if (!header || !file[header->slot].empty()) {
            return Error::malformed;
        }
        if (header->size > bytes.size() - image_header_size) {
            return Error::truncated;
        }
        std::size_t const size = image_header_size + header->size;
        file[header->slot] = bytes.first(size);
        bytes = bytes.subspan(size);
    } while (!bytes.empty());
    return file;
}

} // namespace apdu::ccid
