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

/// What a reader does besides, each call watched.
class WatchedFunctions final : public apdu::ccid::ReaderFunctions {
public:
    /// Null: there is nothing to be watched.
    WatchedFunctions(apdu::ccid::ReaderFunctions* reader, LaneJob& job)
        : reader_{reader}, job_{job} {}
    apdu::Result<std::size_t> escape(apdu::ByteView command, apdu::ByteSpan answer) override {
        return watched(
            job_, [&] { return reader_->escape(command, answer); }, typing_max);
    }
    apdu::Result<std::size_t> transmit_at_pad(apdu::ccid::PinOperation const& operation,
                                              apdu::ByteSpan response) override {
        return watched(
            job_, [&] { return reader_->transmit_at_pad(operation, response); }, typing_max);
    }

private:
    apdu::ccid::ReaderFunctions* reader_;
    LaneJob& job_;
};

/// The same for a reader that is held by itself.
class WatchedReader final : public apdu::ccid::ReaderFunctions {
public:
    WatchedReader(std::unique_ptr<apdu::ccid::ReaderFunctions> reader, LaneJob& job)
        : reader_{std::move(reader)}, job_{job}, functions_{reader_.get(), job} {}
    WatchedReader(WatchedReader const&) = delete;
    WatchedReader& operator=(WatchedReader const&) = delete;
    ~WatchedReader() override {
        (void)job_.begin_call();
        reader_.reset();
        (void)job_.end_call();
    }
    apdu::Result<std::size_t> escape(apdu::ByteView command, apdu::ByteSpan answer) override {
        return functions_.escape(command, answer);
    }
    apdu::Result<std::size_t> transmit_at_pad(apdu::ccid::PinOperation const& operation,
                                              apdu::ByteSpan response) override {
        return functions_.transmit_at_pad(operation, response);
    }

private:
    std::unique_ptr<apdu::ccid::ReaderFunctions> reader_;
    LaneJob& job_;
    WatchedFunctions functions_;
};

class WatchedConnection final : public apdu::CardConnection {
public:
    WatchedConnection(std::unique_ptr<apdu::CardConnection> card, LaneJob& job)
        : card_{std::move(card)}, job_{job}, functions_{card_->reader_functions(), job} {}
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
    std::unique_ptr<apdu::CardConnection> card_;
    LaneJob& job_;
    WatchedFunctions functions_;
};

/// Opens by `open` and wraps what it gives.
template <typename Watched, typename Opened, typename Open>
apdu::Result<std::unique_ptr<Opened>> open_by(LaneJob& job, Open const& open) {
    if (!job.begin_call()) {
        (void)job.end_call();
        return apdu::Error::timed_out;
    }
    auto opened = open();
    bool const is_wanted = job.end_call();
    if (!opened.ok()) {
        return opened.error();
    }
    std::unique_ptr<Opened> watched_one = std::make_unique<Watched>(std::move(opened).value(), job);
    if (!is_wanted) {
        return apdu::Error::timed_out;
    }
    return watched_one;
}

} // namespace

apdu::Result<std::unique_ptr<apdu::CardConnection>>
open_watched(CardSource& cards, std::string const& reader, LaneJob& job) {
    return open_by<WatchedConnection, apdu::CardConnection>(job,
                                                            [&] { return cards.open(reader); });
}

apdu::Result<std::unique_ptr<apdu::ccid::ReaderFunctions>>
open_watched_reader(CardSource& cards, std::string const& reader, LaneJob& job) {
    return open_by<WatchedReader, apdu::ccid::ReaderFunctions>(
        job, [&] { return cards.open_reader(reader); });
}

} // namespace sscardd
