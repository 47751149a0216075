#pragma once

#include "host/api/encoder.hpp"
#include "host/api/file_messages.hpp"

#include <ostream>

namespace cli {

/// A JSON array with an object for each file: path, name, and `values` {name: text} (an item that
/// the file holds several times is an array, a constructed item an object of its parts), `records`
/// (of a cyclic file, newest first), `bytes` (of a transparent file, base64), or `unread` (the code
/// of the fault).
[[nodiscard]] api::Json files_json(api::FileContents const& contents);

/// The files as people read them, labelled in the language in use.
void print_files(std::ostream& out, api::FileContents const& contents);

} // namespace cli
