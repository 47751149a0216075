#include "keys/algorithm.hpp"

#include "apdu/require.hpp"

namespace keys {

std::string_view to_text(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::des3:
        return "3DES";
    case Algorithm::ssf33:
        return "SSF33";
    case Algorithm::sm4:
        return "SM4";
    }
    apdu::require(false);
    return {};
}

std::optional<Algorithm> algorithm_from_text(std::string_view text) {
    for (Algorithm const algorithm : {Algorithm::des3, Algorithm::ssf33, Algorithm::sm4}) {
        if (text == to_text(algorithm)) {
            return algorithm;
        }
    }
    return std::nullopt;
}

} // namespace keys
