#include "apdu/t0/terminal.hpp"

namespace apdu::t0 {
namespace {

constexpr std::size_t ins_at = 1;
constexpr std::size_t p3_at = 4;
constexpr std::uint8_t null = 0x60;

constexpr std::uint8_t high_nibble(std::uint8_t byte) { return byte & 0xF0U; }

/// 6X and 9X say a status word; so no instruction is one. §10.3.2.
constexpr bool is_of_status(std::uint8_t byte) {
    return high_nibble(byte) == 0x60 || high_nibble(byte) == 0x90;
}

} // namespace

Action Terminal::fail(Error error) {
    outgoing_ = {};
    incoming_ = 0;
    return {.kind = Action::Kind::fail, .error = error};
}

Action Terminal::begin(ByteView command) {
    header_ = {};
    outgoing_ = {};
    incoming_ = 0;
    nulls_ = 0;
    response_size_ = 0;
    awaited_ = Awaited::procedure;
    if (command.size() < p3_at || is_of_status(command[ins_at])) {
        return fail(Error::malformed);
    }
    copy_bytes(command.first(command.size() < header_size ? p3_at : header_size), header_);
    std::size_t const p3 = header_[p3_at];
    if (command.size() > header_size) {
        std::size_t const behind = command.size() - header_size;
        if (p3 == 0 || (behind != p3 && behind != p3 + 1)) {
            return fail(Error::malformed);
        }
        outgoing_ = command.subspan(header_size, p3);
    } else if (command.size() == header_size) {
        incoming_ = p3 == 0 ? data_size_max : p3;
    }
    return {.kind = Action::Kind::send, .bytes = header_};
}

Action Terminal::receive(std::uint8_t character) {
    if (awaited_ == Awaited::procedure) {
        return on_procedure(character);
    }
    response_[response_size_++] = character;
    if (awaited_ == Awaited::status) {
        awaited_ = Awaited::procedure;
        return {.kind = Action::Kind::done, .bytes = ByteView{response_}.first(response_size_)};
    }
    --incoming_;
    if (--awaited_size_ == 0) {
        awaited_ = Awaited::procedure;
    }
    return {.kind = Action::Kind::receive};
}

Action Terminal::on_procedure(std::uint8_t character) {
    if (character == null) {
        return ++nulls_ > nulls_max ? fail(Error::too_many_rounds)
                                    : Action{.kind = Action::Kind::receive};
    }
    if (is_of_status(character)) {
        awaited_ = Awaited::status;
        response_[response_size_++] = character;
        return {.kind = Action::Kind::receive};
    }
    if (character == header_[ins_at]) {
        return go_on(outgoing_.size() + incoming_, Awaited::data);
    }
    if (character == static_cast<std::uint8_t>(header_[ins_at] ^ 0xFFU)) {
        return go_on(1, Awaited::one_byte);
    }
    return fail(Error::malformed);
}

/// So many bytes more, one way or the other; none are left where the card asks for too much.
Action Terminal::go_on(std::size_t size, Awaited incoming) {
    if (size == 0 || outgoing_.size() + incoming_ == 0) {
        return fail(Error::malformed);
    }
    if (!outgoing_.empty()) {
        ByteView const next = outgoing_.first(size);
        outgoing_ = outgoing_.subspan(size);
        return {.kind = Action::Kind::send, .bytes = next};
    }
    awaited_ = incoming;
    awaited_size_ = size;
    return {.kind = Action::Kind::receive};
}

Action Terminal::time_out() { return fail(Error::timed_out); }

} // namespace apdu::t0
