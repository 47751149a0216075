#include "keys/custody/key_backup.hpp"

#include "keys/custody/typed_hex.hpp"

#include "keys/constant_time.hpp"
#include "keys/sealed/sealing_key.hpp"
#include "keys/sealed/store_content.hpp"
#include "keys/wiped_buffer.hpp"

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <algorithm>
#include <memory>

namespace keys::custody {
namespace {

constexpr int gcm_tag_size = 16;
using Sha256 = std::array<std::uint8_t, SHA256_DIGEST_LENGTH>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)>;

/// What a share of that backup is known by.
Sha256 proof_of(BackupHeader const& header, apdu::ByteView share) {
    WipedBuffer<sizeof header.number + share_size> both;
    apdu::copy_bytes(header.number, both.expose());
    apdu::copy_bytes(share, apdu::ByteSpan{both.expose()}.subspan(header.number.size()));
    Sha256 digest{};
    SHA256(both.expose().data(), both.expose().size(), digest.data());
    return digest;
}

/// AES-256-GCM in one go: `out` is as large as `in`; makes the tag, or checks it. False: the
/// library failed, or the tag does not fit.
enum class Way : int { open = 0, seal = 1 };
bool run_gcm(Way way, apdu::ByteView key, BackupHeader const& header, apdu::ByteView in,
             apdu::ByteSpan out, apdu::ByteSpan tag) {
    CipherContext const context{EVP_CIPHER_CTX_new(), EVP_CIPHER_CTX_free};
    auto const extra = encode_header(header);
    int size = 0;
    bool const is_opening = way == Way::open;
    return context != nullptr &&
           EVP_CipherInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                             header.nonce.data(), static_cast<int>(way)) == 1 &&
           EVP_CipherUpdate(context.get(), nullptr, &size, extra.data(),
                            static_cast<int>(extra.size())) == 1 &&
           EVP_CipherUpdate(context.get(), out.data(), &size, in.data(),
                            static_cast<int>(in.size())) == 1 &&
           (!is_opening || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_SET_TAG, gcm_tag_size,
                                               tag.data()) == 1) &&
           EVP_CipherFinal_ex(context.get(), out.data(), &size) == 1 &&
           (is_opening || EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, gcm_tag_size,
                                              tag.data()) == 1);
}

CustodyResult<CheckValue> fingerprint_if(apdu::ByteView share,
                                         std::optional<CheckValue> const& expected) {
    CheckValue const value = fingerprint_of(share);
    if (expected && *expected != value) {
        return CustodyFault::check_value_differs;
    }
    return value;
}

} // namespace

CheckValue fingerprint_of(apdu::ByteView bytes) {
    Sha256 digest{};
    SHA256(bytes.data(), bytes.size(), digest.data());
    CheckValue value{};
    apdu::copy_bytes(apdu::ByteView{digest}.first(value.size()), value);
    return value;
}

CustodyResult<NewBackup> NewBackup::make(MasterKeySet const& masters, std::size_t needed,
                                         std::size_t count) {
    apdu::require(needed >= 2 && needed <= count && count <= shares_max);
    auto const content = sealed::encode_content(masters);
    auto secret = sealed::LockedMemory::take(shared_secret_size);
    auto shares = sealed::LockedMemory::take(count * share_size);
    if (!content.ok() || !secret.ok() || !shares.ok()) {
        return CustodyFault::memory_unlocked;
    }
    BackupHeader header{masters.are_test_keys, static_cast<std::uint8_t>(needed),
                        static_cast<std::uint8_t>(count)};
    if (!sealed::fill_at_random(secret.value().bytes()).ok() ||
        !sealed::fill_at_random(header.number).ok() || !sealed::fill_at_random(header.nonce).ok()) {
        return CustodyFault::failed;
    }
    auto const values = split(secret.value().bytes(), needed, count);
    if (!values.ok()) {
        return values.error();
    }
    for (std::size_t i = 0; i < count; ++i) {
        apdu::ByteSpan const share = shares.value().bytes().subspan(i * share_size, share_size);
        share[0] = static_cast<std::uint8_t>(i + 1);
        apdu::copy_bytes(values.value().bytes().subspan(i * shared_secret_size, shared_secret_size),
                         share.subspan(1));
        header.proofs[i] = proof_of(header, share);
    }
    apdu::ByteView const plain = content.value().bytes();
    std::vector<std::uint8_t> file(backup_header_size + plain.size() + gcm_tag_size);
    apdu::ByteSpan const out{file};
    apdu::copy_bytes(encode_header(header), out);
    if (!run_gcm(Way::seal, secret.value().bytes(), header, plain,
                 out.subspan(backup_header_size, plain.size()), out.last(gcm_tag_size))) {
        return CustodyFault::failed;
    }
    return NewBackup{std::move(file), std::move(shares).value(), count};
}

