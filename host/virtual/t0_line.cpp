#include "host/virtual/t0_line.hpp"

#include "apdu/require.hpp"

namespace virtual_card {
namespace {

constexpr std::size_t line_header_size = 5;
constexpr std::size_t line_ins_at = 1;
constexpr std::size_t line_p3_at = 4;
constexpr std::size_t line_status_size = 2;
constexpr std::uint8_t null_byte = 0x60;
constexpr std::uint8_t one_by_one = 0xFF;

} // namespace

ProtocolStep T0Line::take(std::uint8_t character, bool /*is_parity_wrong*/) {
    command_.push_back(character);
    std::size_t const size = command_.size();
    if (size < line_header_size) {
        return {};
    }
    bool const has_data = command_[line_p3_at] != 0 && takes_data_(command_);
    std::size_t const whole = line_header_size + (has_data ? command_[line_p3_at] : 0U);
    if (size == whole) {
        return {{}, command_};
    }
    if (size == line_header_size || is_byte_by_byte_) {
        return {{procedure_byte()}, std::nullopt};
    }
    return {};
}

Bytes T0Line::answer(apdu::ByteView response) {
    apdu::require(command_.size() >= line_header_size && response.size() >= line_status_size);
    Bytes characters;
    std::size_t const data_size = response.size() - line_status_size;
    for (std::size_t i = 0; i < data_size; ++i) {
        if (i == 0 || is_byte_by_byte_) {
            characters.push_back(procedure_byte());
        }
        characters.push_back(response[i]);
    }
    auto const status = response.last(line_status_size);
    characters.insert(characters.end(), status.begin(), status.end());
    command_.clear();
    return characters;
}

Bytes T0Line::sign_of_work() { return {null_byte}; }

std::uint8_t T0Line::procedure_byte() const {
    std::uint8_t const ins = command_[line_ins_at];
    return is_byte_by_byte_ ? static_cast<std::uint8_t>(ins ^ one_by_one) : ins;
}

} // namespace virtual_card
