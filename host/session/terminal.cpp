#include "host/session/terminal.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/record.hpp"
#include "keys/terminal_provisioning.hpp"

#include <algorithm>
#include <array>

namespace session {
namespace {

using apdu::ccid::HealthTag;
using apdu::ccid::IdentityTag;
using apdu::ccid::TerminalFunction;
using apdu::ccid::TerminalStatus;
using Bytes = std::vector<std::uint8_t>;
/// How one Escape is sent.
using Sender = std::function<Outcome<Bytes>(apdu::ByteView)>;

constexpr std::size_t escape_answer_max = 300;
constexpr std::size_t update_part_size = 192;
constexpr std::uint8_t pin_key_timeout_s = 30;

/// In the order of TerminalStatus.
constexpr auto status_names = std::to_array<std::string_view>(
    {"done", "cancelled", "timed_out", "no_key", "key_exhausted", "random_failed", "tampered",
     "malformed", "refused", "busy", "memory_failed", "provisioned", "unknown", "no_card",
     "other_board", "not_signed", "version_low", "unconfirmed"});

Fault fault_of(TerminalStatus status) {
    if (status == TerminalStatus::cancelled) {
        return Fault{.code = FaultCode::pin_entry_cancelled};
    }
    if (status == TerminalStatus::timed_out) {
        return Fault{.code = FaultCode::pin_entry_timed_out};
    }
    auto const at = static_cast<std::size_t>(status);
    return Fault{.code = FaultCode::terminal_refused,
                 .detail = std::string{at < status_names.size() ? status_names[at] : "unknown"}};
}

/// What came back, of the size that the reader told.
Outcome<Bytes> answer_of(apdu::Result<std::size_t> const& size, Bytes answer) {
    if (!size.ok()) {
        return size.error() == apdu::Error::not_found ? Fault{.code = FaultCode::no_terminal}
                                                      : session::fault_of(size.error());
    }
    answer.resize(size.value());
    return answer;
}

/// The data behind the status of a function that was done.
Outcome<Bytes> data_of(Outcome<Bytes> const& answer) {
    if (!answer.ok()) {
        return answer.error();
    }
    Bytes const& bytes = answer.value();
    if (bytes.empty()) {
        return Fault{.code = FaultCode::no_terminal};
    }
    auto const status = static_cast<TerminalStatus>(bytes[0]);
    if (status != TerminalStatus::done) {
        return fault_of(status);
    }
    return Bytes{bytes.begin() + 1, bytes.end()};
}

Outcome<Bytes> call(Sender const& send, TerminalFunction function, apdu::ByteView data = {}) {
    Bytes command{apdu::ccid::terminal_escape_mark, static_cast<std::uint8_t>(function)};
    command.insert(command.end(), data.begin(), data.end());
    return data_of(send(command));
}

Sender sender_to(apdu::ccid::ReaderFunctions& reader) {
    return [&reader](apdu::ByteView command) { return escape_to(reader, command); };
}

std::uint32_t number_of(apdu::ByteView bytes) {
    std::uint32_t number = 0;
    for (std::uint8_t const byte : bytes) {
        number = number << 8U | byte;
    }
    return number;
}

std::string text_of(apdu::ByteView bytes) { return {bytes.begin(), bytes.end()}; }

/// Has `take` see each record.
Outcome<apdu::Done> read_records(apdu::ByteView bytes,
                                 std::function<void(apdu::Record const&)> const& take) {
    apdu::RecordReader reader{bytes};
    while (!reader.at_end()) {
        auto const record = reader.next();
        if (!record.ok()) {
            return Fault{.code = FaultCode::answer_malformed};
        }
        take(record.value());
    }
    return apdu::Done{};
}

void take_identity(apdu::Record const& record, TerminalIdentity& out) {
    switch (static_cast<IdentityTag>(record.tag)) {
    case IdentityTag::model:
        out.model = text_of(record.value);
        break;
    case IdentityTag::version:
        out.version = text_of(record.value);
        break;
    case IdentityTag::board:
        out.board = text_of(record.value);
        break;
    case IdentityTag::chip:
        out.chip = hex_text(record.value);
        break;
    case IdentityTag::initial_key:
        out.initial_key = hex_text(record.value);
        break;
    }
}

void take_health(apdu::Record const& record, TerminalHealth& out) {
    std::uint32_t const number = number_of(record.value);
    switch (static_cast<HealthTag>(record.tag)) {
    case HealthTag::uptime_s:
        out.uptime_s = number;
        return;
    case HealthTag::start_reason:
        out.start_reason = static_cast<std::uint8_t>(number);
        return;
    case HealthTag::tampered:
        out.is_tampered = number != 0;
        return;
    case HealthTag::keys:
        out.keys = static_cast<std::uint8_t>(number);
        return;
    case HealthTag::random:
        out.is_random_working = number != 0;
        return;
    case HealthTag::image_version:
        out.image_version = number;
        return;
    case HealthTag::image_slot:
        out.image_slot = static_cast<std::uint8_t>(number);
        return;
    case HealthTag::slot_1:
    case HealthTag::slot_2:
    case HealthTag::slot_3:
    case HealthTag::link_1:
    case HealthTag::link_2:
        break;
    }
    bool const is_slot = record.tag < static_cast<std::uint8_t>(HealthTag::link_1);
    auto const first = static_cast<unsigned>(is_slot ? HealthTag::slot_1 : HealthTag::link_1);
    TerminalCounts counts{(is_slot ? "slot_" : "link_") + std::to_string(record.tag - first + 1),
                          {}};
    for (std::size_t at = 0; at + 4 <= record.value.size(); at += 4) {
        counts.counts.push_back(number_of(record.value.subspan(at, 4)));
    }
    out.counts.push_back(std::move(counts));
}

/// Bytes of an update that the terminal has already, by its answer.
Outcome<std::size_t> staged_of(apdu::ByteView answer) {
    std::optional<std::size_t> staged;
    auto const read = read_records(
        answer, [&staged](apdu::Record const& record) { staged = number_of(record.value); });
    if (!read.ok() || !staged) {
        return Fault{.code = FaultCode::answer_malformed};
    }
    return *staged;
}

/// All of the image that the terminal does not have yet.
Outcome<Bytes> send_image(Sender const& send, apdu::ByteView header, apdu::ByteView image,
                          std::function<void(std::size_t sent, std::size_t size)> const& tell) {
    auto done = call(send, TerminalFunction::update_resume, header);
    if (!done.ok()) {
        return done.error();
    }
    auto const staged = staged_of(done.value());
    if (!staged.ok()) {
        return staged.error();
    }
    for (std::size_t at = staged.value(); done.ok() && at < image.size(); at += update_part_size) {
        std::size_t const size = std::min(update_part_size, image.size() - at);
        Bytes part;
        for (unsigned shift = 32; shift > 0; shift -= 8) {
            part.push_back(static_cast<std::uint8_t>(at >> (shift - 8)));
        }
        part.insert(part.end(), image.begin() + static_cast<std::ptrdiff_t>(at),
                    image.begin() + static_cast<std::ptrdiff_t>(at + size));
        done = call(send, TerminalFunction::update_write, part);
        tell(at + size, image.size());
    }
    return done;
}

} // namespace

Outcome<Bytes> escape_to(apdu::ccid::ReaderFunctions& reader, apdu::ByteView command) {
    Bytes answer(escape_answer_max);
    auto const size = reader.escape(command, answer);
    return answer_of(size, std::move(answer));
}

Outcome<TerminalIdentity> identify_terminal(apdu::ccid::ReaderFunctions& reader) {
    auto const answer = call(sender_to(reader), TerminalFunction::identity);
    if (!answer.ok()) {
        return answer.error();
    }
    TerminalIdentity identity{};
    auto const read = read_records(answer.value(), [&identity](apdu::Record const& record) {
        take_identity(record, identity);
    });
    return read.ok() ? Outcome<TerminalIdentity>{std::move(identity)} : read.error();
}

Outcome<TerminalHealth> ask_health(apdu::ccid::ReaderFunctions& reader) {
    auto const answer = call(sender_to(reader), TerminalFunction::health);
    if (!answer.ok()) {
        return answer.error();
    }
    TerminalHealth health{};
    auto const read = read_records(
        answer.value(), [&health](apdu::Record const& record) { take_health(record, health); });
    return read.ok() ? Outcome<TerminalHealth>{std::move(health)} : read.error();
}

Outcome<apdu::Done> provision_terminal(apdu::ccid::ReaderFunctions& reader,
                                       keys::TerminalTransportKey const& transport) {
    Bytes answer(escape_answer_max);
    auto const size = keys::send_provisioning(reader, transport, answer);
    auto const done = data_of(answer_of(size, std::move(answer)));
    return done.ok() ? Outcome<apdu::Done>{apdu::Done{}} : done.error();
}

Outcome<apdu::Done> load_initial_key(apdu::ccid::ReaderFunctions& reader,
                                     std::string_view key_block) {
    auto const done =
        call(sender_to(reader), TerminalFunction::load_initial_key,
             {reinterpret_cast<std::uint8_t const*>(key_block.data()), key_block.size()});
    return done.ok() ? Outcome<apdu::Done>{apdu::Done{}} : done.error();
}

Outcome<apdu::Done> wipe_terminal(apdu::ccid::ReaderFunctions& reader) {
    auto const done = call(sender_to(reader), TerminalFunction::clear_tamper);
    return done.ok() ? Outcome<apdu::Done>{apdu::Done{}} : done.error();
}

Outcome<apdu::ccid::ImageHeader>
update_terminal(apdu::ccid::ReaderFunctions& reader, apdu::ByteView file,
                std::function<void(std::size_t sent, std::size_t size)> const& tell) {
    auto const health = ask_health(reader);
    if (!health.ok()) {
        return health.error();
    }
    auto const images = apdu::ccid::read_image_file(file);
    std::size_t const slot = health.value().image_slot == 0 ? 1 : 0;
    if (!images.ok() || images.value()[slot].empty()) {
        return fault_of(TerminalStatus::malformed);
    }
    apdu::ByteView const image = images.value()[slot];
    apdu::ByteView const header = image.first(apdu::ccid::image_header_size);
    Sender const send = sender_to(reader);
    auto done = send_image(send, header, image.subspan(header.size()), tell);
    if (done.ok()) {
        done = call(send, TerminalFunction::update_finish);
    }
    if (done.ok()) {
        done = call(send, TerminalFunction::restart);
    }
    return done.ok() ? Outcome<apdu::ccid::ImageHeader>{*apdu::ccid::read_image_header(header)}
                     : done.error();
}

Outcome<keys::TerminalPin> capture_pin(CardChannel& channel) {
    apdu::ccid::PinCaptureRequest const request{.timeout_s = pin_key_timeout_s,
                                                .digits_min = keys::pin_digits_min,
                                                .digits_max = keys::pin_digits_max};
    std::array<std::uint8_t, apdu::ccid::PinCaptureRequest::size> data{};
    request.encode(data);
    auto const answer = call([&channel](apdu::ByteView command) { return channel.escape(command); },
                             TerminalFunction::capture_pin, data);
    if (!answer.ok()) {
        return answer.error();
    }
    auto const captured = apdu::ccid::CapturedPin::parse(answer.value());
    if (!captured.ok()) {
        return Fault{.code = FaultCode::answer_malformed};
    }
    return keys::TerminalPin{
        {captured.value().initial_key_id}, captured.value().counter, captured.value().block};
}

} // namespace session
