#include "keys/psam/psam_settings.hpp"

namespace keys::psam {

std::optional<PsamKey> psam_key_of(PsamSettings const& settings, apdu::KeyName name) {
    for (PsamKeyPlace const& exception : settings.exceptions) {
        if (exception.name == name) {
            return exception.key;
        }
    }
    KeyRow const& row = key_row(name);
    if (!row.psam || row.root == KeyRoot::national_level_1) {
        return row.psam;
    }
    return PsamKey{usage_with(row.psam->usage, settings.dispersals), row.psam->id};
}

bool serves(unsigned dispersals, std::array<std::uint8_t, 3> const& own,
            std::array<std::uint8_t, 3> const& region) {
    if (dispersals >= 3) {
        return true;
    }
    bool const is_of_province = own[0] == region[0];
    return dispersals == 2 ? is_of_province : city_factor(own) == city_factor(region);
}

} // namespace keys::psam
