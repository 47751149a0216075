// Reads any bytes as the card's text; what can be read is written back to the same bytes, but for
// the six characters that have a code of two bytes beside the one of four.

#include "apdu/gbk.hpp"

#include <array>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace apdu;
    ByteView const bytes{data, size < 256 ? size : 256};
    std::array<char, 512> text{};
    Result<std::size_t> const text_size = card_text_to_utf8(bytes, text);
    if (!text_size.ok()) {
        return 0;
    }
    std::string_view const utf8{text.data(), text_size.value()};
    std::array<std::uint8_t, 256> back{};
    std::size_t const back_size = utf8_to_card_text(utf8, TextProfile::gb18030, back).value();
    require(back_size <= bytes.size());
    require(back_size < bytes.size() || equal_bytes(ByteView{back}.first(back_size), bytes));
    std::array<char, 512> again{};
    std::size_t const again_size =
        card_text_to_utf8(ByteView{back}.first(back_size), again).value();
    require((std::string_view{again.data(), again_size} == utf8));
    return 0;
}
