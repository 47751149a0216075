#include "host/daemon/lease_requests.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sscardd {
namespace {

std::optional<api::Fault> fault_of_time(std::uint32_t ttl_s) {
    if (ttl_s >= 1 && ttl_s <= api::lease_time_max_s) {
        return std::nullopt;
    }
    api::Fault fault = api::fault(api::code::request_invalid);
    fault.problems.push_back(
        {"/ttl_s", "out_of_range", fmt::format("1 to {}", api::lease_time_max_s)});
    return fault;
}

std::optional<api::Fault> fault_of_lease(api::LeaseRequest const& request) {
    bool const is_printable =
        std::none_of(request.purpose.begin(), request.purpose.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (is_printable && !request.purpose.empty() &&
        request.purpose.size() <= api::lease_purpose_max) {
        return fault_of_time(request.ttl_s);
    }
    api::Fault fault = api::fault(api::code::request_invalid);
    fault.problems.push_back({"/purpose", "out_of_range",
                              fmt::format("1 to {} printable bytes", api::lease_purpose_max)});
    return fault;
}

} // namespace

api::Outcome<api::Lease> take_lease(ReaderLanes& lanes, api::LeaseRequest request,
                                    api::Caller& caller) {
    if (auto fault = fault_of_lease(request)) {
        return *fault;
    }
    auto const lane = lanes.choose(request.reader);
    if (!lane.ok()) {
        return lane.error();
    }
    return lanes.leases().take({lane.value()->reader(), std::move(request.purpose), caller.user(),
                                std::chrono::seconds{request.ttl_s}});
}

api::Outcome<api::Lease> renew_lease(ReaderLanes& lanes, api::LeaseRenewalRequest request,
                                     api::Caller& caller) {
    if (auto fault = fault_of_time(request.ttl_s)) {
        return *fault;
    }
    return lanes.leases().renew(caller.lease(), std::chrono::seconds{request.ttl_s});
}

} // namespace sscardd
