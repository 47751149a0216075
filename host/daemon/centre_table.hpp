#pragma once

#include "host/daemon/table_reader.hpp"

namespace sscardd {

/// [centre] and [[centre.client]].
void read_centre(TableReader table, CentreSettings& to);

/// What [keys] says of a centre.
void read_centre_keys(TableReader& table, KeySettings& to);

} // namespace sscardd
