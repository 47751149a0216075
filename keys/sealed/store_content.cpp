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

bool has_place_for(HeldKeys const& held, MasterKey const& key) {
    auto const keys = held.masters().keys;
    return std::none_of(keys.begin(), keys.end(),
                        [&key](MasterKey const& other) { return have_one_place(other, key); });
}

} // namespace

StoreResult<LockedMemory> encode_content(MasterKeySet const& masters) {
    auto memory = LockedMemory::take(content_head_size + masters.keys.size() * content_row_size);
    if (!memory.ok()) {
        return memory;
    }
    apdu::ByteSpan out = memory.value().bytes();
    out[0] = masters.are_test_keys ? 1 : 0;
    out[1] = static_cast<std::uint8_t>(masters.keys.size() >> 8U);
    out[2] = static_cast<std::uint8_t>(masters.keys.size());
    out = out.subspan(content_head_size);
    for (MasterKey const& key : masters.keys) {
        encode_row(key, out.first(content_row_size));
        out = out.subspan(content_row_size);
    }
    return memory;
}

StoreResult<std::shared_ptr<HeldKeys>> parse_content(apdu::ByteView content) {
    StoreFault const damaged{StoreFaultCode::damaged};
    if (content.size() < content_head_size || content[0] > 1) {
        return damaged;
    }
    std::size_t const count = (std::size_t{content[1]} << 8U) | content[2];
    apdu::ByteView rows = content.subspan(content_head_size);
    if (count > keys_max || rows.size() != count * content_row_size) {
        return damaged;
    }
    auto held = HeldKeys::with_room(count, content[0] == 1);
    if (!held.ok()) {
        return held;
    }
    for (; !rows.empty(); rows = rows.subspan(content_row_size)) {
        auto key = key_of(rows.first(content_row_size));
        if (!key || !has_place_for(*held.value(), *key)) {
            return damaged;
        }
        held.value()->add(*std::move(key));
    }
    return held;
}

} // namespace keys::sealed
