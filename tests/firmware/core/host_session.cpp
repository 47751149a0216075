#include "tests/firmware/core/host_session.hpp"

#include <algorithm>

namespace terminal {
namespace {

namespace slot_error = apdu::ccid::slot_error;
using apdu::bytes;
using apdu::ccid::CommandType;
using apdu::ccid::IccStatus;

constexpr std::uint8_t ifsd = 20;
constexpr std::uint8_t five_volts = 1;
constexpr std::uint8_t sw1_waiting = 0x61;
constexpr std::uint8_t sw1_exact = 0x6C;
constexpr std::string_view pin_keys = "123456e";
constexpr std::size_t p3_at = 4;
constexpr std::uint8_t default_rate = 0x11;

Bytes joined(Bytes first, Bytes const& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// Whether `part` is in `all`, in its order, with whatever between.
bool is_subsequence(Bytes const& part, Bytes const& all) {
    auto next = part.begin();
    for (std::uint8_t const byte : all) {
        next += next != part.end() && *next == byte ? 1 : 0;
    }
    return next == part.end();
}

apdu::TransmissionParameters parameters_of(virtual_card::ContactSettings const& settings) {
    bool const is_crc = settings.t1.code == virtual_card::BlockCode::crc;
    return apdu::TransmissionParameters::of({.protocol = apdu::Protocol::t1,
                                             .ifsc = settings.t1.ifsc,
                                             .edc = is_crc ? apdu::Edc::crc : apdu::Edc::lrc});
}

} // namespace

std::vector<HostSession::Part> HostSession::run() {
    power_on();
    negotiate();
    command("SELECT by name", bytes("00 A4 04 00 0F 7378312E73682EC9E7BBE1B1A3D5CF 00"));
    command("SELECT by FID", bytes("00 A4 02 00 02 EF05"));
    command("READ RECORD", bytes("00 B2 03 00 06"));
    verify();
    command("READ RECORD, any length", bytes("00 B2 01 00 00"));
    power_off();
    return parts_;
}

void HostSession::end_part(std::string name, std::optional<Bytes> const& answer) {
    parts_.push_back(
        {std::move(name), !answer.has_value(), answer.value_or(Bytes{}), kiosk_.line.size()});
}

void HostSession::check_failure(HostAnswer const& answer, Bytes const& errors) {
    if (!answer.has_failed) {
        return;
    }
    bool const is_newer = answer.error == slot_error::aborted && host_.is_interruption_over();
    if (is_newer) {
        return;
    }
    bool const is_known = std::find(errors.begin(), errors.end(), answer.error) != errors.end();
    host_.refuse_if(!is_known, "error " + std::to_string(answer.error));
    bool const may_be_mute_only = answer.icc == IccStatus::absent;
    host_.refuse_if(may_be_mute_only && answer.error != slot_error::mute,
                    "no card, and error " + std::to_string(answer.error));
    host_.refuse_if(!answer.data.empty(), "data with a failure");
}

/// An answer is the chip's own to this very command, or on a line where nobody can know, what that
/// brought.
void HostSession::check_answer(Bytes const& command, Bytes const& answer, std::size_t line_start) {
    bool const is_chips = !kiosk_.exchanges.empty() && kiosk_.exchanges.back().command == command &&
                          kiosk_.exchanges.back().answer == answer;
    if (is_chips || line_ == Line::exact || (line_ == Line::coded && kind_.is_t1())) {
        host_.refuse_if(!is_chips, "not the chip's answer");
        return;
    }
    Bytes came;
    for (std::size_t i = line_start; i < kiosk_.line.size(); ++i) {
        auto const& character = kiosk_.line[i];
        if (character.is_from_card && !character.is_parity_wrong) {
            came.push_back(character.value);
        }
    }
    host_.refuse_if(!is_subsequence(answer, came), "not what the line brought");
}

void HostSession::power_on() {
    std::size_t const start = kiosk_.line.size();
    auto const answer = host_.ask(CommandType::icc_power_on, {}, {five_volts, 0, 0});
    check_failure(answer,
                  {slot_error::mute, slot_error::parity, slot_error::bad_tck, slot_error::bad_ts});
    bool const is_given_up = answer.error == slot_error::aborted;
    host_.refuse_if(answer.has_failed && !is_given_up && answer.icc == IccStatus::active,
                    "active without an ATR");
    if (!answer.has_failed) {
        Bytes came;
        for (std::size_t i = start; i < kiosk_.line.size(); ++i) {
            came.push_back(kiosk_.line[i].value);
        }
        host_.refuse_if(!is_subsequence(answer.data, came), "an ATR that did not come");
        host_.refuse_if(!apdu::Atr::parse(answer.data).ok(), "an ATR that is none");
    }
    end_part("reset", answer.has_failed ? std::nullopt : std::optional{answer.data});
}

void HostSession::negotiate() {
    std::uint8_t const protocol = kind_.is_t1() ? 1 : 0;
    std::optional<Bytes> echo{Bytes{}};
    if (auto const ta1 = kind_.settings.ta1) {
        std::array<std::uint8_t, apdu::pps_size_max> pps{};
        std::size_t const size = apdu::Pps{protocol, *ta1}.encode(pps);
        Bytes const request(pps.begin(), pps.begin() + static_cast<std::ptrdiff_t>(size));
        auto const answer = host_.ask(CommandType::xfr_block, request);
        check_failure(answer, {slot_error::mute, slot_error::parity});
        echo = answer.has_failed ? std::nullopt : std::optional{answer.data};
        rate_code_ = answer.data == request ? *ta1 : rate_code_;
    }
    end_part("PPS", echo);
    set_parameters();
}

/// And whatever else begins anew with them.
void HostSession::set_parameters() {
    std::uint8_t const protocol = kind_.is_t1() ? 1 : 0;
    bool const is_inverse = kind_.settings.convention == virtual_card::ContactConvention::inverse;
    auto const convention = static_cast<std::uint8_t>(is_inverse ? 0x02 : 0x00);
    bool const is_crc = kind_.settings.t1.code == virtual_card::BlockCode::crc;
    auto const check = static_cast<std::uint8_t>(is_crc ? 0x11 : 0x10);
    Bytes const t0{rate_code_, convention, 0x00, 0x0A, 0x00};
    Bytes const t1{rate_code_, static_cast<std::uint8_t>(check | convention),
                   0x00,       0x4D,
                   0x00,       kind_.settings.t1.ifsc,
                   0x00};
    auto const set =
        host_.ask(CommandType::set_parameters, kind_.is_t1() ? t1 : t0, {protocol, 0, 0});
    check_failure(set, {slot_error::mute});
    t1_.emplace(parameters_of(kind_.settings), ifsd);
}

void HostSession::command(std::string name, Bytes const& whole) {
    end_part(std::move(name), kind_.is_t1() ? by_t1(whole) : by_t0(whole));
    if (host_.has_reset()) {
        host_.forget_reset();
        rate_code_ = default_rate;
        set_parameters();
    }
}

HostAnswer HostSession::transfer(Bytes const& sent, std::uint8_t multiplier) {
    auto answer = host_.ask(CommandType::xfr_block, sent, {multiplier, 0, 0});
    Bytes errors{slot_error::mute, slot_error::parity};
    if (!kind_.is_t1()) {
        errors.push_back(slot_error::procedure_byte);
    }
    check_failure(answer, errors);
    return answer;
}

/// The answer to a whole command, fetched as a host does it; nothing where an exchange failed.
std::optional<Bytes> HostSession::by_t0(Bytes whole) {
    constexpr std::size_t header = p3_at + 1;
    if (whole.size() > header && whole.size() > header + whole[p3_at]) {
        whole.pop_back(); // Le
    }
    constexpr unsigned exchanges_max = 4;
    for (unsigned i = 0; i < exchanges_max; ++i) {
        std::size_t const start = kiosk_.line.size();
        auto const answer = transfer(whole);
        if (answer.has_failed) {
            return std::nullopt;
        }
        check_answer(whole, answer.data, start);
        std::uint8_t const sw1 = answer.data[answer.data.size() - 2];
        if (sw1 == sw1_waiting) {
            whole = bytes("00 C0 00 00 00");
        } else if (sw1 != sw1_exact) {
            return answer.data;
        }
        whole[p3_at] = answer.data.back();
    }
    return std::nullopt;
}

std::optional<Bytes> HostSession::by_t1(Bytes const& whole) {
    using Kind = apdu::t1::Action::Kind;
    std::size_t const start = kiosk_.line.size();
    auto action = t1_->begin(whole, apdu::t1::Repetition::allowed);
    while (action.kind == Kind::send) {
        auto const answer = transfer(apdu::copy_of(action.bytes), action.multiplier);
        bool const is_lost = answer.icc != IccStatus::active || host_.has_reset();
        if (answer.has_failed && answer.error != slot_error::parity) {
            action = is_lost ? apdu::t1::Action{.kind = Kind::fail} : t1_->time_out();
        } else {
            action = answer.has_failed ? t1_->receive_garbled() : t1_->receive(answer.data);
        }
    }
    if (action.kind == Kind::fail) {
        return std::nullopt;
    }
    auto const response = apdu::copy_of(action.bytes);
    check_answer(whole, response, start);
    return response;
}

HostAnswer HostSession::secure(Bytes const& prologue) {
    // VERIFY in BCD, as long as the PIN is: serial-ccid.md §7, card.md §4.1.
    auto const operation = joined(joined(bytes("00 1E 81 00 00 0C 04 02 01 09 04 00"), prologue),
                                  bytes("00 20 00 00 00"));
    auto answer = host_.ask(CommandType::secure, operation, {}, pin_keys);
    check_failure(answer, {slot_error::mute, slot_error::parity, slot_error::procedure_byte});
    return answer;
}

void HostSession::verify() {
    auto const sent = bytes("00 20 00 00 03 123456");
    std::size_t const start = kiosk_.line.size();
    if (!kind_.is_t1()) {
        auto const answer = secure(bytes("000000"));
        if (!answer.has_failed) {
            check_answer(sent, answer.data, start);
        }
        end_part("VERIFY", answer.has_failed ? std::nullopt : std::optional{answer.data});
        return;
    }
    auto position = t1_->position();
    auto const pcb = static_cast<std::uint8_t>(position.send_number != 0 ? 0x40 : 0x00);
    auto const answer = secure({0x00, pcb, 0x05});
    if (answer.has_failed) { // the host goes on as if nothing had been sent
        end_part("VERIFY", std::nullopt);
        return;
    }
    auto const parameters = parameters_of(kind_.settings);
    auto const block = apdu::t1::parse_block(answer.data, parameters.edc());
    bool const is_next = block.ok() && block.value().kind == apdu::t1::BlockKind::information &&
                         block.value().number == position.receive_number && !block.value().has_more;
    host_.refuse_if(!is_next, "not the block that comes next");
    position.send_number ^= 1U;
    position.receive_number ^= 1U;
    t1_.emplace(parameters, position);
    auto const inf = is_next ? apdu::copy_of(block.value().inf) : Bytes{};
    check_answer(sent, inf, start);
    end_part("VERIFY", inf);
}

void HostSession::power_off() {
    auto const answer = host_.ask(CommandType::icc_power_off);
    host_.refuse_if(answer.has_failed || answer.icc == IccStatus::active, "power is not off");
    end_part("power off", Bytes{});
}

} // namespace terminal
