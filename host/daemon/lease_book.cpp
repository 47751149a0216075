#include "host/daemon/lease_book.hpp"

#include "host/daemon/moment_text.hpp"
#include "host/daemon/secret_token.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace sscardd {

LeaseBook::Entry const* LeaseBook::find_reader(std::string const& reader) const {
    auto const entry = std::find_if(entries_.begin(), entries_.end(), [&](Entry const& one) {
        return one.wish.reader == reader && !is_over(one);
    });
    return entry == entries_.end() ? nullptr : &*entry;
}

LeaseBook::Entry const* LeaseBook::find_token(std::string_view token) const {
    auto const entry = std::find_if(entries_.begin(), entries_.end(), [&](Entry const& one) {
        return is_same_token(one.token, token) && !is_over(one);
    });
    return entry == entries_.end() ? nullptr : &*entry;
}

api::Fault LeaseBook::leased(Entry const& entry) {
    return api::fault(api::code::reader_leased,
                      fmt::format("{} ({}, {}, {})", entry.wish.reader, entry.wish.purpose,
                                  entry.wish.user, entry.until_text));
}

void LeaseBook::prolong(Entry& entry, std::chrono::seconds time) const {
    entry.until = now_() + time;
    entry.until_text = moment_text(std::chrono::system_clock::now() + time);
}

void LeaseBook::forget_old() {
    std::erase_if(entries_, [this](Entry const& entry) {
        if (is_over(entry)) {
            events_.add(api::EventKind::lease_expired, {.reader = entry.wish.reader});
            return true;
        }
        return false;
    });
}

api::Outcome<api::Lease> LeaseBook::take(Wish wish) {
    std::lock_guard const lock{mutex_};
    forget_old();
    if (Entry const* const other = find_reader(wish.reader)) {
        return leased(*other);
    }
    Entry entry{std::move(wish), new_token()};
    if (entry.token.empty()) {
        return api::fault(api::code::internal_fault, "no random numbers");
    }
    prolong(entry, entry.wish.time);
    events_.add(api::EventKind::lease_taken, {.reader = entry.wish.reader});
    entries_.push_back(entry);
    return api::Lease{entry.token, entry.wish.reader, entry.until_text};
}

api::Outcome<api::Lease> LeaseBook::renew(std::string_view token, std::chrono::seconds time) {
    std::lock_guard const lock{mutex_};
    forget_old();
    Entry const* const found = find_token(token);
    if (found == nullptr) {
        return api::fault(api::code::lease_unknown);
    }
    Entry& entry = entries_[static_cast<std::size_t>(found - entries_.data())];
    prolong(entry, time);
    return api::Lease{entry.token, entry.wish.reader, entry.until_text};
}

api::Outcome<api::Released> LeaseBook::release(std::string_view token) {
    std::lock_guard const lock{mutex_};
    forget_old();
    Entry const* const found = find_token(token);
    if (found == nullptr) {
        return api::fault(api::code::lease_unknown);
    }
    api::Released const released{found->wish.reader};
    events_.add(api::EventKind::lease_released, {.reader = released.reader});
    entries_.erase(entries_.begin() + (found - entries_.data()));
    return released;
}

std::optional<api::Fault> LeaseBook::refusal(std::string const& reader,
                                             std::string_view token) const {
    std::lock_guard const lock{mutex_};
    Entry const* const entry = find_reader(reader);
    if (token.empty()) {
        return entry == nullptr ? std::nullopt : std::optional{leased(*entry)};
    }
    if (entry != nullptr && is_same_token(entry->token, token)) {
        return std::nullopt;
    }
    return api::fault(api::code::lease_unknown, reader);
}

std::optional<std::string> LeaseBook::reader_of(std::string_view token) const {
    std::lock_guard const lock{mutex_};
    Entry const* const entry = find_token(token);
    return entry == nullptr ? std::nullopt : std::optional{entry->wish.reader};
}

std::optional<api::LeaseState> LeaseBook::on(std::string const& reader) const {
    std::lock_guard const lock{mutex_};
    Entry const* const entry = find_reader(reader);
    if (entry == nullptr) {
        return std::nullopt;
    }
    return api::LeaseState{entry->wish.purpose, entry->wish.user, entry->until_text};
}

void LeaseBook::expire() {
    std::lock_guard const lock{mutex_};
    forget_old();
}

} // namespace sscardd