apdu::ByteView NewBackup::share(std::size_t index) const {
    return shares_.bytes().subspan(index * share_size, share_size);
}

std::string NewBackup::text_of(std::size_t index) const { return grouped_hex(share(index)); }

CheckValue NewBackup::check_value(std::size_t index) const { return fingerprint_of(share(index)); }

CustodyResult<CheckValue> NewBackup::compare(std::size_t index, std::string_view typed,
                                             std::optional<CheckValue> const& expected) {
    WipedBuffer<share_size> bytes;
    if (!read_typed_hex(typed, bytes.expose())) {
        return CustodyFault::part_malformed;
    }
    auto const value = fingerprint_if(bytes.expose(), expected);
    if (value.ok() && !equal_in_constant_time(bytes.expose(), share(index))) {
        return CustodyFault::part_not_shown;
    }
    compared_[index] = value.ok();
    return value;
}

bool NewBackup::is_written_down() const {
    return std::find(compared_.begin(), compared_.end(), false) == compared_.end();
}

CustodyResult<OpenedBackup> OpenedBackup::begin(std::vector<std::uint8_t> file) {
    auto const header = parse_backup_header(file);
    if (!header.ok()) {
        return header.error();
    }
    auto shares = sealed::LockedMemory::take(header.value().needed * share_size);
    if (!shares.ok()) {
        return CustodyFault::memory_unlocked;
    }
    return OpenedBackup{std::move(file), header.value(), std::move(shares).value()};
}

apdu::ByteSpan OpenedBackup::share(std::size_t index) const {
    apdu::require(index < header_.needed);
    return shares_.bytes().subspan(index * share_size, share_size);
}

CustodyResult<CheckValue> OpenedBackup::take(std::size_t index, std::string_view typed,
                                             std::optional<CheckValue> const& expected) {
    WipedBuffer<share_size> bytes;
    if (!read_typed_hex(typed, bytes.expose())) {
        return CustodyFault::part_malformed;
    }
    auto const value = fingerprint_if(bytes.expose(), expected);
    if (!value.ok()) {
        return value;
    }
    std::uint8_t const number = bytes.expose()[0];
    if (number < 1 || number > header_.count ||
        proof_of(header_, bytes.expose()) != header_.proofs[number - 1U]) {
        return CustodyFault::part_foreign;
    }
    for (std::size_t i = 0; i < header_.needed; ++i) {
        if (i != index && share(i)[0] == number) {
            return CustodyFault::part_repeated;
        }
    }
    apdu::copy_bytes(bytes.expose(), share(index));
    return value;
}

CustodyResult<std::shared_ptr<sealed::HeldKeys>> OpenedBackup::open() const {
    std::vector<Share> shares;
    for (std::size_t i = 0; i < header_.needed; ++i) {
        if (share(i)[0] == 0) {
            return CustodyFault::part_missing;
        }
        shares.push_back({share(i)[0], share(i).subspan(1)});
    }
    auto const secret = joined_secret(shares);
    apdu::ByteView const sealed_part = apdu::ByteView{file_}.subspan(backup_header_size);
    apdu::ByteView const in = sealed_part.first(sealed_part.size() - gcm_tag_size);
    auto const plain = sealed::LockedMemory::take(in.size());
    if (!secret.ok() || !plain.ok()) {
        return secret.ok() ? CustodyFault::memory_unlocked : secret.error();
    }
    std::array<std::uint8_t, gcm_tag_size> tag{};
    apdu::copy_bytes(sealed_part.last(gcm_tag_size), tag);
    if (!run_gcm(Way::open, secret.value().bytes(), header_, in, plain.value().bytes(), tag)) {
        return CustodyFault::backup_damaged;
    }
    auto held = sealed::parse_content(plain.value().bytes());
    if (!held.ok() || held.value()->masters().are_test_keys != header_.is_test) {
        return CustodyFault::backup_damaged;
    }
    return std::move(held).value();
}

} // namespace keys::custody
