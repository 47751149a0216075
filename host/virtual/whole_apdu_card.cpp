#include "host/virtual/whole_apdu_card.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t words_size = 2;
constexpr std::uint8_t more_waits = 0x61;
constexpr unsigned get_responses_max = 8;

} // namespace

Bytes WholeApduCard::exchange(apdu::ByteView command) {
    Bytes whole = card_.exchange(command);
    for (unsigned round = 0; round < get_responses_max; ++round) {
        if (whole.size() < words_size || whole[whole.size() - words_size] != more_waits) {
            break;
        }
        std::array<std::uint8_t, 5> const get_response{0x00, 0xC0, 0x00, 0x00, whole.back()};
        Bytes const more = card_.exchange(get_response);
        whole.resize(whole.size() - words_size);
        whole.insert(whole.end(), more.begin(), more.end());
    }
    return whole;
}

} // namespace virtual_card
