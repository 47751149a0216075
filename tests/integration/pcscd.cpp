#include "tests/integration/pcscd.hpp"

#include <fstream>
#include <winscard.h>

namespace integration {

bool pcscd_has_clients() {
    // One row for each socket of pcscd's with its path: the one that listens, and one a client.
    std::ifstream sockets{"/proc/net/unix"};
    int rows = 0;
    for (std::string row; std::getline(sockets, row);) {
        rows += row.ends_with("/pcscd.comm") ? 1 : 0;
    }
    return rows > 1;
}

bool pcscd_sees_card(std::string const& reader) {
    SCARDCONTEXT context = 0;
    if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context) != SCARD_S_SUCCESS) {
        return false;
    }
    SCARD_READERSTATE state{};
    state.szReader = reader.c_str();
    bool const is_told = SCardGetStatusChange(context, 0, &state, 1) == SCARD_S_SUCCESS;
    SCardReleaseContext(context);
    return is_told && (state.dwEventState & SCARD_STATE_PRESENT) != 0;
}

} // namespace integration
