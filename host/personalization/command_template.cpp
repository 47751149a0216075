#include "host/personalization/command_template.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

std::uint8_t as_length(std::size_t size) {
    apdu::require(size <= 0xFF);
    return static_cast<std::uint8_t>(size);
}

} // namespace

FieldValues& FieldValues::set(Field field, std::initializer_list<std::uint8_t> bytes) {
    return set(field, apdu::ByteView{bytes.begin(), bytes.size()});
}

FieldValues& FieldValues::set(Field field, apdu::ByteView bytes) {
    values_[static_cast<std::size_t>(field)] = {true, {bytes.begin(), bytes.end()}};
    return *this;
}

FieldValues& FieldValues::set_number(Field field, std::uint16_t number) {
    return set(field, {static_cast<std::uint8_t>(number >> 8U), static_cast<std::uint8_t>(number)});
}

apdu::ByteView FieldValues::get(Field field) const {
    Value const& value = values_[static_cast<std::size_t>(field)];
    apdu::require(value.is_set);
    return value.bytes;
}

std::vector<std::uint8_t> fill(DataTemplate parts, FieldValues const& values) {
    // From the end, so that what follows a length is known when the length is written.
    std::vector<std::uint8_t> reversed;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
        switch (part->kind) {
        case TemplatePart::Kind::literal:
            reversed.push_back(part->literal);
            break;
        case TemplatePart::Kind::value: {
            apdu::ByteView const bytes = values.get(part->field);
            reversed.insert(reversed.end(), bytes.rbegin(), bytes.rend());
            break;
        }
        case TemplatePart::Kind::length:
            reversed.push_back(as_length(values.get(part->field).size()));
            break;
        case TemplatePart::Kind::rest_length:
            reversed.push_back(as_length(reversed.size()));
            break;
        }
    }
    std::reverse(reversed.begin(), reversed.end());
    return reversed;
}

CommandHeader fill_header(CommandTemplate const& command, FieldValues const& values) {
    auto const one_byte = [&values](TemplatePart const& part) {
        auto const bytes = fill(DataTemplate{&part, 1}, values);
        apdu::require(bytes.size() == 1);
        return bytes[0];
    };
    return {command.cla, command.ins, one_byte(command.p1), one_byte(command.p2)};
}

} // namespace personalization
