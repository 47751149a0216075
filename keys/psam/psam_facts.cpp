#include "keys/psam/psam_facts.hpp"

#include "apdu/packed_bcd.hpp"

namespace keys::psam {
namespace {

// EF 0015: issuer 1, serial 10, version 1, card type 1, FCI 2. EF 001A: purchase key index 1,
// version 1, start 4, end 4.
constexpr std::size_t public_size = 15;
constexpr std::size_t serial_at = 1;
constexpr std::size_t application_size = 10;
constexpr std::size_t start_at = 2;
constexpr std::size_t expiry_at = 6;

bool is_number(apdu::ByteView packed) {
    std::array<char, 20> digits{};
    return apdu::unpack_digits(packed, digits).ok();
}

} // namespace

std::optional<PsamPublic> parse_public(apdu::ByteView file) {
    if (file.size() < public_size || !is_number(file.subspan(serial_at, 10))) {
        return std::nullopt;
    }
    PsamPublic card{file[0], {}, file[11], file[12]};
    apdu::copy_bytes(file.subspan(serial_at, card.serial.size()), card.serial);
    return card;
}

std::optional<TerminalNumber> parse_terminal_number(apdu::ByteView file) {
    TerminalNumber number{};
    std::array<char, 12> digits{};
    if (file.size() < number.size()) {
        return std::nullopt;
    }
    apdu::copy_bytes(file.first(number.size()), number);
    auto const count = apdu::unpack_digits(number, digits);
    // A number that was never written is all F.
    return count.ok() && count.value() == digits.size() ? std::optional{number} : std::nullopt;
}

std::optional<PsamApplication> parse_application(apdu::ByteView file) {
    if (file.size() < application_size || !is_number(file.subspan(start_at, 4)) ||
        !is_number(file.subspan(expiry_at, 4))) {
        return std::nullopt;
    }
    PsamApplication application{file[0], file[1], {}, {}};
    apdu::copy_bytes(file.subspan(start_at, 4), application.start);
    apdu::copy_bytes(file.subspan(expiry_at, 4), application.expiry);
    return application;
}

} // namespace keys::psam
