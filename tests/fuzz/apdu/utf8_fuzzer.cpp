// Takes any bytes as a person's name: what a profile can encode comes back unchanged, and what it
// cannot is named.

#include "apdu/gbk.hpp"
#include "apdu/name_items.hpp"

#include <array>
#include <cstdint>

namespace {

void check_profile(std::string_view utf8, apdu::TextProfile profile) {
    using namespace apdu;
    std::array<std::uint8_t, 1024> card{};
    Result<std::size_t> const size = utf8_to_card_text(utf8, profile, card);
    if (!size.ok()) {
        bool const is_lacking = size.error() == Error::not_encodable;
        require(!is_lacking || !first_not_encodable(utf8, profile).empty());
        return;
    }
    require(first_not_encodable(utf8, profile).empty());
    std::array<char, 1024> back{};
    std::size_t const back_size =
        card_text_to_utf8(ByteView{card}.first(size.value()), back).value();
    require((std::string_view{back.data(), back_size} == utf8));
}

void check_name(std::string_view utf8, apdu::TextProfile profile) {
    using namespace apdu;
    Result<NameParts> const parts = split_name(utf8, profile);
    if (!parts.ok()) {
        return;
    }
    std::array<std::uint8_t, name_size> name{};
    std::array<std::uint8_t, name_extension_size> extension{};
    std::size_t const used = utf8_to_card_text(parts.value().name, profile, name).value();
    std::size_t const more = utf8_to_card_text(parts.value().extension, profile, extension).value();
    require(used + more == 0 || !utf8.empty());
    require(parts.value().name.size() + parts.value().extension.size() == utf8.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const utf8{reinterpret_cast<char const*>(data), size < 256 ? size : 256};
    check_profile(utf8, apdu::TextProfile::gbk);
    check_profile(utf8, apdu::TextProfile::gb18030);
    check_name(utf8, apdu::TextProfile::gbk);
    check_name(utf8, apdu::TextProfile::gb18030);
    return 0;
}
