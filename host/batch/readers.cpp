#include "host/batch/readers.hpp"

#include "apdu/atr.hpp"
#include "apdu/item_form.hpp"

#include <array>

namespace batch {
namespace {

/// Hex digits of the 13 historical bytes, which tell one chip from another. card.md §1.3.
constexpr std::size_t chip_digits = 26;

std::optional<std::string> chip_of(api::Reader const& reader) {
    if (!reader.card_present) {
        return std::nullopt;
    }
    std::array<std::uint8_t, apdu::atr_size_max> bytes{};
    auto const size = apdu::read_hex(reader.atr.value_or(""), bytes);
    auto const atr = size.ok() ? apdu::Atr::parse(apdu::ByteView{bytes}.first(size.value()))
                               : apdu::Result<apdu::Atr>{size.error()};
    if (!atr.ok() || 2 * atr.value().historical().size() != chip_digits) {
        return std::string{};
    }
    auto const before = atr.value().historical().data() - atr.value().bytes().data();
    return reader.atr->substr(2 * static_cast<std::size_t>(before), chip_digits);
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
