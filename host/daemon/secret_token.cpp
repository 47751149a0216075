#include "host/daemon/secret_token.hpp"

#include "host/session/hex_text.hpp"

#include "keys/constant_time.hpp"

#include <array>
#include <sys/random.h>

namespace sscardd {
namespace {

constexpr std::size_t token_bytes = 16;

} // namespace

std::string new_token() {
    std::array<std::uint8_t, token_bytes> bytes{};
    if (getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
        return {};
    }
    return session::hex_text(bytes);
}

bool is_same_token(std::string_view left, std::string_view right) {
    auto const bytes = [](std::string_view text) {
        return apdu::ByteView{reinterpret_cast<std::uint8_t const*>(text.data()), text.size()};
    };
    return left.size() == right.size() && keys::equal_in_constant_time(bytes(left), bytes(right));
}

} // namespace sscardd
