#include "host/daemon/watched_connection.hpp"

#include "apdu/ccid/reader_functions.hpp"

#include <utility>

namespace sscardd {
namespace {

/// How long someone may type at a reader's PIN pad, each key in its own time.
constexpr std::chrono::minutes typing_max{5};

/// Makes one call into the reader, unless nobody waits for the job any more.
template <typename Call>
auto watched(LaneJob& job, Call const& call,
             std::chrono::milliseconds more = std::chrono::milliseconds{0}) -> decltype(call()) {
    if (!job.begin_call(more)) {
        (void)job.end_call();
        return apdu::Error::timed_out;
    }
    auto answer = call();
    if (!job.end_call()) {
        return apdu::Error::timed_out;
    }
    return answer;
}

class WatchedConnection final : public apdu::CardConnection {
public:
    WatchedConnection(std::unique_ptr<apdu::CardConnection> card, LaneJob& job)
        : card_{std::move(card)}, job_{job} {}
    WatchedConnection(WatchedConnection const&) = delete;
    WatchedConnection& operator=(WatchedConnection const&) = delete;
    ~WatchedConnection() override {
        (void)job_.begin_call(); // the card is let go of in any case
        card_.reset();
        (void)job_.end_call();
    }

    apdu::Result<std::size_t> transmit(apdu::ByteView command, apdu::ByteSpan response) override {
        return watched(job_, [&] { return card_->transmit(command, response); });
    }
    apdu::Result<apdu::Done> reset() override {
        return watched(job_, [&] { return card_->reset(); });
    }
    [[nodiscard]] apdu::ByteView atr() const override { return card_->atr(); }
    [[nodiscard]] apdu::Protocol protocol() const override { return card_->protocol(); }
    [[nodiscard]] apdu::ccid::ReaderFunctions* reader_functions() override {
        return card_->reader_functions() == nullptr ? nullptr : &functions_;
    }

private:
    /// The reader's, each call watched.
    class Functions final : public apdu::ccid::ReaderFunctions {
    public:
        explicit Functions(WatchedConnection& connection) : connection_{connection} {}
        apdu::Result<std::size_t> escape(apdu::ByteView command, apdu::ByteSpan answer) override {
            return watched(
                connection_.job_, [&] { return reader().escape(command, answer); }, typing_max);
        }
        apdu::Result<std::size_t> transmit_at_pad(apdu::ccid::PinOperation const& operation,
                                                  apdu::ByteSpan response) override {
            return watched(
                connection_.job_, [&] { return reader().transmit_at_pad(operation, response); },
                typing_max);
        }

    private:
        [[nodiscard]] apdu::ccid::ReaderFunctions& reader() const {
            return *connection_.card_->reader_functions();
        }

        WatchedConnection& connection_;
    };

    std::unique_ptr<apdu::CardConnection> card_;
    LaneJob& job_;
    Functions functions_{*this};
};

} // namespace

apdu::Result<std::unique_ptr<apdu::CardConnection>>
open_watched(CardSource& cards, std::string const& reader, LaneJob& job) {
    if (!job.begin_call()) {
        (void)job.end_call();
        return apdu::Error::timed_out;
    }
    auto opened = cards.open(reader);
    bool const is_wanted = job.end_call();
    if (!opened.ok()) {
        return opened.error();
    }
    std::unique_ptr<apdu::CardConnection> card =
        std::make_unique<WatchedConnection>(std::move(opened).value(), job);
    if (!is_wanted) {
        return apdu::Error::timed_out;
    }
    return card;
}

} // namespace sscardd
