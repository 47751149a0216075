#include "host/daemon/reader_lanes.hpp"

#include "host/session/fault.hpp"
#include "host/session/hex_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace sscardd {
namespace {

using session::FaultCode;

api::Fault reader_fault(FaultCode code, std::string detail = {}) {
    return api::fault(session::to_text(code), std::move(detail));
}

std::optional<std::size_t> whole_number(std::string const& text) {
    std::size_t number = 0;
    char const* const end = text.data() + text.size();
    auto const [stop, error] = std::from_chars(text.data(), end, number);
    return error == std::errc{} && stop == end ? std::optional{number} : std::nullopt;
}

} // namespace

void ReaderLanes::update(pcsc::ReaderList const& list) {
    // Lanes that go end outside the lock: a job may be running there.
    std::vector<std::shared_ptr<ReaderLane>> old;
    std::lock_guard const lock{mutex_};
    if (has_ended_) {
        return;
    }
    old.swap(lanes_);
    list_ = list;
    for (pcsc::ReaderState const& reader : list_.readers) {
        auto const found = std::find_if(old.begin(), old.end(), [&](auto const& lane) {
            return lane->reader() == reader.name;
        });
        lanes_.push_back(
            found != old.end() ? *found : std::make_shared<ReaderLane>(reader.name, cards_, keys_));
    }
    for (auto const& lane : old) {
        if (std::find(lanes_.begin(), lanes_.end(), lane) == lanes_.end()) {
            lane->close();
        }
    }
}

void ReaderLanes::end() {
    std::lock_guard const lock{mutex_};
    has_ended_ = true;
    for (auto const& lane : lanes_) {
        lane->close();
    }
}

bool ReaderLanes::has_ended() const {
    std::lock_guard const lock{mutex_};
    return has_ended_;
}

api::Outcome<api::ReaderList> ReaderLanes::readers() const {
    std::lock_guard const lock{mutex_};
    if (!list_.service_available) {
        return reader_fault(FaultCode::no_pcsc_service);
    }
    api::ReaderList told;
    for (pcsc::ReaderState const& reader : list_.readers) {
        api::Reader one;
        one.number = static_cast<std::uint32_t>(told.readers.size() + 1);
        one.name = reader.name;
        one.card_present = reader.card_present;
        one.card_mute = reader.card_mute;
        one.in_use = reader.in_use;
        if (!reader.atr.empty()) {
            one.atr = session::hex_text(reader.atr);
        }
        told.readers.push_back(std::move(one));
    }
    return told;
}

std::vector<std::size_t> ReaderLanes::named(std::string const& wish) const {
    auto const& readers = list_.readers;
    if (auto const number = whole_number(wish);
        number && *number >= 1 && *number <= readers.size()) {
        return {*number - 1};
    }
    std::vector<std::size_t> parts;
    for (std::size_t i = 0; i < readers.size(); ++i) {
        if (readers[i].name == wish) {
            return {i};
        }
        if (readers[i].name.find(wish) != std::string::npos) {
            parts.push_back(i);
        }
    }
    return parts;
}

std::vector<std::size_t> ReaderLanes::likely() const {
    std::vector<std::size_t> all;
    std::vector<std::size_t> with_card;
    for (std::size_t i = 0; i < list_.readers.size(); ++i) {
        all.push_back(i);
        if (list_.readers[i].card_present) {
            with_card.push_back(i);
        }
    }
    return with_card.size() == 1 ? with_card : all;
}

std::string ReaderLanes::names() const {
    std::string text;
    for (std::size_t i = 0; i < list_.readers.size(); ++i) {
        text += fmt::format("{}{} {}", i == 0 ? "" : "; ", i + 1, list_.readers[i].name);
    }
    return text;
}

api::Outcome<std::shared_ptr<ReaderLane>>
ReaderLanes::choose(std::optional<std::string> const& wish) const {
    std::lock_guard const lock{mutex_};
    if (has_ended_) {
        return api::fault(api::code::daemon_stopping);
    }
    if (!list_.service_available) {
        return reader_fault(FaultCode::no_pcsc_service);
    }
    if (list_.readers.empty()) {
        return reader_fault(FaultCode::no_reader);
    }
    std::vector<std::size_t> const found = wish ? named(*wish) : likely();
    if (found.empty()) {
        return reader_fault(FaultCode::unknown_reader, fmt::format("{} ({})", *wish, names()));
    }
    if (found.size() > 1) {
        return reader_fault(FaultCode::several_readers, names());
    }
    return lanes_[found.front()];
}

} // namespace sscardd
