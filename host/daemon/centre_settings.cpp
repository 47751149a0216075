#include "host/daemon/centre_settings.hpp"

#include <algorithm>

namespace sscardd {

bool CentreClient::may(keys::remote::CardPurpose purpose, std::string_view region) const {
    return purposes.test(static_cast<std::size_t>(purpose)) &&
           std::any_of(regions.begin(), regions.end(),
                       [region](std::string const& start) { return region.starts_with(start); });
}

CentreClient const* CentreSettings::find(std::string_view fingerprint,
                                         std::string_view subject) const {
    auto const found = std::find_if(
        clients.begin(), clients.end(), [fingerprint, subject](CentreClient const& client) {
            return client.fingerprint.empty() ? client.subject == subject
                                              : client.fingerprint == fingerprint;
        });
    return found == clients.end() ? nullptr : &*found;
}

} // namespace sscardd
