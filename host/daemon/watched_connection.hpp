#pragma once

#include "host/daemon/lane_job.hpp"

namespace sscardd {

/// Connects to the card in `reader`; every call into the reader, closing included, is noted in
/// `job`, so that others see when one hangs. After its client was let go the job gets no further
/// call through. The job and the source must outlive the connection. Errors: as CardSource::open();
/// every call: timed_out, when the client was let go.
[[nodiscard]] apdu::Result<std::unique_ptr<apdu::CardConnection>>
open_watched(CardSource& cards, std::string const& reader, LaneJob& job);

/// The same for the reader itself, whether or not a card is in it. Errors: as
/// CardSource::open_reader(); every call: timed_out.
[[nodiscard]] apdu::Result<std::unique_ptr<apdu::ccid::ReaderFunctions>>
open_watched_reader(CardSource& cards, std::string const& reader, LaneJob& job);

} // namespace sscardd
