#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"

#include <array>
#include <optional>

namespace apdu::ccid {

// Images of a terminal's firmware, as a host gives them to it. Ours.

/// Bytes of a header in front of an image: 64 that are signed, and the signature.
inline constexpr std::size_t image_header_size = 128;
/// How many of them are signed.
inline constexpr std::size_t image_signed_size = 64;
/// Places in a terminal's flash that an image may be linked for.
inline constexpr std::size_t image_slots = 2;

using ImageHeaderBytes = std::array<std::uint8_t, image_header_size>;

/// What is said of an image of the firmware, and by whom.
struct ImageHeader {
    std::uint32_t board;                    ///< which boards it is for
    std::uint32_t version;                  ///< the higher, the newer
    std::uint32_t size;                     ///< of the image in bytes, without the header
    std::uint8_t slot;                      ///< that it is linked for: below image_slots
    std::array<std::uint8_t, 32> digest;    ///< SHA-256 of the image
    std::array<std::uint8_t, 64> signature; ///< ECDSA by P-256 over the header up to it: r, s

    /// Equal in all of that.
    friend bool operator==(ImageHeader const&, ImageHeader const&) = default;
};

/// Reads a header. Nothing where it is none: another size, magic or form, no such slot, or bytes
/// that are not 0 and mean nothing. The signature is not looked at.
[[nodiscard]] std::optional<ImageHeader> read_image_header(ByteView bytes);

/// The bytes of a header. require: there is such a slot.
[[nodiscard]] ImageHeaderBytes write_image_header(ImageHeader const& header);

/// For each slot the image that is linked for it, with its header; empty where there is none.
using ImageFile = std::array<ByteView, image_slots>;

/// Takes a file of images apart: each with its header in front, one behind the other. The views are
/// into `bytes`. Errors: malformed (no header where one must be, or two images for a slot);
/// truncated (the last image ends too early, or there is none).
[[nodiscard]] Result<ImageFile> read_image_file(ByteView bytes);

} // namespace apdu::ccid
