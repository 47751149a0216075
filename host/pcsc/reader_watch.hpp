#pragma once

#include "host/pcsc/pcsc_context.hpp"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace pcsc {

/// One reader as the PC/SC service sees it.
struct ReaderState {
    std::string name;
    bool card_present = false;
    bool card_mute = false; ///< a card is there that does not answer to reset
    bool in_use = false;    ///< a program is connected to the card
    /// Counts cards put in and taken out; another number is another card, however quick the change.
    std::uint16_t card_events = 0;
    std::vector<std::uint8_t> atr; ///< of a card that is there

    friend bool operator==(ReaderState const&, ReaderState const&) = default;
};

/// All readers at one moment.
struct ReaderList {
    bool service_available = false; ///< without it there are no readers
    std::vector<ReaderState> readers{};

    friend bool operator==(ReaderList const&, ReaderList const&) = default;
};

/// Watches the readers: waits in SCardGetStatusChange, and looks again every other second
/// whether other programs use them.
/// Outlives pcscd: while there is no service it looks for one, soon and then every `retry_max`.
class ReaderWatch {
public:
    using Listener = std::function<void(ReaderList const&)>;
    explicit ReaderWatch(std::chrono::milliseconds retry_max = std::chrono::milliseconds{500})
        : retry_max_{retry_max} {}
    ReaderWatch(ReaderWatch const&) = delete;
    ReaderWatch& operator=(ReaderWatch const&) = delete;
    ~ReaderWatch() = default;

    /// Tells `listener`, in the calling thread, of the readers as they are now, and of every change
    /// until stop() is called; then returns. Once for each object.
    void run(Listener const& listener);

    /// Ends run(), from any thread; returns when run() has returned, or at once when it has not
    /// been called (it then returns at once). Not from the listener.
    void stop();

private:
    [[nodiscard]] bool watch_service(Listener const& listener);
    [[nodiscard]] bool watch_readers(Context const& context, Listener const& listener);
    void tell(Listener const& listener, ReaderList list);
    [[nodiscard]] bool stopping();
    void publish_handle(long handle);
    void pause(std::chrono::milliseconds time);

    std::chrono::milliseconds retry_max_;
    std::mutex mutex_{};
    std::condition_variable changed_{};
    long handle_ = 0; ///< SCARDCONTEXT that may be waiting; 0: none
    bool is_running_ = false;
    bool is_stopping_ = false;
    std::optional<ReaderList> told_{};
};

} // namespace pcsc
