// A response parses from two bytes on; its parts are the bytes. Every status word can be told.

#include "apdu/response.hpp"
#include "apdu/status_meaning.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    apdu::ByteView const bytes{data, size};
    auto const response = apdu::Response::parse(bytes);
    apdu::require(response.ok() == (size >= 2 && size <= 65536 + 2));
    if (!response.ok()) {
        return 0;
    }
    apdu::StatusWord const status = response.value().status();
    apdu::require(response.value().data().size() == size - 2);
    apdu::require(apdu::equal_bytes(response.value().data(), bytes.first(size - 2)));
    apdu::require(status.sw1() == bytes[size - 2] && status.sw2() == bytes[size - 1]);
    auto const meaning = apdu::meaning_of(status, static_cast<apdu::Ins>(bytes[0]));
    apdu::require(!meaning.meaning_en.empty() && !meaning.advice_en.empty());
    apdu::require(!meaning.meaning_zh.empty() && !meaning.advice_zh.empty());
    return 0;
}
