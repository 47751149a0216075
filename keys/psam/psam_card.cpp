#include "keys/psam/psam_card.hpp"

#include "keys/wiped_buffer.hpp"

#include "apdu/fci.hpp"

namespace keys::psam {
namespace {

using apdu::Cla;
using apdu::Command;
using apdu::Ins;

constexpr std::array<std::uint8_t, 2> mf{0x3F, 0x00};
constexpr std::uint16_t public_file = 0x0015;
constexpr std::size_t public_file_size = 15;
constexpr std::uint16_t terminal_file = 0x0016;
constexpr std::size_t terminal_file_size = 6;
constexpr std::uint16_t application_file = 0x001A;
constexpr std::size_t application_file_size = 10;

/// The application of a PSAM, below its environment. card.md §1.1.
constexpr std::array<std::uint8_t, 6> application_id{0xD1, 0x56, 0x00, 0x00, 0x05, 0x90};
/// "sx1.sh." or "sx2.sh.", then 社会保障 in GBK. card.md §1.1.
constexpr std::array<std::uint8_t, 15> first_name{0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                                  0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};
constexpr std::array<std::uint8_t, 15> second_name{0x73, 0x78, 0x32, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                                   0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};

/// CIPHER DATA carries at most 8 blocks: 40 bytes hex of DES, 80 of a 16-byte cipher. card.md §4.3.
constexpr std::size_t blocks_max = 8;

/// P1 of CIPHER DATA. card.md §4.3.
constexpr std::uint8_t p1_encrypt = 0x00;
constexpr std::uint8_t p1_only_mac = 0x05;
constexpr std::uint8_t p1_first_mac = 0x07;
constexpr std::uint8_t p1_next_mac = 0x03;
constexpr std::uint8_t p1_last_mac = 0x01;

Command select(std::uint8_t p1, apdu::ByteView name) {
    Command const command = Command{Cla::interindustry, Ins::select, p1, 0x00}.with_data(name);
    return p1 == 0x04 ? command.expecting(apdu::short_ne_max) : command;
}

/// The algorithm of an environment's keys: as its FCI says; else the first has 3DES, and the second
/// SM4 (ASSUMED). card.md §1.1 gives the second to SSF33 and others.
std::optional<Algorithm> algorithm_of(apdu::ByteView fci, bool is_first) {
    auto const parsed = apdu::Fci::parse(fci);
    if (!parsed.ok() || !parsed.value().algorithm) {
        return is_first ? Algorithm::des3 : Algorithm::sm4;
    }
    auto const told = static_cast<Algorithm>(*parsed.value().algorithm);
    bool const is_ours = told == Algorithm::des3 || told == Algorithm::sm4;
    return is_ours ? std::optional{told} : std::nullopt;
}

} // namespace

KeyFaultReason PsamCard::refused(apdu::StatusWord status) {
    refusal_ = status;
    entered_.reset(); // from the start the next time
    return status == apdu::sw::locked ? KeyFaultReason::key_locked
                                      : KeyFaultReason::back_end_failed;
}

PsamResult<PsamAnswer> PsamCard::send(Command const& command) {
    if (is_lost_) {
        return KeyFaultReason::back_end_lost;
    }
    auto answer = channel_.send(command);
    if (!answer.ok()) {
        is_lost_ = true;
        return KeyFaultReason::back_end_lost;
    }
    return answer.value();
}

PsamResult<PsamAnswer> PsamCard::read_file(std::uint16_t fid, std::size_t size) {
    std::array<std::uint8_t, 2> const name{static_cast<std::uint8_t>(fid >> 8U),
                                           static_cast<std::uint8_t>(fid)};
    auto const selected = send(select(0x02, name));
    if (!selected.ok() || !selected.value().status().is_success()) {
        return selected;
    }
    return send(Command{Cla::interindustry, Ins::read_binary, 0x00, 0x00}.expecting(size));
}

PsamResult<apdu::Done> PsamCard::read_environment(Environment environment) {
    bool const is_first = environment == Environment::first;
    auto const selected = send(select(0x04, is_first ? first_name : second_name));
    if (!selected.ok()) {
        return selected.error();
    }
    if (!selected.value().status().is_success()) {
        return apdu::Done{};
    }
    auto const algorithm = algorithm_of(selected.value().data(), is_first);
    auto const application = send(select(0x04, application_id));
    if (!application.ok()) {
        return application.error();
    }
    if (!algorithm || !application.value().status().is_success()) {
        return apdu::Done{};
    }
    auto& place = *algorithm == Algorithm::sm4 ? of_sm4_ : of_des3_;
    place = place.value_or(environment);
    if (!facts_->application) {
        auto const file = read_file(application_file, application_file_size);
        if (!file.ok()) {
            return file.error();
        }
        facts_->application = parse_application(file.value().data());
    }
    return apdu::Done{};
}

PsamResult<apdu::Done> PsamCard::read_facts() {
    auto const root = send(select(0x00, mf));
    if (!root.ok()) {
        return root.error();
    }
    auto const about = read_file(public_file, public_file_size);
    if (!about.ok()) {
        return about.error();
    }
    facts_->card = parse_public(about.value().data());
    auto const terminal = read_file(terminal_file, terminal_file_size);
    if (!terminal.ok()) {
        return terminal.error();
    }
    facts_->terminal = parse_terminal_number(terminal.value().data());
    for (Environment const environment : {Environment::first, Environment::second}) {
        auto const read = read_environment(environment);
        if (!read.ok()) {
            return read.error();
        }
    }
    facts_->has_des3 = of_des3_.has_value();
    facts_->has_sm4 = of_sm4_.has_value();
    return apdu::Done{};
}

PsamResult<PsamFacts> PsamCard::facts() {
    if (!facts_) {
        facts_.emplace();
        auto const read = read_facts();
        if (!read.ok()) {
            facts_.reset();
            return read.error();
        }
    }
    if (!of_des3_ && !of_sm4_) {
        return KeyFaultReason::back_end_absent;
    }
    return *facts_;
}

PsamResult<apdu::Done> PsamCard::enter(Algorithm algorithm, std::uint8_t province) {
    if (entered_ != algorithm) {
        entered_.reset();
        province_.reset();
        auto const place = algorithm == Algorithm::sm4 ? of_sm4_ : of_des3_;
        bool const is_first = place == Environment::first;
        for (auto const& command :
             {select(0x04, is_first ? first_name : second_name), select(0x04, application_id)}) {
            auto const selected = send(command);
            if (!selected.ok()) {
                return selected.error();
            }
            if (!selected.value().status().is_success()) {
                return refused(selected.value().status());
            }
        }
        entered_ = algorithm;
    }
    if (province_ != province) {
        province_.reset();
        std::array<std::uint8_t, 1> const data{province};
        auto const done =
            send(Command{Cla::psam, Ins::initialize_environment, 0x00, 0x00}.with_data(data));
        if (!done.ok()) {
            return done.error();
        }
        if (done.value().status() == apdu::sw::wrong_data) {
            refusal_ = apdu::sw::wrong_data;
            return KeyFaultReason::level_too_low;
        }
        if (!done.value().status().is_success()) {
            return refused(done.value().status());
        }
        province_ = province;
    }
    return apdu::Done{};
}

PsamResult<apdu::Done> PsamCard::deliver(SessionOrder const& order) {
    auto const about = facts();
    if (!about.ok()) {
        return about.error();
    }
    if (!about.value().has(order.algorithm)) {
        return KeyFaultReason::algorithm_unsupported;
    }
    auto const entered = enter(order.algorithm, order.province);
    if (!entered.ok()) {
        return entered.error();
    }
    // The process factor fills a block: R8 ‖ zeros for a 16-byte cipher. card.md §3.4, §3.5.
    block_ = block_size(order.algorithm);
    std::array<std::uint8_t, 3 * 8 + 16> bytes{};
    std::size_t const size = order.factors.size() + block_;
    apdu::require(size <= bytes.size());
    apdu::copy_bytes(order.factors, bytes);
    apdu::copy_bytes(order.process, apdu::ByteSpan{bytes}.subspan(order.factors.size()));
    auto const answer =
        send(Command{Cla::psam, Ins::delivery_session_key, order.key.usage, order.key.id}.with_data(
            apdu::ByteView{bytes}.first(size)));
    if (!answer.ok()) {
        return answer.error();
    }
    apdu::StatusWord const status = answer.value().status();
    if (status.is_success()) {
        return apdu::Done{};
    }
    if (status == apdu::sw::key_not_found) {
        refusal_ = status;
        return KeyFaultReason::key_missing;
    }
    if (status == apdu::sw::wrong_data) {
        refusal_ = status;
        return KeyFaultReason::level_too_low;
    }
    return refused(status);
}

PsamResult<PsamAnswer> PsamCard::cipher(std::uint8_t p1, apdu::ByteView data, std::size_t ne) {
    auto const answer =
        send(Command{Cla::proprietary, Ins::cipher_data, p1, 0x00}.with_data(data).expecting(ne));
    if (!answer.ok()) {
        return answer.error();
    }
    if (!answer.value().status().is_success() || answer.value().data().size() != ne) {
        return refused(answer.value().status());
    }
    return answer.value();
}

PsamResult<apdu::Done> PsamCard::encrypt(apdu::ByteSpan blocks) {
    apdu::require(blocks.size() % block_ == 0 && blocks.size() <= blocks_max * block_);
    auto const answer = cipher(p1_encrypt, blocks, blocks.size());
    if (!answer.ok()) {
        return answer.error();
    }
    apdu::copy_bytes(answer.value().data(), blocks);
    return apdu::Done{};
}

PsamResult<Mac> PsamCard::mac(apdu::ByteView message) {
    // The initial value of zeros goes first, then the message, padded 80 00…
    WipedBuffer<block_size_max + apdu::short_command_size_max + block_size_max> padded;
    apdu::require(message.size() <= apdu::short_command_size_max);
    apdu::copy_bytes(message, apdu::ByteSpan{padded.expose()}.subspan(block_));
    padded.expose()[block_ + message.size()] = 0x80;
    std::size_t const size = block_ + message.size() / block_ * block_ + block_;
    apdu::ByteView rest = apdu::ByteView{padded.expose()}.first(size);
    std::size_t const most = blocks_max * block_;
    std::uint8_t p1 = rest.size() <= most ? p1_only_mac : p1_first_mac;
    while (rest.size() > most) {
        auto const chained = cipher(p1, rest.first(most), 0);
        if (!chained.ok()) {
            return chained.error();
        }
        rest = rest.subspan(most);
        p1 = rest.size() <= most ? p1_last_mac : p1_next_mac;
    }
    Mac mac{};
    auto const answer = cipher(p1, rest, mac.size());
    if (!answer.ok()) {
        return answer.error();
    }
    apdu::copy_bytes(answer.value().data(), mac);
    return mac;
}

bool PsamCard::is_there() {
    constexpr std::size_t challenge_size = 4;
    auto const answer =
        send(Command{Cla::interindustry, Ins::get_challenge, 0x00, 0x00}.expecting(challenge_size));
    return answer.ok();
}

} // namespace keys::psam
