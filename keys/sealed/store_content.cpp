#include "keys/sealed/store_content.hpp"

#include "apdu/key_name.hpp"

#include <algorithm>

namespace keys::sealed {
namespace {

constexpr std::size_t name_size = 8;
constexpr std::size_t kind_at = name_size;
constexpr std::size_t tier_at = kind_at + 1;
constexpr std::size_t version_at = tier_at + 1;
constexpr std::size_t key_at = version_at + 1;
static_assert(key_at + key_size_max == content_row_size);

constexpr std::array kinds{CipherKind::des, CipherKind::des3, CipherKind::sm4};
constexpr std::array tiers{Tier::ministry, Tier::province, Tier::city};

template <typename Value, std::size_t count>
std::uint8_t number_of(std::array<Value, count> const& values, Value value) {
    return static_cast<std::uint8_t>(std::find(values.begin(), values.end(), value) -
                                     values.begin() + 1);
}

template <typename Value, std::size_t count>
std::optional<Value> value_of(std::array<Value, count> const& values, std::uint8_t number) {
    if (number < 1 || number > count) {
        return std::nullopt;
    }
    return values[number - 1U];
}

void encode_row(MasterKey const& key, apdu::ByteSpan row) {
    auto const name = apdu::to_text(key.name);
    apdu::copy_bytes({reinterpret_cast<std::uint8_t const*>(name.data()), name.size()},
                     row.first(name_size));
    row[kind_at] = number_of(kinds, key.secret.kind());
    row[tier_at] = number_of(tiers, key.tier);
    row[version_at] = key.version.value_or(0);
    apdu::copy_bytes(key.secret.expose(), row.subspan(key_at));
}

bool are_zeros(apdu::ByteView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::uint8_t byte) { return byte == 0; });
}

std::optional<apdu::KeyName> name_of(apdu::ByteView field) {
    auto const* const end = std::find(field.data(), field.data() + field.size(), 0);
    auto const size = static_cast<std::size_t>(end - field.data());
    if (!are_zeros(field.subspan(size))) {
        return std::nullopt;
    }
    return apdu::key_name_from_text({reinterpret_cast<char const*>(field.data()), size});
}

std::optional<MasterKey> key_of(apdu::ByteView row) {
    auto const name = name_of(row.first(name_size));
    auto const kind = value_of(kinds, row[kind_at]);
    auto const tier = value_of(tiers, row[tier_at]);
    std::uint8_t const version = row[version_at];
    if (!name || !kind || !tier || version > key_version_max) {
        return std::nullopt;
    }
    apdu::ByteView const key = row.subspan(key_at);
    if (!are_zeros(key.subspan(key_size(*kind)))) {
        return std::nullopt;
    }
    auto const which = version == 0 ? std::nullopt : std::optional{version};
    return MasterKey{*name, which, *tier, CardKey{*kind, key.first(key_size(*kind))}};
}

constexpr std::uint8_t test_bit = 0x01;
constexpr std::uint8_t terminals_bit = 0x02;

// Of a terminal's row.
constexpr std::size_t id_at = 1;
constexpr std::size_t size_at = id_at + 8;
constexpr std::size_t aes_key_at = size_at + 1;
static_assert(aes_key_at + aes_key_size_max == terminal_row_size);

void encode_row(TerminalKeyPlace const& place, AesKey const& key, apdu::ByteSpan row) {
    row[0] = place.use == TerminalKeyUse::bdk ? 1 : 2;
    apdu::copy_bytes(place.id.bytes, row.subspan(id_at));
    row[size_at] = static_cast<std::uint8_t>(key.size());
    apdu::copy_bytes(key.expose(), row.subspan(aes_key_at));
}

void write_count(std::size_t count, apdu::ByteSpan out) {
    out[0] = static_cast<std::uint8_t>(count >> 8U);
    out[1] = static_cast<std::uint8_t>(count);
}

std::size_t read_count(apdu::ByteView in) { return (std::size_t{in[0]} << 8U) | in[1]; }

/// The master keys' rows, and those of terminals, as the head says.
struct Rows {
    bool is_test;
    apdu::ByteView cards{};
    apdu::ByteView terminals{};
};

std::optional<Rows> rows_of(apdu::ByteView content) {
    if (content.size() < content_head_size || content[0] > (test_bit | terminals_bit)) {
        return std::nullopt;
    }
    Rows rows{(content[0] & test_bit) != 0};
    std::size_t const cards = read_count(content.subspan(1));
    apdu::ByteView rest = content.subspan(content_head_size);
    if (cards > keys_max || rest.size() < cards * content_row_size) {
        return std::nullopt;
    }
    rows.cards = rest.first(cards * content_row_size);
    rest = rest.subspan(rows.cards.size());
    if ((content[0] & terminals_bit) == 0) {
        return rest.empty() ? std::optional{rows} : std::nullopt;
    }
    if (rest.size() < terminal_head_size) {
        return std::nullopt;
    }
    std::size_t const terminals = read_count(rest);
    rows.terminals = rest.subspan(terminal_head_size);
    bool const fits = terminals > 0 && terminals <= terminal_keys_max &&
                      rows.terminals.size() == terminals * terminal_row_size;
    return fits ? std::optional{rows} : std::nullopt;
}

