#include "host/daemon/watched_connection.hpp"

#include <utility>

namespace sscardd {
namespace {

/// Makes one call into the reader, unless nobody waits for the job any more.
template <typename Call>
auto watched(LaneJob& job, Call const& call) -> decltype(call()) {
    if (!job.begin_call()) {
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

private:
    std::unique_ptr<apdu::CardConnection> card_;
    LaneJob& job_;
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
