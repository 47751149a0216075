#pragma once

#include "host/daemon/lane_job.hpp"

namespace sscardd {

/// Connects to the card in `reader`; every call into the reader, closing included, is noted in
/// `job`, so that others see when one hangs. After its client was let go the job gets no further
/// call through. The job and the source must outlive the connection. Errors: as CardSource::open();
/// every call: timed_out, when the client was let go.
[[nodiscard]] apdu::Result<std::unique_ptr<apdu::CardConnection>>
open_watched(CardSource& cards, std::string const& reader, LaneJob& job);

} // namespace sscardd
