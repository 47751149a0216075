#include "firmware/core/terminal_escapes.hpp"

namespace terminal {
namespace {

using apdu::ccid::HealthTag;
using apdu::ccid::IdentityTag;
using apdu::ccid::TerminalFunction;

constexpr std::size_t function_at = 1;
constexpr std::size_t data_at = 2;
constexpr std::size_t offset_size = 4;
constexpr std::uint64_t us_of_second = 1'000'000;

constexpr std::uint8_t tag(auto which) { return static_cast<std::uint8_t>(which); }

std::uint32_t number_of(apdu::ByteView bytes) {
    std::uint32_t number = 0;
    for (std::uint8_t const byte : bytes) {
        number = (number << 8U) | byte;
    }
    return number;
}

} // namespace

EscapeCommands::State TerminalEscapes::done(Status status) {
    answer_[0] = static_cast<std::uint8_t>(status);
    size_ = std::max<std::size_t>(size_, 1);
    if (status != Status::done) {
        size_ = 1;
    }
    return State::done;
}

EscapeCommands::State TerminalEscapes::begin(apdu::ByteView data) {
    clear();
    bool const is_own = !data.empty() && data[0] == apdu::ccid::terminal_escape_mark;
    if (is_own) {
        return data.size() < data_at ? done(Status::malformed)
                                     : begin_own(data[function_at], data.subspan(data_at));
    }
    auto const driver =
        DriverEscape::answer_to(data, parts_.identity.driver_name, parts_.capture != nullptr);
    if (!driver) {
        return State::failed;
    }
    size_ = driver->size;
    apdu::copy_bytes(apdu::ByteView{driver->data}.first(size_), answer_);
    return State::done;
}

EscapeCommands::State TerminalEscapes::begin_own(std::uint8_t function, apdu::ByteView data) {
    switch (static_cast<TerminalFunction>(function)) {
    case TerminalFunction::identity:
        tell_identity();
        return done(Status::done);
    case TerminalFunction::health:
        tell_health();
        return done(Status::done);
    default:
        return parts_.capture == nullptr ? done(Status::unknown) : change(function, data);
    }
}

EscapeCommands::State TerminalEscapes::change(std::uint8_t function, apdu::ByteView data) {
    bool const is_tampered = parts_.board.system.is_tampered();
    switch (static_cast<TerminalFunction>(function)) {
    case TerminalFunction::clear_tamper:
        return done(clear_tamper());
    case TerminalFunction::capture_pin:
        return is_tampered ? done(Status::tampered) : begin_capture(data);
    case TerminalFunction::load_initial_key:
        return done(is_tampered ? Status::tampered : load_initial_key(data));
    case TerminalFunction::provision:
        return done(is_tampered ? Status::tampered : provision(data));
    case TerminalFunction::restart:
        restarts_ = true;
        return done(Status::done);
    default:
        return done(update(function, data));
    }
}

EscapeCommands::State TerminalEscapes::begin_capture(apdu::ByteView data) {
    Status const status = parts_.capture->begin(data);
    if (status != Status::done) {
        return done(status);
    }
    is_capturing_ = true;
    return State::going_on;
}

EscapeCommands::State TerminalEscapes::step() {
    if (!is_capturing_) {
        return State::done;
    }
    auto const status = parts_.capture->step();
    if (!status) {
        return State::going_on;
    }
    is_capturing_ = false;
    if (*status == Status::done) {
        constexpr std::size_t size = apdu::ccid::CapturedPin::size;
        parts_.capture->captured().encode(apdu::ByteSpan{answer_}.subspan<1, size>());
        size_ = 1 + size;
    }
    return done(*status);
}

void TerminalEscapes::clear() {
    if (parts_.capture != nullptr) {
        parts_.capture->clear();
    }
    is_capturing_ = false;
    keys::wipe(answer_);
    size_ = 0;
}

TerminalEscapes::Status TerminalEscapes::load_initial_key(apdu::ByteView data) {
    std::string_view const block{reinterpret_cast<char const*>(data.data()), data.size()};
    auto const loaded = parts_.keys.load_initial_key(parts_.aes, block);
    if (loaded.ok()) {
        return Status::done;
    }
    switch (loaded.error()) {
    case KeyStorageFault::malformed:
        return Status::malformed;
    case KeyStorageFault::wrong_state:
        return parts_.keys.state() == KeyState::empty ? Status::no_key : Status::refused;
    case KeyStorageFault::other_terminal:
    case KeyStorageFault::exhausted:
        return Status::refused;
    case KeyStorageFault::back_end_failed:
    case KeyStorageFault::flash_failed:
        break;
    }
    return Status::memory_failed;
}

TerminalEscapes::Status TerminalEscapes::provision(apdu::ByteView data) {
    keys::InitialKeyId id{};
    if (data.size() < id.bytes.size()) {
        return Status::malformed;
    }
    apdu::copy_bytes(data.first(id.bytes.size()), id.bytes);
    apdu::ByteView const key = data.subspan(id.bytes.size());
    auto const size = keys::aes_size_of(key.size());
    if (!size) {
        return Status::malformed;
    }
    auto const kept = parts_.keys.provision(id, keys::KeyBlockKey{*size, key});
    if (kept.ok()) {
        return Status::done;
    }
    return kept.error() == KeyStorageFault::wrong_state ? Status::provisioned
                                                        : Status::memory_failed;
}

TerminalEscapes::Status TerminalEscapes::clear_tamper() {
    if (!parts_.keys.erase_all()) {
        return Status::memory_failed;
    }
    return parts_.board.system.clear_tamper() ? Status::done : Status::tampered;
}

TerminalEscapes::Status TerminalEscapes::update(std::uint8_t function, apdu::ByteView data) {
    Update::Outcome outcome{apdu::Done{}};
    switch (static_cast<TerminalFunction>(function)) {
    case TerminalFunction::update_begin:
        outcome = parts_.update.begin(data);
        break;
    case TerminalFunction::update_write:
        if (data.size() < offset_size ||
            number_of(data.first(offset_size)) != parts_.update.received()) {
            return Status::malformed;
        }
        outcome = parts_.update.write(data.subspan(offset_size));
        break;
    case TerminalFunction::update_finish:
        outcome = parts_.update.finish();
        break;
    case TerminalFunction::update_abandon:
        parts_.update.abandon();
        break;
    case TerminalFunction::update_resume:
        outcome = parts_.update.resume(data);
        tell_staged();
        break;
    case TerminalFunction::update_state:
        tell_staged();
        break;
    default:
        return Status::unknown;
    }
    if (outcome.ok()) {
        return Status::done;
    }
    switch (outcome.error()) {
    case UpdateFault::flash_failed:
        return Status::memory_failed;
    case UpdateFault::no_header:
    case UpdateFault::too_many_bytes:
    case UpdateFault::incomplete:
        return Status::malformed;
    case UpdateFault::unconfirmed:
        return Status::unconfirmed;
    case UpdateFault::other_board:
        return Status::other_board;
    case UpdateFault::not_signed:
        return Status::not_signed;
    case UpdateFault::version_too_low:
        return Status::version_low;
    case UpdateFault::wrong_state:
    case UpdateFault::other_slot:
    case UpdateFault::wrong_size:
    case UpdateFault::other_image:
        break;
    }
    return Status::refused;
}

void TerminalEscapes::tell_staged() {
    RecordWriter writer{apdu::ByteSpan{answer_}.subspan(1)};
    writer.number(0, static_cast<std::uint32_t>(parts_.update.received()));
    size_ = 1 + writer.size();
}

void TerminalEscapes::tell_identity() {
    RecordWriter writer{apdu::ByteSpan{answer_}.subspan(1)};
    writer.text(tag(IdentityTag::model), parts_.identity.model);
    writer.text(tag(IdentityTag::version), parts_.identity.version);
    writer.text(tag(IdentityTag::board), parts_.identity.board);
    writer.bytes(tag(IdentityTag::chip), parts_.board.system.chip_number());
    if (auto const id = parts_.keys.id()) {
        writer.bytes(tag(IdentityTag::initial_key), id->bytes);
    }
    size_ = 1 + writer.size();
}

void TerminalEscapes::tell_health() {
    RecordWriter writer{apdu::ByteSpan{answer_}.subspan(1)};
    writer.number(tag(HealthTag::uptime_s),
                  static_cast<std::uint32_t>(parts_.board.clock.now_us() / us_of_second));
    writer.byte(tag(HealthTag::start_reason),
                static_cast<std::uint8_t>(parts_.board.system.start_reason()));
    writer.byte(tag(HealthTag::tampered), parts_.board.system.is_tampered() ? 1 : 0);
    writer.byte(tag(HealthTag::keys), static_cast<std::uint8_t>(parts_.keys.state()));
    writer.byte(tag(HealthTag::random), parts_.random.is_working() ? 1 : 0);
    writer.number(tag(HealthTag::image_version), parts_.update.version());
    writer.byte(tag(HealthTag::image_slot), static_cast<std::uint8_t>(parts_.update.running()));
    auto slot_tag = tag(HealthTag::slot_1);
    for (Slot const* const slot : parts_.slots) {
        writer.counts(slot_tag++, slot->counts());
    }
    auto link_tag = tag(HealthTag::link_1);
    for (HostLink const* const link : parts_.links) {
        writer.counts(link_tag++, link->counts());
    }
    size_ = 1 + writer.size();
}

} // namespace terminal
