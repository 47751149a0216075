#include "keys/psam/psam_channel.hpp"

#include "keys/wiped_buffer.hpp"

namespace keys::psam {
namespace {

/// SW1 is 61…6F or 90…9F. ISO/IEC 7816-3:2006 §10.3.3.
bool is_status(apdu::StatusWord status) {
    unsigned const high = status.sw1() >> 4U;
    return (high == 6 && status.sw1() != 0x60) || high == 9;
}

} // namespace

apdu::Result<apdu::Done> PsamChannel::exchange(apdu::Command const& command, PsamAnswer& answer) {
    bool const carries_le = command.data().empty() || connection_.protocol() == apdu::Protocol::t1;
    WipedBuffer<apdu::short_command_size_max> sent;
    auto const size = (carries_le ? command : command.expecting(0)).encode(sent.expose());
    apdu::require(size.ok());
    // One byte more than may come, so that an over-long answer is seen as one.
    WipedBuffer<apdu::short_response_size_max + 1> received;
    auto const count =
        connection_.transmit(apdu::ByteView{sent.expose()}.first(size.value()), received.expose());
    if (!count.ok()) {
        return count.error();
    }
    apdu::require(count.value() <= received.expose().size());
    auto const response =
        apdu::Response::parse(apdu::ByteView{received.expose()}.first(count.value()));
    if (!response.ok() || !is_status(response.value().status()) ||
        response.value().data().size() > command.ne() ||
        response.value().data().size() > answer.bytes_.size() - answer.size_) {
        return apdu::Error::malformed;
    }
    apdu::copy_bytes(response.value().data(), apdu::ByteSpan{answer.bytes_}.subspan(answer.size_));
    answer.size_ += response.value().data().size();
    answer.status_ = response.value().status();
    return apdu::Done{};
}

apdu::Result<PsamAnswer> PsamChannel::send(apdu::Command const& command) {
    apdu::require(command.is_short());
    PsamAnswer answer;
    apdu::Command next = command;
    for (unsigned round = 0; round < answer_rounds_max; ++round) {
        auto const done = exchange(next, answer);
        if (!done.ok()) {
            return done.error();
        }
        if (auto const waiting = answer.status_.bytes_waiting()) {
            next = apdu::Command{apdu::Cla::interindustry, apdu::Ins::get_response, 0x00, 0x00}
                       .expecting(*waiting);
        } else if (auto const exact = answer.status_.exact_ne(); exact && next.data().empty()) {
            next = next.expecting(*exact);
        } else {
            return answer;
        }
    }
    return apdu::Error::too_many_rounds;
}

} // namespace keys::psam
