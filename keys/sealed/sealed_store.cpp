#include "keys/sealed/sealed_store.hpp"

#include "keys/sealed/store_content.hpp"

#include "keys/hex_text.hpp"

#include <type_traits>

namespace keys::sealed {
namespace {

using Keys = std::shared_ptr<HeldKeys const>;

std::string place_text(MasterKey const& key) {
    std::string text{apdu::to_text(key.name)};
    text += ", " + std::string{to_text(card_algorithm(key.secret.kind()))};
    return text + (key.version ? ", version " + std::to_string(*key.version) : ", any version");
}

std::string hex_of(apdu::ByteView bytes) {
    std::string text(2 * bytes.size(), '0');
    write_hex(bytes, text);
    return text;
}

std::string place_of_terminal(TerminalKeyPlace const& place) {
    return place.use == TerminalKeyUse::bdk ? "BDK " + hex_of(place.id.bdk_id())
                                            : "KBPK " + hex_of(place.id.bytes);
}

/// Adds those keys; fault: key_known.
template <typename Key>
std::optional<StoreFault> add_all(HeldKeys& held, std::vector<Key> added) {
    for (Key& key : added) {
        if constexpr (std::is_same_v<Key, MasterKey>) {
            if (held.has_place_of(key)) {
                return StoreFault{StoreFaultCode::key_known, place_text(key)};
            }
        } else if (held.has_place_of(place_of(key))) {
            return StoreFault{StoreFaultCode::key_known, place_of_terminal(place_of(key))};
        }
        held.add(std::move(key));
    }
    return std::nullopt;
}

/// Adds a copy of each key that `is_kept` says.
template <typename Key, typename IsKept>
void keep(HeldKeys& held, std::span<Key const> keys, IsKept const& is_kept) {
    for (Key const& key : keys) {
        if (is_kept(key)) {
            held.add(copy_of(key));
        }
    }
}

KeyCounts counts_of(MasterKeySet const& keys) {
    return {keys.keys.size(), keys.terminals.bdks.size(), keys.terminals.transport_keys.size()};
}

/// The kept keys and the new ones in memory of their own. Fault: key_known.
StoreResult<Keys> joined(MasterKeySet const& kept, KeyBundle added, bool is_test) {
    KeyCounts counts = counts_of(kept);
    counts.cards += added.cards.size();
    counts.bdks += added.bdks.size();
    counts.transport_keys += added.transport_keys.size();
    auto held = HeldKeys::with_room(counts, is_test);
    if (!held.ok()) {
        return held.error();
    }
    auto const all = [](auto const& /*key*/) { return true; };
    keep(*held.value(), kept.keys, all);
    keep(*held.value(), kept.terminals.bdks, all);
    keep(*held.value(), kept.terminals.transport_keys, all);
    auto fault = add_all(*held.value(), std::move(added.cards));
    fault = fault ? fault : add_all(*held.value(), std::move(added.bdks));
    fault = fault ? fault : add_all(*held.value(), std::move(added.transport_keys));
    if (fault) {
        return *fault;
    }
    return Keys{std::move(held).value()};
}

} // namespace

StoreResult<StoreHeader> read_store_header(std::filesystem::path const& path) {
    auto const file = read_store_file(path);
    return file.ok() ? parse_header(file.value()) : file.error();
}

StoreResult<SealedStore> SealedStore::claim(std::filesystem::path path, FileCalls& calls) {
    auto file = StoreFile::claim(std::move(path), calls);
    if (!file.ok()) {
        return file.error();
    }
    return SealedStore{std::move(file).value()};
}

StoreResult<SealedStore::Open> SealedStore::sealing(SealingSecret const& secret, bool is_test,
                                                    ArgonCost const& cost) {
    if (!secret.is_long_enough()) {
        return StoreFault{StoreFaultCode::secret_short,
                          "at least " + std::to_string(passphrase_size_min) + " bytes"};
    }
    StoreHeader header;
    header.kind = secret.kind();
    header.is_test = is_test;
    header.cost = secret.kind() == SealKind::passphrase ? cost : ArgonCost{};
    if (auto const done = fill_at_random(header.salt); !done.ok()) {
        return done.error();
    }
    auto key = SealingKey::derive(secret, header);
    if (!key.ok()) {
        return key.error();
    }
    return Open{header, std::move(key).value(), nullptr};
}

StoreResult<apdu::Done> SealedStore::create(SealingSecret const& secret, KeyBundle keys,
                                            bool is_test, ArgonCost const& cost) {
    if (file_.exists()) {
        return StoreFault{StoreFaultCode::exists, path().string()};
    }
    auto held = joined({{}, is_test}, std::move(keys), is_test);
    if (!held.ok()) {
        return held.error();
    }
    auto next = sealing(secret, is_test, cost);
    if (!next.ok()) {
        return next.error();
    }
    next.value().keys = std::move(held).value();
    return become(std::move(next).value());
}

StoreResult<apdu::Done> SealedStore::open(SealingSecret const& secret) {
    auto const file = read_store_file(path());
    if (!file.ok()) {
        return file.error();
    }
    auto const header = parse_header(file.value());
    if (!header.ok()) {
        return header.error();
    }
    auto key = SealingKey::derive(secret, header.value());
    if (!key.ok()) {
        return key.error();
    }
    auto const content = key.value().open(header.value(), file.value());
    if (!content.ok()) {
        return content.error();
    }
    auto held = parse_content(content.value().bytes());
    if (!held.ok()) {
        return held.error();
    }
    if (held.value()->masters().are_test_keys != header.value().is_test) {
        return StoreFault{StoreFaultCode::damaged};
    }
    open_.emplace(Open{header.value(), std::move(key).value(), std::move(held).value()});
    return apdu::Done{};
}

void SealedStore::lock() { open_.reset(); }

Keys SealedStore::keys() const { return open_ ? open_->keys : nullptr; }

StoreResult<apdu::Done> SealedStore::write(Open const& next) const {
    auto const content = encode_content(next.keys->masters());
    if (!content.ok()) {
        return content.error();
    }
    auto const file = next.key.seal(next.header, content.value().bytes());
    if (!file.ok()) {
        return file.error();
    }
    return file_.replace(file.value());
}

StoreResult<apdu::Done> SealedStore::become(Open next) {
    auto done = write(next);
    if (done.ok() || done.error().code == StoreFaultCode::maybe_not_kept) {
        open_.emplace(std::move(next));
    }
    return done;
}

StoreResult<apdu::Done> SealedStore::put_in(Keys keys) {
    std::swap(open_->keys, keys);
    auto done = write(*open_);
    if (!done.ok() && done.error().code != StoreFaultCode::maybe_not_kept) {
        std::swap(open_->keys, keys);
    }
    return done;
}

StoreResult<apdu::Done> SealedStore::add(KeyBundle keys, bool is_test) {
    apdu::require(open_.has_value());
    if (is_test != open_->header.is_test) {
        return StoreFault{StoreFaultCode::marks_differ};
    }
    auto held = joined(open_->keys->masters(), std::move(keys), is_test);
    if (!held.ok()) {
        return held.error();
    }
    return put_in(std::move(held).value());
}

StoreResult<apdu::Done> SealedStore::remove(apdu::KeyName name, Algorithm algorithm,
                                            std::optional<std::uint8_t> version) {
    return leave_out(std::string{apdu::to_text(name)}, [&](auto const& key) {
        if constexpr (std::is_same_v<decltype(key), MasterKey const&>) {
            return key.name == name && key.version == version &&
                   card_algorithm(key.secret.kind()) == algorithm;
        } else {
            return false;
        }
    });
}

StoreResult<apdu::Done> SealedStore::remove(TerminalKeyPlace const& place) {
    return leave_out(place_of_terminal(place), [&](auto const& key) {
        if constexpr (std::is_same_v<decltype(key), MasterKey const&>) {
            return false;
        } else {
            return place_of(key) == place;
        }
    });
}

template <typename IsMeant>
StoreResult<apdu::Done> SealedStore::leave_out(std::string const& name, IsMeant const& is_meant) {
    apdu::require(open_.has_value());
    auto const there = open_->keys->masters();
    auto held = HeldKeys::with_room(counts_of(there), open_->header.is_test);
    if (!held.ok()) {
        return held.error();
    }
    auto const is_kept = [&is_meant](auto const& key) { return !is_meant(key); };
    keep(*held.value(), there.keys, is_kept);
    keep(*held.value(), there.terminals.bdks, is_kept);
    keep(*held.value(), there.terminals.transport_keys, is_kept);
    auto const left = counts_of(held.value()->masters());
    auto const before = counts_of(there);
    if (left.cards == before.cards && left.bdks == before.bdks &&
        left.transport_keys == before.transport_keys) {
        return StoreFault{StoreFaultCode::key_unknown, name};
    }
    return put_in(std::move(held).value());
}

StoreResult<apdu::Done> SealedStore::change_secret(SealingSecret const& secret,
                                                   ArgonCost const& cost) {
    apdu::require(open_.has_value());
    auto next = sealing(secret, open_->header.is_test, cost);
    if (!next.ok()) {
        return next.error();
    }
    next.value().keys = open_->keys;
    return become(std::move(next).value());
}

} // namespace keys::sealed
