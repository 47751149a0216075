#pragma once

#include "keys/terminal_pin.hpp"

#include "apdu/ccid/reader_functions.hpp"

namespace keys {

/// Gives a terminal its id and its transport key, by the Escape `provision`, which holds the key in
/// the clear and is wiped once it is sent. @returns bytes of the answer. Errors: those of
/// ReaderFunctions::escape(). apdu/ccid/terminal_escape.hpp.
[[nodiscard]] apdu::Result<std::size_t> send_provisioning(apdu::ccid::ReaderFunctions& reader,
                                                          TerminalTransportKey const& transport,
                                                          apdu::ByteSpan answer);

} // namespace keys
