#pragma once

#include "keys/image_signature.hpp"

#include <cstdint>
#include <optional>

namespace terminal {

/// Bytes of a header in front of an image: 64 that are signed, and the signature.
inline constexpr std::size_t image_header_size = 128;
/// How many of them are signed.
inline constexpr std::size_t image_signed_size = 64;

using ImageHeaderBytes = std::array<std::uint8_t, image_header_size>;

/// What is said of an image of the firmware, and by whom.
struct ImageHeader {
    std::uint32_t board;                 ///< which boards it is for
    std::uint32_t version;               ///< the higher, the newer
    std::uint32_t size;                  ///< of the image in bytes, without the header
    keys::Sha256Digest digest;           ///< of the image
    keys::ImageSignatureBytes signature; ///< over the header up to it

    /// Equal in all of that.
    friend bool operator==(ImageHeader const&, ImageHeader const&) = default;
};

/// Reads a header. Nothing where it is none: another size, magic or form, or bytes that are not 0
/// and mean nothing. The signature is not looked at.
[[nodiscard]] std::optional<ImageHeader> read_image_header(apdu::ByteView bytes);

/// The bytes of a header.
[[nodiscard]] ImageHeaderBytes write_image_header(ImageHeader const& header);

/// True where the owner of `key` signed it.
[[nodiscard]] bool is_signed(ImageHeader const& header, keys::ImageSignature& back_end,
                             keys::ImagePublicKey const& key);

} // namespace terminal
