#pragma once

#include "host/daemon/table_reader.hpp"

namespace sscardd {

/// Reads what [keys] says of an HSM, [[keys.token]] and what goes with it, after the other back
/// ends.
void read_token_keys(TableReader& table, KeySettings& to);

} // namespace sscardd
