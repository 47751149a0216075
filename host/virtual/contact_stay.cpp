#include "host/virtual/contact_stay.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

namespace virtual_card {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds connect_again{100};

std::uint64_t now_us() {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(SteadyClock::now().time_since_epoch())
            .count());
}

/// One connection to the terminal.
class Line {
public:
    Line(int descriptor, ContactCard& card, ContactStay const& stay, StopEvent const& stop)
        : descriptor_{descriptor}, card_{card}, stay_{stay}, stop_{stop} {}
    Line(Line const&) = delete;
    Line& operator=(Line const&) = delete;
    ~Line() { (void)::close(descriptor_); }

    /// Until the terminal goes, or the stop.
    void serve() {
        card_.take({ContactKind::hello, 0, 0}, now_us());
        while (!stop_.is_stopped() && send_due() && wait() && receive()) {
            come_back();
            for (std::string const& text : card_.take_violations()) {
                if (stay_.news.violated) {
                    stay_.news.violated(text);
                }
            }
        }
    }

private:
    bool send(ContactEvent event) {
        event.socket = stay_.socket;
        auto const bytes = bytes_of(event);
        return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(bytes.size());
    }

    bool send_due() {
        while (auto const event = card_.next(now_us())) {
            if (!send(*event)) {
                return false;
            }
        }
        return true;
    }

    bool wait() {
        std::optional<std::uint64_t> due = card_.due_us();
        if (back_at_us_) {
            due = std::min(due.value_or(*back_at_us_), *back_at_us_);
        }
        timespec span{};
        if (due) {
            std::uint64_t const now = now_us();
            std::uint64_t const us = *due > now ? *due - now : 0;
            span.tv_sec = static_cast<time_t>(us / 1'000'000);
            span.tv_nsec = static_cast<long>(us % 1'000'000 * 1'000);
        }
        std::array<pollfd, 3> polled{
            {{descriptor_, POLLIN, 0}, {stop_.descriptor(), POLLIN, 0}, {commands_, POLLIN, 0}}};
        if (::ppoll(polled.data(), polled.size(), due ? &span : nullptr, nullptr) < 0) {
            return errno == EINTR;
        }
        if (polled[2].revents != 0) {
            obey();
        }
        return true;
    }

    bool receive() {
        std::array<std::uint8_t, 512> bytes{};
        auto const size = ::recv(descriptor_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
            return false;
        }
        for (ssize_t i = 0; i < size; ++i) {
            auto const event = reader_.next(bytes[static_cast<std::size_t>(i)]);
            if (event && event->socket == stay_.socket && !take(*event)) {
                return false;
            }
        }
        return true;
    }

    bool take(ContactEvent const& event) {
        if (event.kind != ContactKind::entropy) {
            card_.take(event, now_us());
            return true;
        }
        std::uint8_t byte = 0;
        switch (stay_.entropy) {
        case EntropyAnswer::none:
            return true;
        case EntropyAnswer::random:
            (void)::getrandom(&byte, 1, 0);
            break;
        case EntropyAnswer::stuck:
            break;
        }
        return send({ContactKind::entropy, 0, byte});
    }

    /// Lines from whoever holds the card.
    void obey() {
        std::array<char, 256> text{};
        auto const size = ::read(commands_, text.data(), text.size());
        if (size <= 0) {
            commands_ = -1;
            return;
        }
        for (char const c : std::string_view{text.data(), static_cast<std::size_t>(size)}) {
            if (c != '\n') {
                line_ += c;
                continue;
            }
            if (line_ == "remove") {
                card_.remove(now_us());
            } else if (line_ == "insert") {
                card_.insert(now_us());
            }
            line_.clear();
        }
    }

    /// After a fault took the card away.
    void come_back() {
        if (commands_ >= 0 || card_.is_in() || !stay_.back_after) {
            back_at_us_.reset();
            return;
        }
        if (!back_at_us_) {
            back_at_us_ = now_us() + static_cast<std::uint64_t>(stay_.back_after->count()) * 1'000;
        } else if (now_us() >= *back_at_us_) {
            card_.insert(now_us());
            back_at_us_.reset();
        }
    }

    int descriptor_;
    ContactCard& card_;
    ContactStay const& stay_;
    StopEvent const& stop_;
    int commands_ = stay_.commands;
    std::string line_{};
    ContactEventReader reader_{};
    std::optional<std::uint64_t> back_at_us_{};
};

} // namespace

int connect_to(std::filesystem::path const& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::string const name = path.string();
    if (name.size() >= sizeof address.sun_path) {
        return -1;
    }
    std::copy(name.begin(), name.end(), std::begin(address.sun_path));
    int const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto const* const generic = reinterpret_cast<sockaddr const*>(&address);
    if (descriptor >= 0 && ::connect(descriptor, generic, sizeof address) != 0) {
        (void)::close(descriptor);
        return -1;
    }
    return descriptor;
}

void keep_at_contacts(ContactCard& card, ContactStay const& stay, StopEvent const& stop) {
    (void)::prctl(PR_SET_TIMERSLACK, 1UL); // else the kernel lets it sleep 50 µs longer
    bool has_told = false;
    while (!stop.is_stopped()) {
        int const descriptor = connect_to(stay.path);
        if (descriptor < 0) {
            if (!has_told && stay.news.waiting) {
                stay.news.waiting();
            }
            has_told = true;
            (void)stop.wait(connect_again);
            continue;
        }
        has_told = false;
        if (stay.news.attached) {
            stay.news.attached();
        }
        Line{descriptor, card, stay, stop}.serve();
        if (!stop.is_stopped() && stay.news.detached) {
            stay.news.detached("the terminal is gone");
        }
    }
}

} // namespace virtual_card
