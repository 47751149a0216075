#include "firmware/core/terminal_records.hpp"

namespace terminal {
namespace {

constexpr std::size_t number_size = 4;

} // namespace

void RecordWriter::head(std::uint8_t tag, std::size_t size) {
    apdu::require(size_ + 2 + size <= out_.size());
    out_[size_++] = tag;
    out_[size_++] = static_cast<std::uint8_t>(size);
}

void RecordWriter::put(std::uint32_t value) {
    for (unsigned shift = 32; shift > 0; shift -= 8) {
        out_[size_++] = static_cast<std::uint8_t>(value >> (shift - 8));
    }
}

void RecordWriter::bytes(std::uint8_t tag, apdu::ByteView value) {
    head(tag, value.size());
    apdu::copy_bytes(value, out_.subspan(size_));
    size_ += value.size();
}

void RecordWriter::text(std::uint8_t tag, std::string_view value) {
    bytes(tag, {reinterpret_cast<std::uint8_t const*>(value.data()), value.size()});
}

void RecordWriter::number(std::uint8_t tag, std::uint32_t value) {
    head(tag, number_size);
    put(value);
}

void RecordWriter::counts(std::uint8_t tag, SlotCounts const& counts) {
    auto const all = {counts.activations, counts.removals, counts.exchanges,
                      counts.mute,        counts.parity,   counts.broken};
    head(tag, all.size() * number_size);
    for (std::uint32_t const count : all) {
        put(count);
    }
}

void RecordWriter::counts(std::uint8_t tag, LinkCounts const& counts) {
    auto const all = {counts.commands, counts.damaged, counts.superseded};
    head(tag, all.size() * number_size);
    for (std::uint32_t const count : all) {
        put(count);
    }
}

} // namespace terminal
