#pragma once

#include "tests/keys/contract/key_service_contract.hpp"

namespace keys {

// Each file of back ends adds its own to the list.

/// Keys in memory: over OpenSSL, over the firmware's mbedTLS, out of a sealed store.
void add_software(std::vector<KeyServiceBackEnd>& back_ends);
/// Keys in a token: with a vendor's SM4, and SoftHSM2 as it is, which lets nothing out.
void add_tokens(std::vector<KeyServiceBackEnd>& back_ends);
/// Keys in a PSAM: alone, and before keys in memory.
void add_psams(std::vector<KeyServiceBackEnd>& back_ends);
/// Keys at a centre: by its messages alone, and over TLS.
void add_remote(std::vector<KeyServiceBackEnd>& back_ends);

} // namespace keys
