#include "tests/host/virtual/card_bench.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include "apdu/card_layout.hpp"
#include "keys/file/key_file.hpp"
#include "keys/key_table.hpp"

#include <stdexcept>

namespace virtual_card {
namespace {

CardMemory memory_of(MakingResult made) {
    if (!made.ok()) {
        throw std::runtime_error{made.error().front()};
    }
    return std::move(made).value().memory;
}

std::string bcd(std::string_view digits) {
    return digits.size() % 2 == 0 ? std::string{digits} : std::string{digits} + "F";
}

std::string with_length(std::string_view head, std::string const& data) {
    std::string const length = hex_of(std::array{static_cast<std::uint8_t>(data.size() / 2)});
    return std::string{head} + (data.empty() ? "" : length + data);
}

/// The answer of a key service that must not fail here.
template <typename T>
T value_of(keys::KeyResult<T> result) {
    if (!result.ok()) {
        throw std::runtime_error{std::string{apdu::to_text(result.error().key)} + " is missing"};
    }
    return std::move(result).value();
}

} // namespace

keys::MasterKeySet test_masters() {
    static keys::file::KeyFileResult const file =
        keys::file::read_key_file(std::string{SSCARD_TEST_VECTORS} + "/test_keys.json");
    return file.value().masters();
}

CardPlan plan_of(apdu::SpecVersion version, keys::Algorithm algorithm) {
    CardPlan plan;
    plan.version = version;
    plan.algorithm = algorithm;
    return plan;
}

CardPlan plan_2() { return plan_of(apdu::SpecVersion::v2_00, keys::Algorithm::des3); }
CardPlan plan_3() { return plan_of(apdu::SpecVersion::v3_00, keys::Algorithm::sm4); }

CardMemory bare(CardPlan const& plan) { return memory_of(make_bare(plan, test_masters())); }
CardMemory blank(CardPlan const& plan) { return memory_of(make_blank(plan, test_masters())); }
CardMemory personalized(CardPlan const& plan, std::string_view person) {
    return memory_of(make_personalized(plan, test_masters(), person));
}

Bench::Bench(CardPlan plan, CardMemory memory, std::vector<Fault> faults, MemoryStore* store,
             AntiTearing anti_tearing)
    : plan_{std::move(plan)}, connection_{std::move(memory), std::move(faults), store,
                                          anti_tearing} {}

std::string Bench::send(std::string_view hex) { return send(apdu::bytes(hex)); }

std::string Bench::send(apdu::ByteView command) {
    std::array<std::uint8_t, 258> response{};
    auto const size = connection_.transmit(command, response);
    if (!size.ok()) {
        return size.error() == apdu::Error::card_removed ? "removed" : "mute";
    }
    return hex_of(apdu::ByteView{response}.first(size.value()));
}

std::string Bench::ask(std::string_view hex) {
    std::string answer = send(hex);
    if (answer.starts_with("6C") && answer.size() == 4) {
        std::string const header{hex.substr(0, 8)};
        answer = send(header + answer.substr(2));
    }
    if (answer.starts_with("61") && answer.size() == 4) {
        answer = send("00C00000" + answer.substr(2));
    }
    return answer;
}

std::string Bench::select(apdu::Directory directory) {
    if (directory == apdu::Directory::mf) {
        return select_fid("3F00");
    }
    auto const* const row = apdu::find_directory(apdu::layout_of(plan_.version), directory);
    if (row->name.empty()) {
        select(apdu::Directory::ssse); // it is seen from there alone
        return select_fid(hex_of(std::array{static_cast<std::uint8_t>(row->fid >> 8U),
                                            static_cast<std::uint8_t>(row->fid)}));
    }
    return ask(with_length("00A40400", hex_of(row->name)));
}

std::string Bench::select_fid(std::string_view fid) { return ask("00A4000002" + std::string{fid}); }

keys::Challenge Bench::challenge() {
    std::string const answer = send("0084000008");
    keys::Challenge challenge{};
    if (answer.ends_with("9000")) {
        apdu::copy_bytes(apdu::ByteView{apdu::bytes(answer)}.first(challenge.size()), challenge);
    }
    return challenge;
}

std::string Bench::authenticate(keys::KeyReference key, bool sends_version) {
    auto const original = challenge();
    auto const process = challenge();
    auto const proof = value_of(keys_.external_authentication(identity(), key, process, original));
    std::string data = hex_of(proof) + hex_of(original);
    if (sends_version) {
        data += hex_of(std::array{key.version});
    }
    std::uint8_t const p2 = keys::key_row(key.name).card_id.value();
    return send(with_length("008200" + hex_of(std::array{p2}), data));
}

std::string Bench::authenticate_mk(apdu::KeyName mk) {
    auto const random = challenge();
    auto const proof = value_of(keys_.mk_authentication(identity(), {mk}, random));
    return send(with_length("00820000", hex_of(proof) + hex_of(random)));
}

std::string Bench::verify(std::string_view digits) {
    return send(with_length("00200000", bcd(digits)));
}

std::string Bench::change_pin(std::string_view old_digits, std::string_view new_digits) {
    return send(with_length("805E0100", bcd(old_digits) + "FF" + bcd(new_digits)));
}

std::string Bench::reset_pin(std::string_view digits) {
    auto const pin = keys::Pin::from_digits(digits);
    auto const command = value_of(keys_.pin_reset_command(identity(), challenge(), pin.value()));
    return send(command.view());
}

std::vector<std::uint8_t> Bench::maced(std::string_view head, std::string_view data_hex,
                                       keys::KeyReference key) {
    auto const bytes = apdu::bytes(head);
    apdu::Command const header{apdu::Cla{bytes[0]}, static_cast<apdu::Ins>(bytes[1]), bytes[2],
                               bytes[3]};
    auto const data = apdu::bytes(data_hex);
    auto const command = value_of(keys_.maced_command(identity(), key, challenge(), header, data));
    return apdu::copy_of(command.view());
}

std::string hex_of(apdu::ByteView bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string hex;
    for (std::uint8_t const byte : bytes) {
        hex += digits[byte >> 4U];
        hex += digits[byte & 0x0FU];
    }
    return hex;
}

} // namespace virtual_card
