#pragma once

#include "apdu/bytes.hpp"
#include "apdu/result.hpp"
#include "apdu/status_word.hpp"

namespace apdu {

/// Bytes of the longest short response: 256 of data and the status word.
inline constexpr std::size_t short_response_size_max = 258;

/// A response APDU that borrows its data field. ISO/IEC 7816-4:2020 §5.1.
class Response {
public:
    constexpr Response(ByteView data, StatusWord status) : data_{data}, status_{status} {}

    [[nodiscard]] constexpr ByteView data() const { return data_; }
    [[nodiscard]] constexpr StatusWord status() const { return status_; }

    /// Splits `bytes` into data and status word; the data field borrows `bytes`.
    /// Error::truncated: fewer than 2 bytes. Error::too_long: more than 65536 + 2.
    [[nodiscard]] static constexpr Result<Response> parse(ByteView bytes) {
        if (bytes.size() < 2) {
            return Error::truncated;
        }
        std::size_t const nr = bytes.size() - 2;
        if (nr > 65536) {
            return Error::too_long;
        }
        return Response{bytes.first(nr), StatusWord{bytes[nr], bytes[nr + 1]}};
    }

private:
    ByteView data_;
    StatusWord status_;
};

} // namespace apdu
