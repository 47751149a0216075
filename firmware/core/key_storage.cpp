#include "firmware/core/key_storage.hpp"

#include "firmware/core/record_page.hpp"

namespace terminal {
namespace {

KeyStorageFault fault_of(keys::CipherError error) {
    return error == keys::CipherError::malformed ? KeyStorageFault::malformed
                                                 : KeyStorageFault::back_end_failed;
}

KeyStorageFault fault_of(keys::DukptFault fault) {
    return fault == keys::DukptFault::exhausted ? KeyStorageFault::exhausted
                                                : KeyStorageFault::back_end_failed;
}

} // namespace

KeyStorage::KeyStorage(hal::Flash& flash) : flash_{flash} {
    apdu::require(flash.page_count() >= 2 && flash.page_count() <= pages_max);
    apdu::require(flash.page_size() >= keys::terminal_record_size);
}

KeyState KeyStorage::load() {
    is_damaged_ = true;
    keys_.reset();
    erased_ = 0;
    Newest const newest = find_newest();
    page_ = newest.page;
    sequence_ = newest.sequence;
    if (!page_) {
        is_damaged_ = newest.is_any_broken || !erase_all_but(std::nullopt);
        return state();
    }
    RecordPage place{flash_, *page_};
    if (keys::read_record(place, keys_) && erase_all_but(page_)) {
        is_damaged_ = false;
        // Its last words may be weak: the power went as they were written.
        is_damaged_ = !newest.is_sealed && !store();
    }
    if (is_damaged_) {
        keys_.reset();
    }
    return state();
}

KeyState KeyStorage::state() const {
    if (is_damaged_) {
        return KeyState::damaged;
    }
    if (!keys_) {
        return KeyState::empty;
    }
    if (!keys_->initial_size) {
        return KeyState::provisioned;
    }
    return keys_->dukpt.is_exhausted() ? KeyState::exhausted : KeyState::loaded;
}

std::optional<keys::InitialKeyId> KeyStorage::id() const {
    return keys_ ? std::optional{keys_->dukpt.id()} : std::nullopt;
}

KeyStorage::Result<apdu::Done> KeyStorage::provision(keys::InitialKeyId const& id,
                                                     keys::KeyBlockKey transport) {
    if (state() != KeyState::empty) {
        return KeyStorageFault::wrong_state;
    }
    keys_.emplace(id, std::move(transport));
    if (!store()) {
        keys_.reset();
        return KeyStorageFault::flash_failed;
    }
    return apdu::Done{};
}

KeyStorage::Result<apdu::Done> KeyStorage::load_initial_key(keys::AesCipher& cipher,
                                                            std::string_view key_block) {
    if (state() != KeyState::provisioned) {
        return KeyStorageFault::wrong_state;
    }
    auto received = keys::unwrap_initial_key(cipher, keys_->transport, key_block);
    if (!received.ok()) {
        return fault_of(received.error());
    }
    if (received.value().id != keys_->dukpt.id()) {
        return KeyStorageFault::other_terminal;
    }
    keys::AesSize const size = received.value().key.aes_size();
    auto const filled = keys_->dukpt.reload(cipher, std::move(received.value().key));
    if (!filled.ok()) {
        return fault_of(filled.error());
    }
    keys_->initial_size = size;
    if (!store()) {
        if (keys_) {
            keys_->initial_size.reset();
            keys_->dukpt.forget();
        }
        return KeyStorageFault::flash_failed;
    }
    return apdu::Done{};
}

KeyStorage::Result<keys::TransactionKey> KeyStorage::next_pin_key(keys::AesCipher& cipher) {
    if (state() == KeyState::exhausted) {
        return KeyStorageFault::exhausted;
    }
    if (state() != KeyState::loaded) {
        return KeyStorageFault::wrong_state;
    }
    auto key = keys_->dukpt.next_key(cipher, *keys_->initial_size);
    if (!key.ok()) {
        return fault_of(key.error());
    }
    if (!store()) {
        return KeyStorageFault::flash_failed;
    }
    return std::move(key).value();
}

bool KeyStorage::erase_all() {
    keys_.reset();
    page_.reset();
    bool is_erased = true;
    for (std::size_t page = 0; page < flash_.page_count(); ++page) {
        is_erased &= erase(page);
    }
    is_damaged_ = !is_erased;
    return is_erased;
}

KeyStorage::Newest KeyStorage::find_newest() {
    Newest newest;
    for (std::size_t page = 0; page < flash_.page_count(); ++page) {
        RecordPage place{flash_, page};
        keys::FoundRecord const found = keys::find_record(place);
        newest.is_any_broken |= found.condition == keys::RecordCondition::broken;
        if (found.is_whole() && (!newest.page || found.sequence > newest.sequence)) {
            newest.page = page;
            newest.sequence = found.sequence;
            newest.is_sealed = found.condition == keys::RecordCondition::sealed;
        }
    }
    return newest;
}

bool KeyStorage::erase(std::size_t page) {
    bool const is_erased = flash_.erase(page);
    erased_ |= is_erased ? std::uint64_t{1} << page : 0;
    return is_erased;
}

bool KeyStorage::erase_all_but(std::optional<std::size_t> kept) {
    for (std::size_t page = 0; page < flash_.page_count(); ++page) {
        RecordPage place{flash_, page};
        if (page != kept && !place.is_blank() && !erase(page)) {
            return false;
        }
    }
    return true;
}

/// Writes the keys into the next page that works, then erases the page before.
bool KeyStorage::store() {
    std::size_t const count = flash_.page_count();
    std::size_t const before = page_.value_or(count - 1);
    for (std::size_t step = 1; step < count + (page_ ? 0 : 1); ++step) {
        std::size_t const page = (before + step) % count;
        if (!write(page)) {
            if (is_damaged_) {
                keys_.reset();
                return false;
            }
            continue;
        }
        auto const old = std::exchange(page_, page);
        if (old && !erase(*old)) {
            is_damaged_ = true;
            keys_.reset();
            return false;
        }
        return true;
    }
    return false;
}

/// False: not into this page; damaged, where it may hold a part of the keys now.
bool KeyStorage::write(std::size_t page) {
    std::uint64_t const bit = std::uint64_t{1} << page;
    if ((erased_ & bit) == 0 && !erase(page)) {
        return false;
    }
    erased_ &= ~bit;
    RecordPage place{flash_, page};
    if (keys::write_record(place, *keys_, ++sequence_)) {
        return true;
    }
    is_damaged_ = !erase(page);
    return false;
}

} // namespace terminal
