#include "tests/keys/contract/back_ends.hpp"

namespace keys {

std::vector<KeyServiceBackEnd> every_back_end() {
    std::vector<KeyServiceBackEnd> back_ends;
    add_software(back_ends);
#ifdef SSCARD_VENDOR_MODULE
    add_tokens(back_ends);
#endif
    add_psams(back_ends);
    add_remote(back_ends);
    return back_ends;
}

} // namespace keys
