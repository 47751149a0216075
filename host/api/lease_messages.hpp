#pragma once

#include "host/api/message.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace api {

/// The header by which a request shows the token of a lease.
inline constexpr char const* lease_header = "Sscard-Lease";

/// Seconds that a lease may last before it is renewed.
inline constexpr std::uint32_t lease_time_max_s = 3600;
/// Bytes that a lease's purpose may have.
inline constexpr std::size_t lease_purpose_max = 64;

/// Who has a reader for himself, as others are told.
struct LeaseState {
    std::string purpose{};
    std::string user{};  ///< of the system, by whom it was taken
    std::string until{}; ///< UTC: "2024-01-31T12:00:00.000Z"

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("purpose", self.purpose);
        fields.required("user", self.user);
        fields.required("until", self.until);
    }
};

/// A lease, for the one who took it.
struct Lease {
    std::string token{}; ///< for the header Sscard-Lease; whoever has it has the reader
    std::string reader{};
    std::string until{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("token", self.token);
        fields.required("reader", self.reader);
        fields.required("until", self.until);
    }
};

/// Has a reader for oneself: until the lease is released or its time is over, only requests that
/// show its token get to the reader. A job that runs there now is finished first. Faults: as for
/// every choice of a reader; reader_leased; request_invalid.
struct LeaseRequest {
    static constexpr Route route{Method::post, "/v1/readers/lease"};
    using Reply = Lease;
    std::optional<std::string> reader{};
    std::string purpose{};    ///< told to others; 1 to lease_purpose_max bytes, printable
    std::uint32_t ttl_s = 60; ///< 1 to lease_time_max_s

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("purpose", self.purpose);
        fields.optional("ttl_s", self.ttl_s);
    }
};

/// Lets the lease whose token is shown last so long from now on. Faults: lease_unknown,
/// request_invalid.
struct LeaseRenewalRequest {
    static constexpr Route route{Method::post, "/v1/readers/lease/renew"};
    using Reply = Lease;
    std::uint32_t ttl_s = 60;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("ttl_s", self.ttl_s);
    }
};

/// The reader that is free again.
struct Released {
    std::string reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("reader", self.reader);
    }
};

/// Ends the lease whose token is shown. Fault: lease_unknown.
struct LeaseReleaseRequest {
    static constexpr Route route{Method::post, "/v1/readers/lease/release"};
    using Reply = Released;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

} // namespace api
