#pragma once

#include "host/daemon/reader_lanes.hpp"

#include "host/api/caller.hpp"

namespace sscardd {

/// Gives the client the reader that it wishes. Faults: request_invalid, those of
/// ReaderLanes::choose() and LeaseBook::take().
[[nodiscard]] api::Outcome<api::Lease> take_lease(ReaderLanes& lanes, api::LeaseRequest request,
                                                  api::Caller& caller);

/// Prolongs the lease whose token the client shows. Faults: request_invalid, lease_unknown.
[[nodiscard]] api::Outcome<api::Lease>
renew_lease(ReaderLanes& lanes, api::LeaseRenewalRequest request, api::Caller& caller);

} // namespace sscardd
