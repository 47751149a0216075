#include "host/pcsc/reader_watch.hpp"

#include "host/pcsc/pcsc_error.hpp"

#include <algorithm>
#include <winscard.h>

namespace pcsc {
namespace {

/// A "reader" whose state changes when a reader is connected or taken away (PC/SC part 5).
constexpr char const* plug_and_play = "\\\\?PnP?\\Notification";
/// How often a cancellation is repeated until it has met the wait that it is for.
constexpr std::chrono::milliseconds cancel_interval{50};
/// pcscd tells of a new reader only to those who wait at that moment. Readers come in groups (the
/// slots of one), so after a change the list is read again at intervals that double, and then now
/// and then. Nor does it wake anybody when a program takes a card or lets go of it.
constexpr DWORD settle_first_ms = 50;
constexpr DWORD quiet_ms = 2000;
/// A service that went is looked for after this long at first, then at intervals that double.
constexpr std::chrono::milliseconds retry_first{20};
/// The upper half of a reader's state counts its card events.
constexpr unsigned event_count_shift = 16;

/// How long to wait for a change after a wait of `last_ms` that brought none.
constexpr DWORD next_wait_ms(DWORD last_ms) {
    if (last_ms == 0) {
        return settle_first_ms;
    }
    return std::min(last_ms * 2, quiet_ms);
}

constexpr bool has(DWORD state, DWORD flag) { return (state & flag) != 0; }

/// The PC/SC states of some readers and of the reader list itself, as last heard.
class States {
public:
    explicit States(std::vector<std::string> readers) : readers_{std::move(readers)} {
        for (std::string const& reader : readers_) {
            states_.push_back({});
            states_.back().szReader = reader.c_str();
        }
        // pcsc-lite refuses to wait for more; and where it has so many it takes no other reader.
        if (readers_.size() < PCSCLITE_MAX_READERS_CONTEXTS) {
            states_.push_back({});
            states_.back().szReader = plug_and_play;
        }
    }

    /// Waits for a change from what was last heard; the first time there is one at once.
    LONG wait(long context, DWORD timeout_ms) {
        LONG const code = SCardGetStatusChange(context, timeout_ms, states_.data(), states_.size());
        // A program that takes a card is no change to pcscd, but told of beside a timeout too.
        if (code == SCARD_S_SUCCESS || code == SCARD_E_TIMEOUT) {
            heard_ = states_;
            for (SCARD_READERSTATE& state : states_) {
                state.dwCurrentState =
                    state.dwEventState & ~static_cast<DWORD>(SCARD_STATE_CHANGED);
            }
        }
        return code;
    }

    [[nodiscard]] std::vector<std::string> const& readers() const { return readers_; }

    /// True when the list of readers itself is out of date.
    [[nodiscard]] bool is_list_old() const {
        return std::any_of(heard_.begin(), heard_.end(), [](SCARD_READERSTATE const& state) {
            bool const is_list = state.szReader == plug_and_play;
            return is_list ? has(state.dwEventState, SCARD_STATE_CHANGED)
                           : has(state.dwEventState, SCARD_STATE_UNKNOWN);
        });
    }

    [[nodiscard]] ReaderList list() const {
        ReaderList list{.service_available = true};
        for (std::size_t i = 0; i < readers_.size() && i < heard_.size(); ++i) {
            list.readers.push_back(state_of(readers_[i], heard_[i]));
        }
        return list;
    }

private:
    static ReaderState state_of(std::string const& name, SCARD_READERSTATE const& state) {
        DWORD const flags = state.dwEventState;
        ReaderState reader{};
        reader.name = name;
        reader.card_present = has(flags, SCARD_STATE_PRESENT);
        reader.card_mute = reader.card_present && has(flags, SCARD_STATE_MUTE);
        reader.in_use = has(flags, SCARD_STATE_INUSE | SCARD_STATE_EXCLUSIVE);
        reader.card_events = static_cast<std::uint16_t>(flags >> event_count_shift);
        if (reader.card_present) {
            std::size_t const size = std::min<std::size_t>(state.cbAtr, sizeof state.rgbAtr);
            reader.atr.assign(state.rgbAtr, state.rgbAtr + size);
        }
        return reader;
    }

    std::vector<std::string> readers_;
    std::vector<SCARD_READERSTATE> states_{};
    std::vector<SCARD_READERSTATE> heard_{}; ///< the states of the last change
};

} // namespace

void ReaderWatch::run(Listener const& listener) {
    {
        std::lock_guard const lock{mutex_};
        is_running_ = true;
    }
    auto retry = retry_first;
    while (!stopping()) {
        bool const was_there = watch_service(listener);
        if (!stopping()) {
            tell(listener, ReaderList{});
            retry = was_there ? retry_first : retry * 2;
            pause(std::min(retry, retry_max_));
        }
    }
    std::lock_guard const lock{mutex_};
    is_running_ = false;
    changed_.notify_all();
}

void ReaderWatch::stop() {
    std::unique_lock lock{mutex_};
    is_stopping_ = true;
    changed_.notify_all();
    while (is_running_) {
        if (handle_ != 0) {
            SCardCancel(handle_); // reaches a wait that has begun, so it is repeated
        }
        changed_.wait_for(lock, cancel_interval);
    }
}

/// Returns when the service is gone or run() is to end; false when it was not there at all.
bool ReaderWatch::watch_service(Listener const& listener) {
    auto const context = Context::establish();
    if (!context.ok()) {
        return false;
    }
    publish_handle(context.value().handle());
    for (bool is_alive = true; is_alive && !stopping();) {
        is_alive = watch_readers(context.value(), listener);
    }
    publish_handle(0);
    return true;
}

/// Returns true when the list of readers has changed, false when the service is gone or run() is to
/// end.
bool ReaderWatch::watch_readers(Context const& context, Listener const& listener) {
    auto const readers = context.readers();
    if (!readers.ok()) {
        return false;
    }
    States states{readers.value()};
    DWORD timeout_ms = 0;
    for (;;) {
        LONG const code = states.wait(context.handle(), timeout_ms);
        if (code == SCARD_E_TIMEOUT) {
            auto const now = context.readers();
            if (!now.ok() || now.value() != states.readers()) {
                return now.ok();
            }
            tell(listener, states.list());
        } else if (code != SCARD_S_SUCCESS) {
            // A reader that went while we asked for it makes the list old, nothing worse.
            return error_of(code) == apdu::Error::reader_gone;
        } else if (states.is_list_old()) {
            return true;
        } else {
            tell(listener, states.list());
        }
        if (stopping()) {
            return false;
        }
        timeout_ms = code == SCARD_E_TIMEOUT ? next_wait_ms(timeout_ms) : settle_first_ms;
    }
}

void ReaderWatch::tell(Listener const& listener, ReaderList list) {
    if (told_ != list) {
        told_ = std::move(list);
        listener(*told_);
    }
}

bool ReaderWatch::stopping() {
    std::lock_guard const lock{mutex_};
    return is_stopping_;
}

void ReaderWatch::publish_handle(long handle) {
    std::lock_guard const lock{mutex_};
    handle_ = handle;
}

void ReaderWatch::pause(std::chrono::milliseconds time) {
    std::unique_lock lock{mutex_};
    changed_.wait_for(lock, time, [this] { return is_stopping_; });
}

} // namespace pcsc
