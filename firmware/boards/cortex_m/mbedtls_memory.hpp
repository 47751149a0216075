#pragma once

namespace cortex_m {

/// Gives mbedTLS what it keeps its big numbers in while it verifies a signature. Due once, before
/// it does.
void give_memory_to_mbedtls();

} // namespace cortex_m
