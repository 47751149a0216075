#include "host/session/random_source.hpp"

#include <exception>
#include <random>

namespace session {

bool system_random(apdu::ByteSpan out) {
    try {
        std::random_device source{"/dev/urandom"};
        for (std::uint8_t& byte : out) {
            byte = static_cast<std::uint8_t>(source());
        }
        return true;
    } catch (std::exception const&) {
        return false; // no such source on this machine
    }
}

} // namespace session
