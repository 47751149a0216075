#include "host/virtual/inserted_card.hpp"

#include <sys/prctl.h>

namespace virtual_card {
namespace {

using Clock = std::chrono::steady_clock;
using What = ExchangeOutcome::What;

constexpr std::chrono::milliseconds retry_interval_ms{100};
/// WWT of T=0 at 3.57 MHz and the default parameters. ISO/IEC 7816-3:2006 §10.2.
constexpr std::chrono::milliseconds waiting_time_ms{1000};

/// Longer than any ATR: vpcd then finds the card unresponsive, as it is.
constexpr std::size_t unreadable_size = 64;

/// vpcd's messages of one byte.
enum class VpcdControl : std::uint8_t { power_off = 0, power_on = 1, reset = 2, get_atr = 4 };

/// Why a line to vpcd ended.
enum class End : std::uint8_t { cut, card_removed, power_lost, stopped };

/// One stay of the card in the reader.
class Stay {
public:
    Stay(FaultyCard& card, Insertion const& insertion, StopEvent const& stop, VpcdConnection& line,
         std::optional<Clock::time_point> off_until)
        : card_{card}, insertion_{insertion}, stop_{stop}, line_{line}, off_until_{off_until} {
        power_up();
    }

    End serve() {
        while (true) {
            auto const message = line_.receive(stop_);
            if (!message) {
                return stop_.is_stopped() ? End::stopped : End::cut;
            }
            auto const end = message->size() == 1
                                 ? control(static_cast<VpcdControl>(message->front()))
                                 : exchange(*message);
            if (end) {
                return *end;
            }
        }
    }

private:
    void power_up() {
        auto const now = Clock::now();
        bool const is_off = off_until_ && now < *off_until_;
        auto const atr = is_off ? std::nullopt : card_.reset();
        atr_ = atr ? Bytes{atr->begin(), atr->end()} : Bytes(unreadable_size, 0x00);
        if (atr && insertion_.line_time) {
            atr_at_ = now + reset_time(*insertion_.line_time, atr->size());
        }
    }

    std::optional<End> control(VpcdControl what) {
        switch (what) {
        case VpcdControl::power_off:
            return std::nullopt;
        case VpcdControl::power_on:
        case VpcdControl::reset:
            power_up();
            return std::nullopt;
        case VpcdControl::get_atr:
            (void)stop_.wait_until(atr_at_);
            return line_.send(atr_) ? std::nullopt : std::optional{End::cut};
        }
        return std::nullopt;
    }

    std::optional<End> exchange(Bytes const& command) {
        auto const now = Clock::now();
        if (command.empty()) {
            return std::nullopt;
        }
        std::size_t const writes_before = card_.memory_writes();
        auto const outcome = card_.exchange(command);
        if (insertion_.events.exchanged) {
            insertion_.events.exchanged(trace_of(command, outcome));
        }
        switch (outcome.what) {
        case What::removed:
            return End::card_removed;
        case What::power_lost:
            return End::power_lost;
        case What::mute:
            (void)stop_.wait(waiting_time_ms);
            return End::cut;
        case What::answered:
            break;
        }
        std::size_t const writes = card_.memory_writes() - writes_before;
        (void)stop_.wait_until(now + outcome.delay + time_of(command, outcome.answer, writes));
        return line_.send(outcome.answer) ? std::nullopt : std::optional{End::cut};
    }

    [[nodiscard]] std::chrono::nanoseconds time_of(apdu::ByteView command, apdu::ByteView answer,
                                                   std::size_t writes) const {
        if (!insertion_.line_time) {
            return std::chrono::nanoseconds{0};
        }
        LineTime const& line = *insertion_.line_time;
        return exchange_time(line, command, answer) + line.command_work +
               line.write_work * static_cast<std::int64_t>(writes);
    }

    FaultyCard& card_;
    Insertion const& insertion_;
    StopEvent const& stop_;
    VpcdConnection& line_;
    std::optional<Clock::time_point> off_until_;
    Bytes atr_{};
    Clock::time_point atr_at_{}; ///< when the reader has all of it
};

/// Nothing when the stop came first.
std::optional<VpcdConnection> connect(Insertion const& insertion, StopEvent const& stop) {
    for (bool is_first = true;; is_first = false) {
        if (auto connection = VpcdConnection::open(insertion.endpoint)) {
            return connection;
        }
        if (is_first && insertion.events.waiting) {
            insertion.events.waiting();
        }
        if (!stop.wait(retry_interval_ms)) {
            return std::nullopt;
        }
    }
}

std::string_view to_text(End end) {
    switch (end) {
    case End::card_removed:
        return "pulled";
    case End::power_lost:
        return "power lost";
    case End::cut:
    case End::stopped:
        break;
    }
    return "the reader closed the line, or the card was mute";
}

Clock::time_point time_of_return(Insertion const& insertion) {
    return insertion.back_after ? Clock::now() + *insertion.back_after : Clock::time_point::max();
}

} // namespace

ExchangeTrace trace_of(apdu::ByteView command, ExchangeOutcome const& outcome) {
    ExchangeTrace trace{.header = {},
                        .command_size = command.size(),
                        .response_size = outcome.answer.size(),
                        .status = std::nullopt};
    apdu::copy_bytes(command.first(std::min(command.size(), trace.header.size())), trace.header);
    if (outcome.answer.size() >= 2) {
        trace.status =
            apdu::StatusWord{outcome.answer[outcome.answer.size() - 2], outcome.answer.back()};
    }
    return trace;
}

void keep_inserted(FaultyCard& card, Insertion const& insertion, StopEvent const& stop) {
    // The kernel would let this thread sleep 50 µs longer than it asks.
    (void)::prctl(PR_SET_TIMERSLACK, 1UL);
    std::optional<Clock::time_point> off_until;
    while (!stop.is_stopped()) {
        auto line = connect(insertion, stop);
        if (!line) {
            return;
        }
        if (insertion.events.attached) {
            insertion.events.attached();
        }
        End const end = Stay{card, insertion, stop, *line, off_until}.serve();
        line.reset();
        if (insertion.events.detached && end != End::stopped) {
            insertion.events.detached(to_text(end));
        }
        if (end == End::power_lost) {
            off_until = time_of_return(insertion);
        }
        if (end == End::card_removed) {
            (void)stop.wait(insertion.back_after);
            card.come_back();
        }
        // A vpcd that hangs up at once would otherwise be called without a pause.
        if (end == End::cut && !stop.wait(retry_interval_ms)) {
            return;
        }
    }
}

} // namespace virtual_card
