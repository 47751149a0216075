#pragma once

#include "apdu/bytes.hpp"
#include "apdu/class_byte.hpp"
#include "apdu/instruction.hpp"
#include "apdu/result.hpp"

namespace apdu {

inline constexpr std::size_t nc_max = 65535;
inline constexpr std::size_t ne_max = 65536;
inline constexpr std::size_t short_nc_max = 255;
inline constexpr std::size_t short_ne_max = 256;
/// Bytes of the longest short command: header, Lc, data, Le.
inline constexpr std::size_t short_command_size_max = 4 + 1 + short_nc_max + 1;

/// A command APDU that borrows its data field. Holds no secret: commands that carry PINs or keys
/// are built in keys/. Lengths are in bytes. Nc 0…65535, Ne 0…65536 (65536 = "all there is"; 256 in
/// the short form). ISO/IEC 7816-4:2020 §5.2.
class Command {
public:
    constexpr Command(Cla cla, Ins ins, std::uint8_t p1, std::uint8_t p2)
        : cla_{cla}, ins_{ins}, p1_{p1}, p2_{p2} {}

    /// The same command with a data field. require: size ≤ 65535. `data` must outlive the command.
    [[nodiscard]] constexpr Command with_data(ByteView data) const {
        require(data.size() <= nc_max);
        Command copy = *this;
        copy.data_ = data;
        return copy;
    }
    /// The same command expecting up to `ne` bytes. require: ne ≤ 65536.
    [[nodiscard]] constexpr Command expecting(std::size_t ne) const {
        require(ne <= ne_max);
        Command copy = *this;
        copy.ne_ = ne;
        return copy;
    }

    [[nodiscard]] constexpr Cla cla() const { return cla_; }
    [[nodiscard]] constexpr Ins ins() const { return ins_; }
    [[nodiscard]] constexpr std::uint8_t p1() const { return p1_; }
    [[nodiscard]] constexpr std::uint8_t p2() const { return p2_; }
    [[nodiscard]] constexpr ByteView data() const { return data_; }
    [[nodiscard]] constexpr std::size_t ne() const { return ne_; }

    /// True when the short form can carry it: Nc ≤ 255 and Ne ≤ 256.
    [[nodiscard]] constexpr bool is_short() const {
        return data_.size() <= short_nc_max && ne_ <= short_ne_max;
    }

    /// Bytes that encode() writes.
    [[nodiscard]] constexpr std::size_t encoded_size() const {
        bool const has_data = !data_.empty();
        bool const has_le = ne_ != 0;
        if (is_short()) {
            return 4U + (has_data ? 1U + data_.size() : 0U) + (has_le ? 1U : 0U);
        }
        return 4U + (has_data ? 3U + data_.size() : 0U) + (has_le ? (has_data ? 2U : 3U) : 0U);
    }

    /// Writes the short form when Nc ≤ 255 and Ne ≤ 256, else the extended form.
    /// @returns bytes written, or Error::buffer_too_small with `out` untouched (see
    /// encoded_size()).
    [[nodiscard]] constexpr Result<std::size_t> encode(ByteSpan out) const {
        std::size_t const size = encoded_size();
        if (out.size() < size) {
            return Error::buffer_too_small;
        }
        out[0] = cla_.value();
        out[1] = static_cast<std::uint8_t>(ins_);
        out[2] = p1_;
        out[3] = p2_;
        is_short() ? encode_short_body(out.subspan(4)) : encode_extended_body(out.subspan(4));
        return size;
    }

    /// Reads a command of any of the seven forms (cases 1, 2S…4S, 2E…4E). The data field borrows
    /// `bytes`. Error::truncated: fewer than 4 bytes, or Lc promises more than there is.
    /// Error::trailing_bytes: more than Lc and Le account for.
    [[nodiscard]] static constexpr Result<Command> parse(ByteView bytes);

private:
    constexpr void encode_short_body(ByteSpan out) const {
        std::size_t at = 0;
        if (!data_.empty()) {
            out[at++] = static_cast<std::uint8_t>(data_.size());
            copy_bytes(data_, out.subspan(at));
            at += data_.size();
        }
        if (ne_ != 0) {
            out[at] = static_cast<std::uint8_t>(ne_); // 256 is written as 00
        }
    }
    constexpr void encode_extended_body(ByteSpan out) const {
        std::size_t at = 0;
        out[at++] = 0x00;
        if (!data_.empty()) {
            out[at++] = static_cast<std::uint8_t>(data_.size() >> 8U);
            out[at++] = static_cast<std::uint8_t>(data_.size());
            copy_bytes(data_, out.subspan(at));
            at += data_.size();
        }
        if (ne_ != 0) {
            out[at++] = static_cast<std::uint8_t>(ne_ >> 8U); // 65536 is written as 0000
            out[at] = static_cast<std::uint8_t>(ne_);
        }
    }
    static constexpr Result<Command> parse_short(Command header, ByteView body);
    static constexpr Result<Command> parse_extended(Command header, ByteView body);

    Cla cla_;
    Ins ins_;
    std::uint8_t p1_;
    std::uint8_t p2_;
    ByteView data_{};
    std::size_t ne_ = 0;
};

constexpr Result<Command> Command::parse_short(Command header, ByteView body) {
    if (body.size() == 1) {
        return header.expecting(body[0] == 0 ? short_ne_max : body[0]);
    }
    std::size_t const nc = body[0];
    if (nc == 0) {
        return Error::trailing_bytes; // only the extended form has more after 00, and needs 3 bytes
    }
    if (body.size() < 1 + nc) {
        return Error::truncated;
    }
    Command const command = header.with_data(body.subspan(1, nc));
    if (body.size() == 1 + nc) {
        return command;
    }
    if (body.size() > 2 + nc) {
        return Error::trailing_bytes;
    }
    std::uint8_t const le = body[1 + nc];
    return command.expecting(le == 0 ? short_ne_max : le);
}

constexpr Result<Command> Command::parse_extended(Command header, ByteView body) {
    auto const number = [body](std::size_t at) {
        return (static_cast<std::size_t>(body[at]) << 8U) | body[at + 1];
    };
    std::size_t const first = number(1);
    if (body.size() == 3) {
        return header.expecting(first == 0 ? ne_max : first);
    }
    if (first == 0) {
        return Error::trailing_bytes; // an extended Lc of zero does not exist
    }
    if (body.size() < 3 + first) {
        return Error::truncated;
    }
    Command const command = header.with_data(body.subspan(3, first));
    if (body.size() == 3 + first) {
        return command;
    }
    if (body.size() != 5 + first) {
        return body.size() < 5 + first ? Error::truncated : Error::trailing_bytes;
    }
    std::size_t const le = number(3 + first);
    return command.expecting(le == 0 ? ne_max : le);
}

constexpr Result<Command> Command::parse(ByteView bytes) {
    if (bytes.size() < 4) {
        return Error::truncated;
    }
    Command const header{Cla{bytes[0]}, static_cast<Ins>(bytes[1]), bytes[2], bytes[3]};
    ByteView const body = bytes.subspan(4);
    if (body.empty()) {
        return header;
    }
    bool const extended = body[0] == 0 && body.size() >= 3;
    return extended ? parse_extended(header, body) : parse_short(header, body);
}

} // namespace apdu
