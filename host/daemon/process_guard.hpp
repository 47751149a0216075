#pragma once

namespace sscardd {

/// Keeps what passes through this process's memory from staying anywhere: no core dump, no
/// debugger of another user, and every freed heap block is overwritten. docs/decisions/0005.
void guard_process_memory();

} // namespace sscardd
