#include "apdu/ccid/pin_operation.hpp"

namespace apdu::ccid {
namespace {

constexpr std::uint8_t verification = 0;
constexpr std::uint8_t modification = 1;
constexpr std::uint8_t unit_is_bytes = 0x80;
constexpr std::uint8_t length_unit_is_bytes = 0x10;
constexpr std::uint8_t confirm_bit = 0x01;
constexpr std::uint8_t ask_old_bit = 0x02;
constexpr std::uint8_t readers_own_messages = 0xFF;
constexpr std::uint8_t messages_max = 3;
constexpr std::size_t command_size_min = 4;
constexpr unsigned bits_of_byte = 8;

/// The fields one after the other; what is beyond the end is 0, and remembered.
class Fields {
public:
    explicit Fields(ByteView data) : data_{data} {}

    std::uint8_t next() {
        std::uint8_t const value = at_ < data_.size() ? data_[at_] : std::uint8_t{0};
        ++at_;
        return value;
    }
    [[nodiscard]] bool is_cut_off() const { return at_ > data_.size(); }
    /// The offset in the message of the field that came last.
    [[nodiscard]] std::uint8_t last_at() const {
        return static_cast<std::uint8_t>(header_size + at_ - 1);
    }
    [[nodiscard]] ByteView rest() const { return data_.subspan(at_); }

private:
    ByteView data_;
    std::size_t at_ = 0;
};

PinFormat format_of(std::uint8_t format, std::uint8_t block, std::uint8_t length) {
    unsigned const position = (format >> 3U) & 0x0FU;
    unsigned const length_position = length & 0x0FU;
    return {.coding = static_cast<PinCoding>(format & 0x03U),
            .is_right_justified = (format & 0x04U) != 0,
            .position_bits = static_cast<std::uint8_t>(
                (format & unit_is_bytes) != 0 ? position * bits_of_byte : position),
            .block_size = static_cast<std::uint8_t>(block & 0x0FU),
            .length_bits = static_cast<std::uint8_t>(block >> 4U),
            .length_position_bits = static_cast<std::uint8_t>((length & length_unit_is_bytes) != 0
                                                                  ? length_position * bits_of_byte
                                                                  : length_position)};
}

/// Reads fields up to and with the last message's index. @returns the offset of a bad one.
std::optional<std::uint8_t> read_fields(Fields& fields, PinOperation& out) {
    std::uint8_t const operation = fields.next();
    if (operation > modification) {
        return fields.last_at();
    }
    bool const is_change = operation != verification;
    out.timeout_s = fields.next();
    std::uint8_t const format = fields.next();
    if ((format & 0x03U) > static_cast<unsigned>(PinCoding::ascii)) {
        return fields.last_at();
    }
    std::uint8_t const block = fields.next();
    out.format = format_of(format, block, fields.next());
    PinChange change{};
    if (is_change) {
        change.old_at = fields.next();
        change.new_at = fields.next();
    }
    out.digits_max = fields.next();
    out.digits_min = fields.next();
    if (out.digits_max == 0 || out.digits_min > out.digits_max) {
        return fields.last_at();
    }
    if (is_change) {
        std::uint8_t const confirmation = fields.next();
        change.is_confirmed = (confirmation & confirm_bit) != 0;
        change.asks_old = (confirmation & ask_old_bit) != 0;
        out.change = change;
    }
    std::uint8_t const end = fields.next();
    out.end = {(end & 0x01U) != 0, (end & 0x02U) != 0, (end & 0x04U) != 0};
    return std::nullopt;
}

/// The fields on messages, and the prologue.
std::optional<std::uint8_t> read_messages(Fields& fields, PinOperation& out) {
    out.messages = fields.next();
    if (out.messages > messages_max && out.messages != readers_own_messages) {
        return fields.last_at();
    }
    std::uint8_t const low = fields.next();
    out.language = static_cast<std::uint16_t>(low | (fields.next() << 8U));
    out.message_indices[0] = fields.next();
    if (out.change && out.messages != 0) {
        out.message_indices[1] = fields.next();
        if (out.messages == messages_max) {
            out.message_indices[2] = fields.next();
        }
    }
    for (std::uint8_t& byte : out.prologue) {
        byte = fields.next();
    }
    return std::nullopt;
}

} // namespace

std::array<std::uint8_t, 3> PinOperation::format_fields() const {
    auto const place = [](unsigned bits, unsigned unit_mark, unsigned shift) {
        bool const is_bytes = bits % bits_of_byte == 0;
        unsigned const units = is_bytes ? bits / bits_of_byte : bits;
        require(units < 16);
        return (units << shift) | (is_bytes ? unit_mark : 0U);
    };
    return {static_cast<std::uint8_t>(place(format.position_bits, unit_is_bytes, 3) |
                                      (format.is_right_justified ? 0x04U : 0U) |
                                      static_cast<unsigned>(format.coding)),
            static_cast<std::uint8_t>((format.length_bits << 4U) | format.block_size),
            static_cast<std::uint8_t>(place(format.length_position_bits, length_unit_is_bytes, 0))};
}

std::uint8_t PinOperation::confirmation_field() const {
    require(change.has_value());
    return static_cast<std::uint8_t>((change->is_confirmed ? confirm_bit : 0U) |
                                     (change->asks_old ? ask_old_bit : 0U));
}

std::uint8_t PinOperation::end_field() const {
    return static_cast<std::uint8_t>((end.is_full ? 0x01U : 0U) | (end.is_entered ? 0x02U : 0U) |
                                     (end.is_timeout ? 0x04U : 0U));
}

Result<PinOperation, std::uint8_t> PinOperation::parse(ByteView data) {
    Fields fields{data};
    PinOperation operation{};
    auto bad = read_fields(fields, operation);
    if (!bad) {
        bad = read_messages(fields, operation);
    }
    if (fields.is_cut_off()) {
        return length_at;
    }
    if (bad) {
        return *bad;
    }
    if (fields.rest().size() < command_size_min) {
        return length_at;
    }
    operation.command = fields.rest();
    return operation;
}

} // namespace apdu::ccid
