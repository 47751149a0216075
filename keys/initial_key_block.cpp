#include "keys/initial_key_block.hpp"

#include "keys/hex_text.hpp"

namespace keys {
namespace {

// The header's fields by their place.
constexpr std::size_t length_at = 1;
constexpr std::size_t length_digits = 4;
constexpr std::size_t kind_at = 5;
constexpr std::size_t exportability_at = 11;
constexpr std::size_t optional_count_at = 12;
constexpr std::size_t reserved_at = 14;
constexpr std::size_t fixed_size = 16;

/// Usage B1, algorithm A, mode of use X, key version 00.
constexpr std::string_view kind = "B1AX00";
constexpr std::string_view reserved = "00";
/// Optional blocks: an id and a length, both of two characters, then data.
constexpr std::size_t optional_head = 4;
constexpr std::string_view id_block = "IK14";
constexpr std::size_t id_block_size = 0x14;
constexpr std::string_view padding_id = "PB";

constexpr std::string_view header_form = "D0000B1AX00N0200IK140000000000000000PB0C00000000";
static_assert(header_form.size() == key_block_header_max);
static_assert(header_form.substr(kind_at, kind.size()) == kind);
static_assert(header_form.substr(fixed_size, optional_head) == id_block);

/// What the header of a received block says.
struct ReadHeader {
    std::size_t size;
    InitialKeyId id;
};

/// The value of decimal digits; nothing where a character is none.
std::optional<std::size_t> read_decimal(std::string_view text) {
    std::size_t value = 0;
    for (char const digit : text) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        value = 10 * value + static_cast<std::size_t>(digit - '0');
    }
    return value;
}

/// The header's first 16 characters.
bool is_fixed_part(std::string_view block) {
    return block.size() > fixed_size && block.front() == 'D' &&
           read_decimal(block.substr(length_at, length_digits)) == block.size() &&
           block.substr(kind_at, kind.size()) == kind &&
           std::string_view{"NES"}.find(block[exportability_at]) != std::string_view::npos &&
           block.substr(reserved_at, reserved.size()) == reserved;
}

/// The size of the optional block that `rest` begins with; nothing where it is none or not whole.
std::optional<std::size_t> optional_block_size(std::string_view rest) {
    std::array<std::uint8_t, 1> size{};
    if (rest.size() < optional_head || !read_hex(rest.substr(2, 2), size) ||
        size[0] < optional_head || size[0] > rest.size()) {
        return std::nullopt;
    }
    return size[0];
}

/// The optional blocks: IK, and maybe PB after it.
std::optional<ReadHeader> read_header(std::string_view block) {
    if (!is_fixed_part(block)) {
        return std::nullopt;
    }
    std::size_t const count = read_decimal(block.substr(optional_count_at, 2)).value_or(0);
    std::string_view rest = block.substr(fixed_size);
    ReadHeader header{fixed_size + id_block_size, {}};
    if (count < 1 || count > 2 || rest.size() < id_block_size ||
        rest.substr(0, optional_head) != id_block ||
        !read_hex(rest.substr(optional_head, id_block_size - optional_head), header.id.bytes)) {
        return std::nullopt;
    }
    if (count == 2) {
        rest = rest.substr(id_block_size);
        auto const padding = optional_block_size(rest);
        if (!padding || rest.substr(0, padding_id.size()) != padding_id) {
            return std::nullopt;
        }
        header.size += *padding;
    }
    return header;
}

} // namespace

CipherResult<KeyBlock>
wrap_initial_key(AesCipher& cipher, KeyBlockKey const& protection, InitialKeyId const& id,
                 InitialKey const& key,
                 std::span<std::uint8_t const, key_block_random_size> random) {
    std::array<char, key_block_header_max> header{};
    header_form.copy(header.data(), header.size());
    std::size_t size = key_block_size(header.size(), key.aes_size());
    for (std::size_t i = length_digits; i > 0; --i) {
        header[length_at + i - 1] = static_cast<char>('0' + size % 10);
        size /= 10;
    }
    write_hex(id.bytes, std::span{header}.subspan(fixed_size + optional_head));
    return wrap_key(cipher, protection, {header.data(), header.size()}, key, random);
}

CipherResult<ReceivedInitialKey>
unwrap_initial_key(AesCipher& cipher, KeyBlockKey const& protection, std::string_view block) {
    auto const header = read_header(block);
    if (!header) {
        return CipherError::malformed;
    }
    auto key = unwrap_key(cipher, protection, block, header->size);
    if (!key.ok()) {
        return key.error();
    }
    return ReceivedInitialKey{header->id, InitialKey{std::move(key).value()}};
}

} // namespace keys
