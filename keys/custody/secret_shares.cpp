#include "keys/custody/secret_shares.hpp"

#include "keys/sealed/sealing_key.hpp"

#include <atomic>
#include <memory>
#include <mutex>

extern "C" {
#include <libgfshare.h>
}

namespace keys::custody {
namespace {

using Context = std::unique_ptr<gfshare_ctx, decltype(&gfshare_ctx_free)>;

/// The library's source of random numbers has no way to fail; this tells whether it did.
std::atomic<bool> has_random_failed{false};

void fill_for_library(unsigned char* bytes, unsigned int size) {
    if (!sealed::fill_at_random({bytes, size}).ok()) {
        has_random_failed = true;
    }
}

/// The library keeps its source in a variable of its own: one use at a time.
std::mutex& library_use() {
    static std::mutex mutex;
    return mutex;
}

} // namespace

CustodyResult<sealed::LockedMemory> split(apdu::ByteView secret, std::size_t needed,
                                          std::size_t count) {
    apdu::require(secret.size() == shared_secret_size && needed >= 2 && needed <= count &&
                  count <= 255);
    auto shares = sealed::LockedMemory::take(count * shared_secret_size);
    if (!shares.ok()) {
        return CustodyFault::memory_unlocked;
    }
    std::vector<std::uint8_t> numbers(count);
    for (std::size_t i = 0; i < count; ++i) {
        numbers[i] = static_cast<std::uint8_t>(i + 1);
    }
    std::lock_guard const lock{library_use()};
    has_random_failed = false;
    gfshare_fill_rand = fill_for_library;
    Context const context{gfshare_ctx_init_enc(numbers.data(), static_cast<unsigned>(count),
                                               static_cast<unsigned char>(needed),
                                               shared_secret_size),
                          gfshare_ctx_free};
    if (context == nullptr) {
        return CustodyFault::failed;
    }
    auto copy = sealed::LockedMemory::take(shared_secret_size); // the library takes no const bytes
    if (!copy.ok()) {
        return CustodyFault::memory_unlocked;
    }
    apdu::copy_bytes(secret, copy.value().bytes());
    gfshare_ctx_enc_setsecret(context.get(), copy.value().bytes().data());
    for (std::size_t i = 0; i < count; ++i) {
        gfshare_ctx_enc_getshare(context.get(), static_cast<unsigned char>(i),
                                 shares.value().bytes().subspan(i * shared_secret_size).data());
    }
    if (has_random_failed) {
        return CustodyFault::failed;
    }
    return std::move(shares).value();
}

CustodyResult<sealed::LockedMemory> joined_secret(std::span<Share const> shares) {
    auto secret = sealed::LockedMemory::take(shared_secret_size);
    auto value = sealed::LockedMemory::take(shared_secret_size);
    if (!secret.ok() || !value.ok()) {
        return CustodyFault::memory_unlocked;
    }
    std::vector<std::uint8_t> numbers;
    for (Share const& share : shares) {
        numbers.push_back(share.number);
    }
    std::lock_guard const lock{library_use()};
    has_random_failed = false;
    gfshare_fill_rand = fill_for_library; // what it wipes with
    Context const context{gfshare_ctx_init_dec(numbers.data(),
                                               static_cast<unsigned>(numbers.size()),
                                               shared_secret_size),
                          gfshare_ctx_free};
    if (context == nullptr) {
        return CustodyFault::failed;
    }
    for (std::size_t i = 0; i < shares.size(); ++i) {
        apdu::require(shares[i].value.size() == shared_secret_size);
        apdu::copy_bytes(shares[i].value, value.value().bytes());
        gfshare_ctx_dec_giveshare(context.get(), static_cast<unsigned char>(i),
                                  value.value().bytes().data());
    }
    gfshare_ctx_dec_extract(context.get(), secret.value().bytes().data());
    return std::move(secret).value();
}

} // namespace keys::custody