std::size_t count_of_bdks(apdu::ByteView rows) {
    std::size_t count = 0;
    for (; !rows.empty() && rows[0] == 1; rows = rows.subspan(terminal_row_size)) {
        ++count;
    }
    return count;
}

/// Takes the key of one terminal's row; false where it makes no sense, or is there already.
bool take_terminal_row(apdu::ByteView row, HeldKeys& held, bool is_bdk) {
    InitialKeyId id{};
    apdu::copy_bytes(row.subspan(id_at, id.bytes.size()), id.bytes);
    auto const size = aes_size_of(row[size_at]);
    TerminalKeyPlace const place{is_bdk ? TerminalKeyUse::bdk : TerminalKeyUse::transport, id};
    if (row[0] != (is_bdk ? 1 : 2) || !size || held.has_place_of(place)) {
        return false;
    }
    apdu::ByteView const key = row.subspan(aes_key_at);
    if (!are_zeros(key.subspan(bytes_of(*size)))) {
        return false;
    }
    apdu::ByteView const value = key.first(bytes_of(*size));
    if (!is_bdk) {
        held.add(TerminalTransportKey{id, KeyBlockKey{*size, value}});
        return true;
    }
    TerminalBdk bdk{{}, Bdk{*size, value}};
    apdu::copy_bytes(id.bdk_id(), bdk.id);
    bool const is_id = are_zeros(id.derivation_id());
    if (is_id) {
        held.add(std::move(bdk));
    }
    return is_id;
}

} // namespace

StoreResult<LockedMemory> encode_content(MasterKeySet const& masters) {
    auto const& terminals = masters.terminals;
    std::size_t const terminal_keys = terminals.bdks.size() + terminals.transport_keys.size();
    std::size_t const behind =
        terminal_keys == 0 ? 0 : terminal_head_size + terminal_keys * terminal_row_size;
    auto memory =
        LockedMemory::take(content_head_size + masters.keys.size() * content_row_size + behind);
    if (!memory.ok()) {
        return memory;
    }
    apdu::ByteSpan out = memory.value().bytes();
    out[0] = static_cast<std::uint8_t>((masters.are_test_keys ? test_bit : 0U) |
                                       (terminal_keys != 0 ? terminals_bit : 0U));
    write_count(masters.keys.size(), out.subspan(1));
    out = out.subspan(content_head_size);
    for (MasterKey const& key : masters.keys) {
        encode_row(key, out.first(content_row_size));
        out = out.subspan(content_row_size);
    }
    if (terminal_keys == 0) {
        return memory;
    }
    write_count(terminal_keys, out);
    out = out.subspan(terminal_head_size);
    auto const add = [&out](auto const& terminal) {
        encode_row(place_of(terminal), terminal.key, out.first(terminal_row_size));
        out = out.subspan(terminal_row_size);
    };
    std::for_each(terminals.bdks.begin(), terminals.bdks.end(), add);
    std::for_each(terminals.transport_keys.begin(), terminals.transport_keys.end(), add);
    return memory;
}

StoreResult<std::shared_ptr<HeldKeys>> parse_content(apdu::ByteView content) {
    StoreFault const damaged{StoreFaultCode::damaged};
    auto const rows = rows_of(content);
    if (!rows) {
        return damaged;
    }
    std::size_t const bdks = count_of_bdks(rows->terminals);
    std::size_t const terminals = rows->terminals.size() / terminal_row_size;
    auto held = HeldKeys::with_room({rows->cards.size() / content_row_size, bdks, terminals - bdks},
                                    rows->is_test);
    if (!held.ok()) {
        return held;
    }
    for (apdu::ByteView left = rows->cards; !left.empty(); left = left.subspan(content_row_size)) {
        auto key = key_of(left.first(content_row_size));
        if (!key || held.value()->has_place_of(*key)) {
            return damaged;
        }
        held.value()->add(*std::move(key));
    }
    for (std::size_t i = 0; i < terminals; ++i) {
        apdu::ByteView const row = rows->terminals.subspan(i * terminal_row_size);
        if (!take_terminal_row(row.first(terminal_row_size), *held.value(), i < bdks)) {
            return damaged;
        }
    }
    return held;
}

} // namespace keys::sealed
