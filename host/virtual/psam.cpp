#include "host/virtual/psam.hpp"

#include "host/virtual/medical.hpp"
#include "host/virtual/t0_card.hpp"

namespace virtual_card {
namespace {

using apdu::Ins;

constexpr std::size_t psam_header_size = 4;
constexpr std::size_t psam_data_at = 5;
constexpr std::uint16_t mf_id = 0x3F00;

/// ASSUMED: direct convention, T=0, historical bytes "PSAM".
constexpr std::array<std::uint8_t, 8> psam_atr{0x3B, 0x64, 0x00, 0x00, 0x50, 0x53, 0x41, 0x4D};

constexpr std::array<std::uint8_t, 6> application_id{0xD1, 0x56, 0x00, 0x00, 0x05, 0x90};
constexpr std::size_t environment_digit_at = 2; ///< "sx1" or "sx2"

std::array<std::uint8_t, 15> environment_name(bool is_first) {
    std::array<std::uint8_t, 15> name{0x73, 0x78, 0x31, 0x2E, 0x73, 0x68, 0x2E, 0xC9,
                                      0xE7, 0xBB, 0xE1, 0xB1, 0xA3, 0xD5, 0xCF};
    name[environment_digit_at] = is_first ? '1' : '2';
    return name;
}

/// 6F with the name (84), and for an environment its algorithm (9F0C with 86, in A5).
Bytes psam_fci(apdu::ByteView name, std::optional<keys::Algorithm> algorithm) {
    constexpr std::size_t head_size = 4;
    Bytes fci(head_size + name.size());
    fci[0] = 0x6F;
    fci[2] = 0x84;
    fci[3] = static_cast<std::uint8_t>(name.size());
    apdu::copy_bytes(name, apdu::ByteSpan{fci}.subspan(head_size));
    if (algorithm) {
        auto const value = static_cast<std::uint8_t>(*algorithm);
        fci.insert(fci.end(), {0xA5, 0x06, 0x9F, 0x0C, 0x03, 0x86, 0x01, value});
    }
    fci[1] = static_cast<std::uint8_t>(fci.size() - 2);
    return fci;
}

/// The class that a PSAM takes that instruction in.
std::uint8_t class_of(Ins ins) {
    switch (ins) {
    case Ins::initialize_environment:
    case Ins::delivery_session_key:
        return 0xBF;
    case Ins::cipher_data:
    case Ins::initialize_sam_for_purchase:
    case Ins::credit_sam_for_purchase:
        return 0x80;
    case Ins::t514_write_key:
        return 0x84;
    default:
        return 0x00;
    }
}

} // namespace

Bytes Psam::word(apdu::StatusWord status) { return response_of({}, status); }

apdu::ByteView Psam::atr() const { return psam_atr; }

void Psam::reset() {
    environment_ = nullptr;
    leave_application();
    session_.reset();
    waiting_.clear();
}

void Psam::leave_application() {
    is_in_application_ = false;
    is_initialized_ = false;
    file_ = 0;
    challenges_ = {};
    proved_ = {};
    purchase_.reset();
}

Bytes Psam::exchange(apdu::ByteView command) {
    if (command.size() < psam_header_size) {
        return word(apdu::sw::wrong_length);
    }
    CommandParts parts{command[2],
                       command[3],
                       command.size() > psam_header_size ? command[psam_header_size]
                                                         : std::uint8_t{0},
                       {}};
    if (command.size() > psam_data_at) {
        parts.data = command.subspan(psam_data_at);
        if (parts.data.size() == parts.p3 + std::size_t{1}) { // a whole case 4 APDU: with its Le
            parts.data = parts.data.first(parts.p3);
        }
        if (parts.data.size() != parts.p3) {
            return word(apdu::sw::wrong_length);
        }
    }
    auto const ins = static_cast<Ins>(command[1]);
    if (command[0] != class_of(ins)) {
        return word(apdu::sw::unknown_cla);
    }
    if (ins == Ins::get_response) {
        return get_response(parts.p3);
    }
    waiting_.clear();
    if (ins != Ins::cipher_data) {
        session_.reset(); // good for the next command only
    }
    if (ins != Ins::credit_sam_for_purchase) {
        purchase_.reset();
    }
    Bytes answer = carry_out(ins, parts, command.first(psam_data_at + parts.data.size()));
    if (ins != Ins::get_challenge) {
        challenges_ = {};
    }
    return answer;
}

Bytes Psam::carry_out(Ins ins, CommandParts const& command, apdu::ByteView whole) {
    switch (ins) {
    case Ins::external_authenticate:
        return external_authenticate(command);
    case Ins::t514_write_key: // CREATE KEY and CHANGE KEY
        return write_key(command, whole);
    case Ins::initialize_sam_for_purchase:
        return initialize_purchase(command);
    case Ins::credit_sam_for_purchase:
        return credit_purchase(command);
    case Ins::select:
        return select(command);
    case Ins::read_binary:
        return read_binary(command);
    case Ins::get_challenge:
        return challenge(command.p3);
    case Ins::initialize_environment:
        return initialize_environment(command);
    case Ins::delivery_session_key:
        return deliver(command);
    case Ins::cipher_data:
        return cipher_data(command);
    default:
        return word(apdu::sw::unknown_ins);
    }
}

Bytes Psam::keep(Bytes data) {
    waiting_ = std::move(data);
    return word(apdu::StatusWord{0x61, static_cast<std::uint8_t>(waiting_.size())});
}

Bytes Psam::get_response(std::uint8_t size) {
    if (waiting_.empty()) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    if (size != 0 && size != waiting_.size()) {
        return word(apdu::StatusWord{0x6C, static_cast<std::uint8_t>(waiting_.size())});
    }
    return response_of(std::exchange(waiting_, {}), apdu::sw::success);
}

Bytes Psam::select(CommandParts const& command) {
    if (command.p2 != 0x00 || command.data.empty()) {
        return word(apdu::sw::wrong_p1_p2);
    }
    if (command.p1 == 0x04) {
        return select_name(command.data);
    }
    if (command.p1 > 0x02 || command.data.size() != 2) {
        return word(apdu::sw::wrong_p1_p2);
    }
    auto const id = static_cast<std::uint16_t>((command.data[0] << 8U) | command.data[1]);
    if (command.p1 == 0x00 && id == mf_id) {
        reset();
        return word(apdu::sw::success);
    }
    if (file(id).empty()) {
        return word(apdu::sw::file_not_found);
    }
    file_ = id;
    return word(apdu::sw::success);
}

Bytes Psam::select_name(apdu::ByteView name) {
    if (environment_ != nullptr && apdu::equal_bytes(name, application_id)) {
        leave_application();
        is_in_application_ = true;
        return keep(psam_fci(name, std::nullopt));
    }
    for (bool const is_first : {true, false}) {
        auto& environment = is_first ? memory_.first : memory_.second;
        if (environment && apdu::equal_bytes(name, environment_name(is_first))) {
            reset();
            environment_ = &*environment;
            return keep(psam_fci(name, environment->algorithm));
        }
    }
    return word(apdu::sw::file_not_found);
}

Bytes Psam::file(std::uint16_t id) const {
    auto const bytes = [](auto const& content) { return Bytes{content.begin(), content.end()}; };
    if (is_in_application_ && id == 0x0019) {
        return Message{}.add_4_bytes(memory_.transactions).bytes();
    }
    if (is_in_application_) {
        return id == 0x001A ? bytes(memory_.application) : Bytes{};
    }
    if (environment_ != nullptr) {
        return {};
    }
    return id == 0x0015   ? bytes(memory_.public_information)
           : id == 0x0016 ? bytes(memory_.terminal_number)
                          : Bytes{};
}

Bytes Psam::read_binary(CommandParts const& command) const {
    Bytes const all = file(file_);
    if (all.empty()) {
        return word(apdu::sw::no_current_ef);
    }
    std::size_t const offset = (std::size_t{command.p1} << 8U) | command.p2;
    if (offset >= all.size()) {
        return word(apdu::sw::wrong_offset);
    }
    apdu::ByteView const rest = apdu::ByteView{all}.subspan(offset);
    if (command.p3 == 0 || command.p3 > rest.size()) {
        return word(apdu::StatusWord{0x6C, static_cast<std::uint8_t>(rest.size())});
    }
    return response_of(rest.first(command.p3), apdu::sw::success);
}

Bytes Psam::challenge(std::uint8_t size) {
    bool const is_sm4 = environment_ != nullptr && environment_->algorithm == keys::Algorithm::sm4;
    if (size != 4 && size != 8 && !(is_sm4 && size == 16)) {
        return word(apdu::sw::wrong_length);
    }
    Bytes bytes(size);
    random_.fill(bytes);
    challenges_ = {bytes, std::move(challenges_.last)};
    return response_of(bytes, apdu::sw::success);
}

Bytes Psam::initialize_environment(CommandParts const& command) {
    is_initialized_ = false;
    if (!is_in_application_) {
        return word(apdu::sw::conditions_not_satisfied);
    }
    if (command.data.size() != 1) {
        return word(apdu::sw::wrong_length);
    }
    is_initialized_ = memory_.takes(command.data[0]);
    return word(is_initialized_ ? apdu::sw::success : apdu::sw::wrong_data);
}

} // namespace virtual_card
