#pragma once

#include "host/daemon/table_reader.hpp"

namespace sscardd {

/// Reads [psam]: the reader that a PSAM is in, and how its keys are told apart from the standard's.
void read_psam(TableReader table, KeySettings& to);

} // namespace sscardd
