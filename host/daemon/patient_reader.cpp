#include "host/daemon/patient_reader.hpp"

#include "keys/secret_bytes.hpp"

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

namespace sscardd {

/// The thread's calls, one at a time. It ends when nobody has the object any more, or with the call
/// that was given up.
class PatientReader::Calls {
public:
    static std::shared_ptr<Calls> begin(std::chrono::milliseconds call_max) {
        auto calls = std::make_shared<Calls>(call_max);
        std::thread{[state = calls->state_] { work(*state); }}.detach();
        return calls;
    }
    explicit Calls(std::chrono::milliseconds call_max) : call_max_{call_max} {}
    Calls(Calls const&) = delete;
    Calls& operator=(Calls const&) = delete;
    ~Calls() {
        std::unique_lock lock{state_->mutex};
        state_->is_over = true;
        state_->changed.notify_all();
        if (!state_->was_given_up) {
            state_->changed.wait(lock, [this] { return state_->has_ended; });
        }
    }

    /// False: it has not come back in time, or one before it has not. What the call touches must
    /// live as long as the call.
    bool make(std::function<void()> call) {
        std::unique_lock lock{state_->mutex};
        if (state_->was_given_up) {
            return false;
        }
        state_->call = std::move(call);
        state_->changed.notify_all();
        bool const is_done =
            state_->changed.wait_for(lock, call_max_, [this] { return !state_->call; });
        state_->was_given_up = !is_done;
        return is_done;
    }
    /// What the thread does at its end, also after a call that was given up.
    void make_last(std::function<void()> call) {
        std::lock_guard const lock{state_->mutex};
        state_->last_call = std::move(call);
    }
    [[nodiscard]] bool hangs() const {
        std::lock_guard const lock{state_->mutex};
        return state_->was_given_up && !state_->has_ended;
    }

private:
    struct State {
        std::mutex mutex{};
        std::condition_variable changed{};
        std::function<void()> call{};      ///< empty: none, or it is done
        std::function<void()> last_call{}; ///< at the thread's end
        bool was_given_up = false;
        bool is_over = false;
        bool has_ended = false;
    };

    static void work(State& state) {
        std::unique_lock lock{state.mutex};
        while (!state.was_given_up) {
            state.changed.wait(lock, [&state] { return state.call || state.is_over; });
            if (!state.call) {
                break;
            }
            lock.unlock();
            state.call(); // nobody else changes it meanwhile
            lock.lock();
            auto done = std::exchange(state.call, nullptr);
            state.changed.notify_all();
            lock.unlock();
            done = nullptr; // with what it touched
            lock.lock();
        }
        auto last = std::exchange(state.last_call, nullptr);
        lock.unlock();
        if (last) {
            last();
            last = nullptr;
        }
        lock.lock();
        state.has_ended = true;
        state.changed.notify_all();
    }

    std::shared_ptr<State> state_ = std::make_shared<State>();
    std::chrono::milliseconds call_max_;
};

/// What calls work with: only the reader's thread touches the card. The bytes may hold a PIN.
struct PatientReader::Held {
    Held() = default;
    Held(Held const&) = delete;
    Held& operator=(Held const&) = delete;
    ~Held() {
        keys::wipe(command);
        keys::wipe(response);
    }

    void let_go() {
        card.reset();
        source.reset();
    }

    std::unique_ptr<CardSource> source{};
    std::unique_ptr<apdu::CardConnection> card{}; ///< goes before its source
    std::vector<std::uint8_t> command{};
    std::vector<std::uint8_t> response{};
    apdu::Error error{};
    std::size_t size = 0;
    bool is_well = false;
};

class PatientReader::Connection final : public apdu::CardConnection {
public:
    Connection(std::shared_ptr<Calls> calls, std::shared_ptr<Held> held)
        : calls_{std::move(calls)}, held_{std::move(held)}, protocol_{held_->card->protocol()} {
        apdu::ByteView const atr = held_->card->atr();
        atr_.assign(atr.begin(), atr.end());
    }
    Connection(Connection const&) = delete;
    Connection& operator=(Connection const&) = delete;
    ~Connection() override {
        (void)calls_->make([held = held_] { held->let_go(); });
    }

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        if (calls_->hangs()) {
            return apdu::Error::timed_out;
        }
        held_->command.assign(command.begin(), command.end());
        held_->response.assign(response.size(), 0);
        bool const is_back = calls_->make([held = held_] {
            auto const answer = held->card->transmit(held->command, held->response);
            held->is_well = answer.ok();
            held->size = answer.ok() ? answer.value() : 0;
            held->error = answer.ok() ? apdu::Error{} : answer.error();
        });
        if (!is_back) {
            return apdu::Error::timed_out;
        }
        keys::wipe(held_->command);
        if (!held_->is_well) {
            return held_->error;
        }
        apdu::copy_bytes(apdu::ByteView{held_->response}.first(held_->size), response);
        keys::wipe(held_->response);
        return held_->size;
    }
    apdu::Result<apdu::Done> reset() override {
        bool const is_back = calls_->make([held = held_] {
            auto const done = held->card->reset();
            held->is_well = done.ok();
            held->error = done.ok() ? apdu::Error{} : done.error();
        });
        if (!is_back) {
            return apdu::Error::timed_out;
        }
        return held_->is_well ? apdu::Result<apdu::Done>{apdu::Done{}} : held_->error;
    }
    [[nodiscard]] apdu::ByteView atr() const override { return atr_; }
    [[nodiscard]] apdu::Protocol protocol() const override { return protocol_; }

private:
    std::shared_ptr<Calls> calls_;
    std::shared_ptr<Held> held_;
    std::vector<std::uint8_t> atr_{};
    apdu::Protocol protocol_;
};

PatientReader::PatientReader(CardSourceMaker cards, std::chrono::milliseconds call_max)
    : cards_{std::move(cards)}, calls_{Calls::begin(call_max)} {}

PatientReader::~PatientReader() = default;

apdu::Result<std::unique_ptr<apdu::CardConnection>> PatientReader::open(std::string const& name) {
    auto const held = std::make_shared<Held>();
    calls_->make_last([held] { held->let_go(); });
    bool const is_back = calls_->make([held, cards = cards_, name] {
        held->source = cards();
        auto opened = held->source->open(name);
        held->is_well = opened.ok();
        if (opened.ok()) {
            held->card = std::move(opened).value();
        } else {
            held->error = opened.error();
        }
    });
    if (!is_back) {
        return apdu::Error::timed_out;
    }
    if (!held->is_well) {
        return held->error;
    }
    return std::unique_ptr<apdu::CardConnection>{std::make_unique<Connection>(calls_, held)};
}

bool PatientReader::hangs() const { return calls_->hangs(); }

} // namespace sscardd
