#include "host/daemon/reader_lanes.hpp"

#include "host/daemon/moment_text.hpp"

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
    std::lock_guard const lock{mutex_};
    std::erase_if(leaving_, [](auto const& lane) { return lane->has_ended(); });
    if (has_ended_) {
        return;
    }
    tell_changes(list);
    holds_.update(list);
    std::vector<std::shared_ptr<ReaderLane>> old;
    old.swap(lanes_);
    list_ = list;
    for (pcsc::ReaderState const& reader : list_.readers) {
        auto const found = std::find_if(old.begin(), old.end(), [&](auto const& lane) {
            return lane->reader() == reader.name;
        });
        lanes_.push_back(found != old.end() ? *found : make_lane(reader.name));
    }
    for (auto const& lane : old) {
        if (std::find(lanes_.begin(), lanes_.end(), lane) == lanes_.end()) {
            lane->close();
            leaving_.push_back(lane); // whoever lets go of it last finds that it has ended
        }
    }
    note_absences();
}

void ReaderLanes::tell_changes(pcsc::ReaderList const& now) {
    using api::EventKind;
    auto const find = [](pcsc::ReaderList const& list, std::string const& name) {
        auto const reader =
            std::find_if(list.readers.begin(), list.readers.end(),
                         [&](pcsc::ReaderState const& one) { return one.name == name; });
        return reader == list.readers.end() ? nullptr : &*reader;
    };
    if (list_.service_available != now.service_available) {
        events_.add(now.service_available ? EventKind::service_back : EventKind::service_gone);
    }
    for (pcsc::ReaderState const& before : list_.readers) {
        auto const* const after = find(now, before.name);
        if (after == nullptr) {
            events_.add(EventKind::reader_gone, {.reader = before.name});
        } else if (before.card_present && after->card_events != before.card_events) {
            events_.add(EventKind::card_out, {.reader = before.name});
        }
    }
    for (pcsc::ReaderState const& after : now.readers) {
        auto const* const before = find(list_, after.name);
        if (before == nullptr) {
            events_.add(EventKind::reader_arrived, {.reader = after.name});
        }
        bool const is_new =
            before == nullptr || !before->card_present || after.card_events != before->card_events;
        if (after.card_present && is_new) {
            events_.add(EventKind::card_in, {.reader = after.name});
        }
    }
}

std::shared_ptr<ReaderLane> ReaderLanes::make_lane(std::string const& reader) {
    auto known = std::find_if(known_.begin(), known_.end(),
                              [&](Known const& one) { return one.name == reader; });
    if (known == known_.end()) {
        known = known_.insert(known, {reader});
    }
    known->gone_since.reset();
    return std::make_shared<ReaderLane>(reader, parts_, known->record);
}

void ReaderLanes::note_absences() {
    for (Known& known : known_) {
        bool const is_here = std::any_of(lanes_.begin(), lanes_.end(), [&](auto const& lane) {
            return lane->reader() == known.name;
        });
        if (!is_here && !known.gone_since) {
            known.gone_since = std::chrono::system_clock::now();
        }
    }
    auto const is_gone = [](Known const& known) { return known.gone_since.has_value(); };
    while (known_.size() > known_readers_max) {
        auto const oldest = std::find_if(known_.begin(), known_.end(), is_gone);
        if (oldest == known_.end()) {
            return;
        }
        known_.erase(oldest);
    }
}

void ReaderLanes::end() {
    std::lock_guard const lock{mutex_};
    has_ended_ = true;
    events_.end();
    for (auto const& lane : lanes_) {
        lane->close();
        lane->hurry();
    }
    for (auto const& lane : leaving_) {
        lane->hurry();
    }
}

bool ReaderLanes::have_ended() const {
    std::lock_guard const lock{mutex_};
    auto const has_ended = [](auto const& lane) { return lane->has_ended(); };
    return std::all_of(lanes_.begin(), lanes_.end(), has_ended) &&
           std::all_of(leaving_.begin(), leaving_.end(), has_ended);
}

bool ReaderLanes::has_ended() const {
    std::lock_guard const lock{mutex_};
    return has_ended_;
}

api::Reader ReaderLanes::told(std::size_t index) const {
    pcsc::ReaderState const& reader = list_.readers[index];
    api::Reader one;
    one.number = static_cast<std::uint32_t>(index + 1);
    one.name = reader.name;
    one.card_present = reader.card_present;
    one.card_mute = reader.card_mute;
    one.in_use = reader.in_use;
    if (!reader.atr.empty()) {
        one.atr = session::hex_text(reader.atr);
    }
    one.lane = lanes_[index]->health();
    one.lane.lease = leases_.on(reader.name);
    return one;
}

api::Outcome<api::ReaderList> ReaderLanes::readers() const {
    api::ReaderList list;
    {
        std::lock_guard const lock{mutex_};
        if (!list_.service_available) {
            return reader_fault(FaultCode::no_pcsc_service);
        }
        for (std::size_t i = 0; i < list_.readers.size(); ++i) {
            list.readers.push_back(told(i));
        }
        for (Known const& known : known_) {
            if (known.gone_since) {
                list.gone.push_back({known.name, moment_text(*known.gone_since)});
            }
        }
    }
    for (api::Reader& reader : list.readers) {
        if (reader.in_use && reader.lane.state == api::LaneState::idle) {
            reader.hold = holds_.on(reader.name);
        }
    }
    return list;
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
