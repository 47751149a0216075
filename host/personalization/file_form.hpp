#pragma once

#include "host/personalization/profile.hpp"

#include <vector>

namespace personalization {

/// What CREATE EF says of a file.
struct FileForm {
    std::uint16_t fid;
    std::uint8_t sfi;
    std::uint8_t type;
    std::uint16_t size;
    std::uint8_t record_length;
    std::uint8_t scw; ///< high nibble for reading, low nibble for writing
    Control read_control;
    Control write_control;
};

/// The form of a file of the card's tables in that directory. cos-t514.md §3, CREATE EF.
[[nodiscard]] FileForm form_of(apdu::FilePlace place, CosProfile const& profile);

/// The form of one of the operating system's own files; `content_size` in bytes, all records
/// together.
[[nodiscard]] FileForm form_of(InternalFile const& file, std::size_t content_size,
                               CosProfile const& profile);

/// The data field of CREATE EF.
[[nodiscard]] std::vector<std::uint8_t> create_file_data(FileForm const& form,
                                                         CosProfile const& profile);

} // namespace personalization
