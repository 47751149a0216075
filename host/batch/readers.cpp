#include "host/batch/readers.hpp"

namespace batch {
namespace {

/// Hex digits of the 13 historical bytes, which end a card's answer to reset. card.md §1.3.
constexpr std::size_t chip_digits = 26;

std::optional<std::string> chip_of(api::Reader const& reader) {
    if (!reader.card_present) {
        return std::nullopt;
    }
    if (!reader.atr || reader.atr->size() < chip_digits) {
        return std::string{};
    }
    return reader.atr->substr(reader.atr->size() - chip_digits);
}

} // namespace

void Readers::update(api::ReaderList const& list) {
    std::lock_guard const lock{mutex_};
    chips_.clear();
    for (api::Reader const& reader : list.readers) {
        chips_[reader.name] = chip_of(reader);
    }
}

std::optional<std::string> Readers::chip_in(std::string const& reader) const {
    std::lock_guard const lock{mutex_};
    auto const found = chips_.find(reader);
    return found == chips_.end() ? std::nullopt : found->second;
}

std::vector<std::string> Readers::names() const {
    std::lock_guard const lock{mutex_};
    std::vector<std::string> names;
    names.reserve(chips_.size());
    for (auto const& [name, chip] : chips_) {
        names.push_back(name);
    }
    return names;
}

} // namespace batch
