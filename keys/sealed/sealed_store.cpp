#include "keys/sealed/sealed_store.hpp"

#include "keys/sealed/store_content.hpp"

#include <algorithm>

namespace keys::sealed {
namespace {

using Keys = std::shared_ptr<HeldKeys const>;

std::string place_of(MasterKey const& key) {
    std::string text{apdu::to_text(key.name)};
    text += ", " + std::string{to_text(card_algorithm(key.secret.kind()))};
    return text + (key.version ? ", version " + std::to_string(*key.version) : ", any version");
}

/// The kept keys and the new ones in memory of their own. Fault: key_known.
StoreResult<Keys> joined(std::span<MasterKey const> kept, std::vector<MasterKey> added,
                         bool is_test) {
    auto held = HeldKeys::with_room(kept.size() + added.size(), is_test);
    if (!held.ok()) {
        return held.error();
    }
    for (MasterKey const& key : kept) {
        held.value()->add(copy_of(key));
    }
    for (MasterKey& key : added) {
        auto const there = held.value()->masters().keys;
        bool const is_known = std::any_of(there.begin(), there.end(), [&key](auto const& other) {
            return have_one_place(other, key);
        });
        if (is_known) {
            return StoreFault{StoreFaultCode::key_known, place_of(key)};
        }
        held.value()->add(std::move(key));
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

StoreResult<apdu::Done> SealedStore::create(SealingSecret const& secret,
                                            std::vector<MasterKey> keys, bool is_test,
                                            ArgonCost const& cost) {
    if (file_.exists()) {
        return StoreFault{StoreFaultCode::exists, path().string()};
    }
    auto held = joined({}, std::move(keys), is_test);
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

StoreResult<apdu::Done> SealedStore::add(std::vector<MasterKey> keys, bool is_test) {
    apdu::require(open_.has_value());
    if (is_test != open_->header.is_test) {
        return StoreFault{StoreFaultCode::marks_differ};
    }
    auto held = joined(open_->keys->masters().keys, std::move(keys), is_test);
    if (!held.ok()) {
        return held.error();
    }
    return put_in(std::move(held).value());
}

StoreResult<apdu::Done> SealedStore::remove(apdu::KeyName name, Algorithm algorithm,
                                            std::optional<std::uint8_t> version) {
    apdu::require(open_.has_value());
    auto const there = open_->keys->masters().keys;
    auto const is_meant = [&](MasterKey const& key) {
        return key.name == name && key.version == version &&
               card_algorithm(key.secret.kind()) == algorithm;
    };
    auto held = HeldKeys::with_room(there.size(), open_->header.is_test);
    if (!held.ok()) {
        return held.error();
    }
    for (MasterKey const& key : there) {
        if (!is_meant(key)) {
            held.value()->add(copy_of(key));
        }
    }
    if (held.value()->masters().keys.size() == there.size()) {
        return StoreFault{StoreFaultCode::key_unknown, std::string{apdu::to_text(name)}};
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
