#include "host/session/card_channel.hpp"

#include "host/session/terminal.hpp"

#include "apdu/ccid/reader_functions.hpp"

#include <array>
#include <utility>

namespace session {
namespace {

using apdu::Command;

/// What goes over the wire and how much may come back.
struct Transmission {
    Command header;         ///< for the trace
    std::size_t nc;         ///< bytes of the data field
    std::size_t answer_max; ///< bytes of data that the answer may have
};

/// T=0 carries no Le after data; T=1 carries every form as it is. ISO/IEC 7816-3:2006 §12.
bool carries_le(Command const& command, apdu::Protocol protocol) {
    return command.ne() != 0 && (protocol == apdu::Protocol::t1 || command.data().empty());
}

/// The bytes of a command as the protocol carries it.
std::vector<std::uint8_t> wire_bytes(Command const& command, apdu::Protocol protocol) {
    Command const form = carries_le(command, protocol) ? command : command.expecting(0);
    std::vector<std::uint8_t> bytes(form.encoded_size());
    apdu::require(form.encode(bytes).ok());
    if (protocol == apdu::Protocol::t0 && bytes.size() == 4) {
        bytes.push_back(0x00); // case 1 has P3 = 00
    }
    return bytes;
}

/// SW1 is 61…6F or 90…9F; anything else is noise. ISO/IEC 7816-3:2006 §10.3.3.
bool is_status(apdu::StatusWord status) {
    unsigned const high = status.sw1() >> 4U;
    return (high == 6 && status.sw1() != 0x60) || high == 9;
}

Command get_response(std::size_t ne) {
    return Command{apdu::Cla::interindustry, apdu::Ins::get_response, 0x00, 0x00}.expecting(ne);
}

Fault malformed(Command const& command) {
    return Fault{.code = FaultCode::answer_malformed, .ins = command.ins()};
}

Fault endless(Command const& command) {
    return Fault{.code = FaultCode::too_many_rounds, .ins = command.ins()};
}

/// `bytes` is what the card answered to `sent`.
Outcome<Answer> read_answer(apdu::ByteView bytes, Transmission const& sent) {
    auto const response = apdu::Response::parse(bytes);
    if (!response.ok() || !is_status(response.value().status()) ||
        response.value().data().size() > sent.answer_max) {
        return malformed(sent.header);
    }
    apdu::ByteView const data = response.value().data();
    return Answer{{data.begin(), data.end()}, response.value().status()};
}

} // namespace

template <typename Transmit>
Outcome<Answer> CardChannel::exchange(apdu::Command const& header, std::size_t nc,
                                      std::size_t answer_max, Transmit const& transmit) {
    if (gate_) {
        auto const opened = gate_(header.ins());
        if (!opened.ok()) {
            return opened.error();
        }
    }
    Transmission const sent{header, nc, answer_max};
    // One byte more than may come, so that an over-long answer is seen as one.
    response_.resize(std::max(apdu::short_response_size_max, answer_max + 2) + 1);
    ++exchanges_;
    apdu::Result<std::size_t> const size = transmit(apdu::ByteSpan{response_});
    if (!size.ok()) {
        Fault fault = fault_of(size.error());
        fault.ins = header.ins();
        return fault;
    }
    apdu::require(size.value() <= response_.size());
    Outcome<Answer> answer = read_answer(apdu::ByteView{response_}.first(size.value()), sent);
    if (answer.ok() && listener_) {
        listener_(ExchangeTrace{header.cla(), header.ins(), header.p1(), header.p2(), nc,
                                answer.value().data.size(), answer.value().status});
    }
    return answer;
}

Outcome<Answer> CardChannel::exchange_command(apdu::Command const& command) {
    std::vector<std::uint8_t> const bytes = wire_bytes(command, connection_.protocol());
    return exchange(command, command.data().size(), command.ne(),
                    [&](apdu::ByteSpan response) { return connection_.transmit(bytes, response); });
}

Outcome<Answer> CardChannel::exchange_with_exact_ne(apdu::Command const& command) {
    Outcome<Answer> answer = exchange_command(command);
    if (!answer.ok() || !carries_le(command, connection_.protocol())) {
        return answer;
    }
    auto const exact = answer.value().status.exact_ne();
    if (!exact.has_value()) {
        return answer;
    }
    Outcome<Answer> again = exchange_command(command.expecting(*exact));
    if (again.ok() && again.value().status.exact_ne().has_value()) {
        return endless(command);
    }
    return again;
}

Outcome<Answer> CardChannel::gather(apdu::Command const& header, Outcome<Answer> first) {
    if (!first.ok()) {
        return first;
    }
    Answer answer = std::move(first).value();
    for (unsigned round = 0; round < exchange_rounds_max; ++round) {
        auto const waiting = answer.status.bytes_waiting();
        if (!waiting.has_value()) {
            return answer;
        }
        if (answer.data.size() + *waiting > answer_size_max) {
            return malformed(header);
        }
        Outcome<Answer> const more = exchange_with_exact_ne(get_response(*waiting));
        if (!more.ok()) {
            return more.error();
        }
        std::vector<std::uint8_t> const& data = more.value().data;
        answer.data.insert(answer.data.end(), data.begin(), data.end());
        answer.status = more.value().status;
    }
    return endless(header);
}

Outcome<Answer> CardChannel::send(apdu::Command const& command) {
    return gather(command, exchange_with_exact_ne(command));
}

Outcome<Answer> CardChannel::send(keys::SecuredCommand const& command) {
    auto const parsed = Command::parse(command.view());
    apdu::require(parsed.ok());
    Command const& header = parsed.value();
    // Sent once whatever comes: its challenge is spent with it.
    return gather(header,
                  exchange(header, header.data().size(), header.ne(), [&](apdu::ByteSpan response) {
                      return connection_.transmit(command.view(), response);
                  }));
}

Outcome<Answer> CardChannel::send(keys::SecretCommand const& command) {
    // Sent once whatever comes: a repetition could spend another try of a PIN.
    return gather(command.header(),
                  exchange(command.header(), command.data_size(), 0, [&](apdu::ByteSpan response) {
                      return command.transmit(connection_, response);
                  }));
}

Outcome<Answer> CardChannel::send_at_pad(apdu::ccid::PinOperation const& operation) {
    apdu::ccid::ReaderFunctions* const reader = connection_.reader_functions();
    if (reader == nullptr) {
        return Fault{.code = FaultCode::no_pin_pad};
    }
    apdu::ByteView const bytes = operation.command;
    Command const header{apdu::Cla{bytes[0]}, static_cast<apdu::Ins>(bytes[1]), bytes[2], bytes[3]};
    // Sent once whatever comes: a repetition could spend another try of a PIN.
    Outcome<Answer> answer = exchange(header, 0, 0, [&](apdu::ByteSpan response) {
        return reader->transmit_at_pad(operation, response);
    });
    if (!answer.ok()) {
        return answer;
    }
    constexpr apdu::StatusWord timed_out{0x6400};
    constexpr apdu::StatusWord cancelled{0x6401};
    if (answer.value().status == timed_out) {
        return Fault{.code = FaultCode::pin_entry_timed_out};
    }
    if (answer.value().status == cancelled) {
        return Fault{.code = FaultCode::pin_entry_cancelled};
    }
    return answer;
}

Outcome<std::vector<std::uint8_t>> CardChannel::escape(apdu::ByteView command) {
    apdu::ccid::ReaderFunctions* const reader = connection_.reader_functions();
    if (reader == nullptr) {
        return Fault{.code = FaultCode::no_terminal};
    }
    return escape_to(*reader, command);
}

Outcome<keys::Challenge> CardChannel::get_challenge() {
    keys::Challenge challenge{};
    Command const command =
        Command{apdu::Cla::interindustry, apdu::Ins::get_challenge, 0x00, 0x00}.expecting(
            challenge.size());
    Outcome<Answer> const answer = send(command);
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status.is_success()) {
        return fault_of(answer.value().status, command.ins());
    }
    if (answer.value().data.size() != challenge.size()) {
        return malformed(command);
    }
    apdu::copy_bytes(answer.value().data, challenge);
    return challenge;
}

Outcome<apdu::Done> CardChannel::reset() {
    auto const done = connection_.reset();
    if (!done.ok()) {
        return fault_of(done.error());
    }
    return apdu::Done{};
}

void CardChannel::on_exchange(std::function<void(ExchangeTrace const&)> listener) {
    listener_ = std::move(listener);
}

void CardChannel::set_gate(Gate gate) { gate_ = std::move(gate); }

} // namespace session
