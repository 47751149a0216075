#include "host/personalization/directory_keys.hpp"
#include "host/personalization/file_form.hpp"
#include "host/personalization/structure_parts.hpp"

#include "apdu/require.hpp"

#include <algorithm>

namespace personalization {
namespace {

using apdu::Directory;
using apdu::KeyName;
using keys::T514KeyType;

constexpr std::uint8_t first_version = 1;
constexpr std::uint8_t mk_size = 16;
constexpr std::uint8_t mk_id = 0x00;
constexpr std::uint8_t pin_id = 0x00;
constexpr keys::KeyReference temporary_mk{KeyName::temporary_mk, first_version};

/// What a key header says of a key.
struct KeyForm {
    T514KeyType kind;
    std::uint8_t id;
    std::uint8_t version;
    std::uint8_t tries; ///< 15: without limit
    std::uint8_t algorithm;
    std::uint8_t level;
    std::uint8_t length;
};

std::array<std::uint8_t, 8> header_of(KeyForm const& form, CosProfile const& profile) {
    // High nibble the maximum, low nibble what is left. FF for "without limit" is ASSUMED.
    auto const counter = static_cast<std::uint8_t>((form.tries << 4U) | form.tries);
    FieldValues values;
    values.set(Field::key_type, {key_type_code(profile, form.kind)})
        .set(Field::key_id, {form.id})
        .set(Field::key_version, {form.version})
        .set(Field::error_counter, {counter})
        .set(Field::key_algorithm, {form.algorithm})
        .set(Field::key_level, {form.level})
        .set(Field::key_length, {form.length});
    auto const bytes = fill(profile.key_header, values);
    std::array<std::uint8_t, 8> header{};
    apdu::require(bytes.size() == header.size());
    std::copy(bytes.begin(), bytes.end(), header.begin());
    return header;
}

AlgorithmCodes const& codes_of(StructureOrder const& order) {
    auto const* const codes = algorithm_codes(*order.profile, order.card.algorithm);
    apdu::require(codes != nullptr);
    return *codes;
}

std::array<std::uint8_t, 8> mk_header(StructureOrder const& order) {
    return header_of({.kind = T514KeyType::mk,
                      .id = mk_id,
                      .version = first_version,
                      .tries = order.tries.mks,
                      .algorithm = codes_of(order).key,
                      .level = order.profile->access.mk,
                      .length = mk_size},
                     *order.profile);
}

/// A wrong one of these is counted by the card; MACs by the others are not. ASSUMED, card.md §9.
bool counts_tries(LeveledKey const& key) {
    bool const blocks =
        key.name == KeyName::bk || key.name == KeyName::lk_df03 || key.name == KeyName::lk_df04;
    return key.kind == T514KeyType::external_authentication && !blocks;
}

std::uint8_t size_of(keys::KeyReference key, keys::Algorithm algorithm,
                     keys::KeyService const& keys) {
    auto const size = keys.key_size(algorithm, key);
    return size.ok() ? size.value() : keys::standard_key_size(key.name, algorithm);
}

Step key_step(StructureOrder const& order, Directory directory, LeveledKey const& key,
              std::uint8_t version, keys::KeyService const& keys) {
    keys::KeyReference const reference{key.name, version};
    std::uint8_t const size = size_of(reference, order.card.algorithm, keys);
    AlgorithmCodes const& codes = codes_of(order);
    KeyForm const form{
        .kind = key.kind,
        .id = key.id,
        .version = version,
        .tries = counts_tries(key) ? order.tries.authentication_keys : std::uint8_t{15},
        .algorithm = size == mk_size ? codes.key : codes.short_key,
        .level = key.level,
        .length = size,
    };
    return {{directory},
            WriteKey{{reference, temporary_mk, header_of(form, *order.profile),
                      order.profile->other_key_p1}}};
}

std::size_t key_count(Directory directory) {
    std::size_t count = 1; // the MK
    for (LeveledKey const& key : keys_of(directory)) {
        count += key.groups;
    }
    return directory == Directory::ssse ? count + 1 : count; // the PIN
}

} // namespace

Steps key_file_steps(StructureOrder const& order, Directory directory) {
    InternalFile const& file = order.profile->key_file;
    FileForm const form = form_of(file, key_count(directory) * file.record_length, *order.profile);
    return {{{directory},
             PlainCommand{Purpose::create_key_file, fill_header(order.profile->create_file, {}),
                          create_file_data(form, *order.profile)}}};
}

Steps temporary_mk_steps(StructureOrder const& order, Directory directory) {
    return {{{directory}, WriteTemporaryMk{mk_header(order)}}};
}

Steps key_steps(StructureOrder const& order, Directory directory, keys::KeyService const& keys) {
    Steps steps;
    for (std::uint8_t version = first_version; version <= keys::key_version_max; ++version) {
        for (LeveledKey const& key : keys_of(directory)) {
            if (version <= key.groups) {
                steps.push_back(key_step(order, directory, key, version, keys));
            }
        }
    }
    return steps;
}

Steps pin_steps(StructureOrder const& order, Directory directory) {
    KeyForm const form{
        .kind = T514KeyType::pin,
        .id = pin_id,
        .version = first_version,
        .tries = order.tries.pin,
        .algorithm = level_of(KeyName::puk),
        .level = pin_level(),
        .length = order.default_pin_size,
    };
    return {{{directory}, WritePin{temporary_mk, header_of(form, *order.profile)}}};
}

Steps own_mk_steps(StructureOrder const& order, Directory directory) {
    keys::KeyReference const mk{apdu::mk_of(directory), first_version};
    return {
        {{directory}, WriteKey{{mk, temporary_mk, mk_header(order), order.profile->own_mk_p1}}}};
}

Steps authenticate_mk_steps(StructureOrder const& order, Directory directory) {
    return {{{directory},
             AuthenticateMk{fill_header(order.profile->authenticate_mk, {}),
                            {apdu::mk_of(directory), first_version}}}};
}

} // namespace personalization
