#include "host/store/text_digest.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/require.hpp"

#include <array>
#include <openssl/sha.h>

namespace store {

std::string digest_of(std::string_view text) {
    std::array<std::uint8_t, 32> digest{};
    auto const* const made =
        ::SHA256(reinterpret_cast<std::uint8_t const*>(text.data()), text.size(), digest.data());
    apdu::require(made != nullptr);
    return session::hex_text(digest);
}

} // namespace store
