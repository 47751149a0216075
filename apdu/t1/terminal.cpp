#include "apdu/t1/terminal.hpp"

#include <algorithm>

namespace apdu::t1 {
namespace {

constexpr std::uint8_t other(std::uint8_t number) { return number ^ 1U; }

} // namespace

Action Terminal::begin(ByteView command, Repetition repetition) {
    require(!command.empty());
    command_ = command;
    repetition_ = repetition;
    resynchs_ = 0;
    blocks_ = 0;
    wrong_ = 0;
    return begin_anew();
}

/// The command from its first byte.
Action Terminal::begin_anew() {
    sent_size_ = 0;
    response_size_ = 0;
    has_gone_out_ = false;
    is_receiving_ = false;
    is_aborted_ = false;
    return is_ifsd_said_ ? send_next() : send_ifs();
}

Action Terminal::send(Block const& block, Sent sent, std::uint8_t multiplier) {
    last_ = sent;
    out_multiplier_ = multiplier;
    out_size_ = encode_block(block, edc_, out_);
    return repeat();
}

Action Terminal::repeat() const {
    return {.kind = Action::Kind::send,
            .bytes = ByteView{out_}.first(out_size_),
            .multiplier = out_multiplier_};
}

/// The next piece of the command, as large as the card takes now.
Action Terminal::send_next() {
    piece_ = std::min<std::size_t>(ifsc_, command_.size() - sent_size_);
    has_gone_out_ = true;
    return send_information();
}

Action Terminal::send_information() {
    return send({.kind = BlockKind::information,
                 .number = send_number_,
                 .has_more = has_more(),
                 .inf = command_.subspan(sent_size_, piece_)},
                Sent::information);
}

Action Terminal::send_ifs() {
    return send({.kind = BlockKind::ifs, .inf = ByteView{&ifsd_, 1}}, Sent::ifs);
}

Action Terminal::send_ready(BlockKind kind) {
    return send({.kind = kind, .number = receive_number_}, Sent::receive_ready);
}

Action Terminal::fail(Error error) {
    command_ = {};
    return {.kind = Action::Kind::fail, .error = error};
}

// Rules 7.1 to 7.3: after an I-block, or our answer to a request, the card's block is asked for
// again by an R-block; an R-block, and a request of ours, are repeated. 6.4, 7.4: not for ever.
Action Terminal::on_wrong(BlockKind kind) {
    if (++blocks_ > blocks_max) {
        return fail(Error::too_many_rounds);
    }
    if (++wrong_ < tries_max) {
        bool const is_repeated = last_ == Sent::receive_ready || awaits_request_answer();
        return is_repeated ? repeat() : send_ready(kind);
    }
    if (!has_heard_ || last_ == Sent::resynch || resynchs_ == resynch_max) {
        return fail(Error::timed_out);
    }
    ++resynchs_;
    wrong_ = 0;
    return send({.kind = BlockKind::resynch}, Sent::resynch);
}

// Rule 6.4: both sides are as after a reset. Nobody knows how much of the command the card had.
Action Terminal::start_again() {
    send_number_ = 0;
    receive_number_ = 0;
    ifsc_ = reset_ifsc_;
    is_ifsd_said_ = false;
    bool const may_repeat = repetition_ == Repetition::allowed || !has_gone_out_;
    return may_repeat ? begin_anew() : fail(Error::timed_out);
}

Action Terminal::receive(ByteView bytes) {
    auto const block = parse_block(bytes, edc_);
    if (!block.ok()) {
        return on_wrong(block.error() == BlockFault::edc ? BlockKind::edc_wrong
                                                         : BlockKind::other_wrong);
    }
    has_heard_ = true;
    Block const& came = block.value();
    bool const answers_request = came.kind != BlockKind::information && came.is_response;
    if (awaits_request_answer() != answers_request) {
        return on_wrong(BlockKind::other_wrong); // rule 7.3
    }
    if (answers_request) {
        return on_response(came);
    }
    if (came.kind == BlockKind::information) {
        return on_information(came);
    }
    return came.is_receive_ready() ? on_ready(came) : on_request(came);
}

Action Terminal::on_information(Block const& block) {
    bool const is_turn = is_receiving_ || is_aborted_ || !has_more();
    if (!is_turn || block.number != receive_number_) {
        return on_wrong(BlockKind::other_wrong);
    }
    if (!is_receiving_) { // it acknowledges our last block
        is_receiving_ = true;
        send_number_ = other(send_number_);
    }
    if (++blocks_ > blocks_max) {
        return fail(Error::too_many_rounds);
    }
    wrong_ = 0;
    receive_number_ = other(receive_number_);
    return take(block.inf, block.has_more);
}

Action Terminal::take(ByteView inf, bool has_more) {
    bool const fits = inf.size() <= response_.size() - response_size_ && inf.size() <= ifsd_;
    if (!fits) { // rule 9: its chain is given up, so that the next command finds it ready
        return has_more ? send({.kind = BlockKind::abort}, Sent::abort) : fail(Error::too_long);
    }
    copy_bytes(inf, ByteSpan{response_}.subspan(response_size_));
    response_size_ += inf.size();
    if (has_more) {
        return send_ready(BlockKind::acknowledge);
    }
    command_ = {};
    return {.kind = Action::Kind::done, .bytes = ByteView{response_}.first(response_size_)};
}

// Rules 2.2, 5 and 7: with the number of our next block it acknowledges a chained one, with that of
// the last it asks for it again.
Action Terminal::on_ready(Block const& block) {
    if (is_aborted_) {
        send_number_ = block.number;
        return fail(Error::malformed);
    }
    if (!is_receiving_ && has_more() && block.number == other(send_number_)) {
        if (++blocks_ > blocks_max) {
            return fail(Error::too_many_rounds);
        }
        wrong_ = 0;
        sent_size_ += piece_;
        send_number_ = other(send_number_);
        return send_next();
    }
    bool const is_asked_again = block.number == send_number_;
    if (!is_asked_again || wrong_ + 1 >= tries_max) {
        return on_wrong(BlockKind::other_wrong);
    }
    if (++blocks_ > blocks_max) {
        return fail(Error::too_many_rounds);
    }
    ++wrong_;
    return is_receiving_ ? send_ready(BlockKind::acknowledge) : send_information();
}

Action Terminal::on_request(Block const& block) {
    if (block.kind == BlockKind::resynch) { // rule 6.1: the terminal's alone
        return on_wrong(BlockKind::other_wrong);
    }
    if (++blocks_ > blocks_max) {
        return fail(Error::too_many_rounds);
    }
    wrong_ = 0;
    if (block.kind == BlockKind::ifs) {
        ifsc_ = block.inf[0];
    }
    if (block.kind == BlockKind::abort) {
        is_aborted_ = true;
    }
    std::uint8_t const multiplier = block.kind == BlockKind::wtx ? block.inf[0] : std::uint8_t{1};
    Block answer = block;
    answer.is_response = true;
    return send(answer, Sent::response, multiplier);
}

Action Terminal::on_response(Block const& block) {
    bool const is_ifs = last_ == Sent::ifs && block.kind == BlockKind::ifs && block.inf[0] == ifsd_;
    bool const is_resynch = last_ == Sent::resynch && block.kind == BlockKind::resynch;
    bool const is_abort = last_ == Sent::abort && block.kind == BlockKind::abort;
    if (!is_ifs && !is_resynch && !is_abort) {
        return on_wrong(BlockKind::other_wrong);
    }
    wrong_ = 0;
    if (is_abort) {
        return fail(Error::too_long);
    }
    if (is_resynch) {
        return start_again();
    }
    is_ifsd_said_ = true;
    return send_next();
}

} // namespace apdu::t1
