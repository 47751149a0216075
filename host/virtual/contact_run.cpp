#include "host/virtual/contact_run.hpp"

#include "host/virtual/input_lines.hpp"
#include "host/virtual/stream_connection.hpp"

#include <sys/prctl.h>
#include <sys/random.h>

#include <thread>

namespace virtual_card {
namespace {

using RunClock = std::chrono::steady_clock;
using RunType = ContactEventType;

constexpr std::chrono::seconds first_patience{30};
constexpr std::chrono::milliseconds last_words{200};
constexpr std::chrono::seconds later_patience = std::chrono::hours{24 * 365};

std::uint64_t steady_us(RunClock::time_point time) {
    auto const since = time.time_since_epoch();
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(since).count());
}

RunClock::time_point steady_time(std::uint64_t us) {
    return RunClock::time_point{std::chrono::microseconds{us}};
}

/// A card at its contacts, with clock and stream.
class PlacedCard {
public:
    PlacedCard(FaultyCard& card, ContactPlace const& place, StopEvent const& stop)
        : place_{place}, stop_{stop}, lines_{place.input}, contacts_{card, place.faults,
                                                                     place.settings,
                                                                     place.exchanged} {}

    /// Until the stop, or the end of the stream.
    void serve(StreamConnection& stream) {
        contacts_.cut_line();
        parser_ = ContactEventParser{};
        contacts_.take({RunType::query, place_.settings.socket, 0}, steady_us(RunClock::now()));
        while (send_all(stream)) {
            auto const ready = wait_for(stream, lines_.descriptor(), stop_, end_of_wait());
            if (ready.is_stopped) { // whoever ends it takes the card along
                contacts_.remove();
                (void)send_all(stream);
                std::this_thread::sleep_for(last_words); // QEMU drops what it has not read yet
                return;
            }
            if (ready.has_input) {
                take_lines();
            }
            if (ready.has_stream && !take_stream(stream)) {
                return;
            }
            come_back();
        }
    }

private:
    [[nodiscard]] std::optional<RunClock::time_point> end_of_wait() const {
        auto const due = contacts_.due_us();
        auto end = back_at_;
        if (due) {
            end = std::min(end.value_or(steady_time(*due)), steady_time(*due));
        }
        return end;
    }

    bool send_all(StreamConnection& stream) {
        Bytes bytes = std::exchange(answers_, {});
        for (ContactEvent const& event : contacts_.leave(steady_us(RunClock::now()))) {
            auto const encoded = encode(event);
            bytes.insert(bytes.end(), encoded.begin(), encoded.end());
        }
        bool const is_sent = bytes.empty() || stream.send(bytes);
        tell();
        return is_sent;
    }

    /// What is new since it was last told.
    void tell() {
        if (contacts_.is_in() != was_in_) {
            was_in_ = contacts_.is_in();
            place_.told(was_in_ ? "inserted" : "removed");
        }
        bool const is_gone = contacts_.lacks_power() || (!was_in_ && !is_taken_out_);
        if (!is_gone) {
            back_at_.reset();
        } else if (!back_at_ && place_.back_after) {
            back_at_ = RunClock::now() + *place_.back_after;
        }
        auto const& violations = contacts_.violations();
        for (; violations_told_ < violations.size(); ++violations_told_) {
            place_.refused(violations[violations_told_]);
        }
    }

    void come_back() {
        if (back_at_ && *back_at_ <= RunClock::now()) {
            contacts_.insert();
        }
    }

    void take_lines() {
        for (std::string const& line : lines_.take()) {
            if (line == "remove") {
                is_taken_out_ = true;
                contacts_.remove();
            } else if (line == "insert") {
                is_taken_out_ = false;
                contacts_.insert();
            } else {
                place_.refused("no such line: " + line);
            }
        }
    }

    bool take_stream(StreamConnection& stream) {
        auto const bytes = stream.receive();
        if (!bytes) {
            return false;
        }
        for (std::uint8_t const byte : *bytes) {
            if (auto const event = parser_.take(byte)) {
                take(*event);
            }
        }
        return true;
    }

    void take(ContactEvent const& event) {
        if (event.type == RunType::entropy) {
            std::uint8_t random = 0;
            apdu::require(::getrandom(&random, sizeof random, 0) == sizeof random);
            answer({RunType::entropy, event.socket, random});
        } else if (event.type == RunType::query && event.socket != place_.settings.socket) {
            answer({RunType::contacts, event.socket, 0});
        } else {
            contacts_.take(event, steady_us(RunClock::now()));
        }
    }

    void answer(ContactEvent const& event) {
        auto const encoded = encode(event);
        answers_.insert(answers_.end(), encoded.begin(), encoded.end());
    }

    ContactPlace const& place_;
    StopEvent const& stop_;
    InputLines lines_;
    ContactCard contacts_;
    ContactEventParser parser_{};
    Bytes answers_{}; ///< for entropy, and the other socket
    bool was_in_ = true;
    bool is_taken_out_ = false; ///< by a line, not by a fault
    std::optional<RunClock::time_point> back_at_{};
    std::size_t violations_told_ = 0;
};

} // namespace

bool keep_at_contacts(FaultyCard& card, ContactPlace const& place, StopEvent const& stop) {
    (void)::prctl(PR_SET_TIMERSLACK, 1UL);
    PlacedCard placed{card, place, stop};
    for (bool is_first = true; !stop.is_stopped(); is_first = false) {
        auto stream =
            StreamConnection::open(place.path, is_first ? first_patience : later_patience, stop);
        if (!stream) {
            return stop.is_stopped();
        }
        place.told("attached: " + place.path.string());
        placed.serve(*stream);
        place.told("detached: " + place.path.string());
    }
    return true;
}

} // namespace virtual_card
