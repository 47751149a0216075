#pragma once

#include "keys/remote/card_purpose.hpp"
#include "keys/remote/tls_files.hpp"

#include <bitset>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace sscardd {

/// A window or kiosk that a centre knows, by its certificate, and what it may have done.
struct CentreClient {
    std::string name{};        ///< for the centre's log
    std::string fingerprint{}; ///< SHA-256 of its certificate, 64 hex digits in capitals; or empty
    std::string subject{};     ///< its certificate's common name; or empty
    std::bitset<keys::remote::card_purpose_count> purposes{};
    std::vector<std::string> regions{}; ///< the cards' regions begin with one of these digits

    /// True where an operation of that purpose, for a card of that region, may be approved.
    [[nodiscard]] bool may(keys::remote::CardPurpose purpose, std::string_view region) const;
};

/// What a centre bears.
struct CentreLimits {
    std::chrono::seconds operation_time{180}; ///< an operation's expiry
    std::size_t operations_of_client_max = 64;
    std::size_t operations_max = 4096;
    unsigned refusals_max = 5;                ///< so many are an alarm
    std::chrono::seconds refusals_within{60}; ///< when they come within that time
    std::chrono::seconds block_time{300};     ///< then the client gets nothing for so long
};

/// The daemon as a centre.
struct CentreSettings {
    std::string host{}; ///< to listen at; empty: it is no centre
    int port = 0;
    keys::remote::TlsFiles files{};
    CentreLimits limits{};
    std::vector<CentreClient> clients{};

    [[nodiscard]] bool is_centre() const { return !host.empty(); }
    /// The client whose certificate that is; null: nobody's.
    [[nodiscard]] CentreClient const* find(std::string_view fingerprint,
                                           std::string_view subject) const;
};

} // namespace sscardd
