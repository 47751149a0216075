// Any order of commands, from a terminal that has the keys and uses them at any time, with the
// power cut at any writes of the memory: bare chip, blank and live card answer each with a status
// word, never crash, never grow beyond the chip and have a memory that can be kept.
#include "tests/fuzz/host/fuzzed_cards.hpp"

#include "host/virtual/local_connection.hpp"
#include "host/virtual/state_file.hpp"

#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

namespace {

using namespace virtual_card;

constexpr std::string_view person = R"({"holder_basic_data": {"sex": "1"}})";

/// bare, blank and live of both algorithms.
CardMemory const& starting_memory(unsigned choice) {
    static std::vector<CardMemory> const cards = [] {
        std::vector<CardMemory> all;
        for (bool const is_sm4 : {false, true}) {
            CardPlan const plan = fuzz_plan(is_sm4);
            all.push_back(make_bare(plan, fuzz_masters()).value().memory);
            all.push_back(make_blank(plan, fuzz_masters()).value().memory);
            all.push_back(make_personalized(plan, fuzz_masters(), person).value().memory);
        }
        return all;
    }();
    return cards[choice % cards.size()];
}

/// Reads the fuzzer's bytes.
class Input {
public:
    explicit Input(apdu::ByteView bytes) : rest_{bytes} {}
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    std::uint8_t byte() { return at_end() ? 0 : take(1).front(); }
    apdu::ByteView take(std::size_t size) {
        auto const taken = rest_.first(std::min(size, rest_.size()));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }

private:
    apdu::ByteView rest_;
};

/// The terminal: raw commands, and those that need keys.
class Terminal {
public:
    Terminal(unsigned choice, std::vector<Fault> cuts)
        : identity_{fuzz_plan(choice % 6 >= 3).identity()}, connection_{starting_memory(choice),
                                                                        std::move(cuts)} {}

    /// What a cut has left can be kept.
    void end() const {
        apdu::require(!was_cut_ || memory_from_state(state_text(connection_.memory())).ok());
    }

    void step(Input& input) {
        switch (input.byte() % 8) {
        case 0:
            (void)connection_.reset();
            break;
        case 1:
            authenticate({static_cast<apdu::KeyName>(input.byte() % apdu::key_name_count),
                          static_cast<std::uint8_t>(input.byte() % 3 + 1)});
            break;
        case 2:
            authenticate_mk(static_cast<apdu::KeyName>(input.byte() % apdu::key_name_count));
            break;
        case 3:
            send_with_mac(input);
            break;
        case 4:
            prove_transport_key();
            break;
        case 5:
            load_temporary_mk();
            break;
        default:
            send(input.take(input.byte()));
            break;
        }
        apdu::require(memory_size(connection_.memory()) <= memory_size_max);
    }

private:
    std::vector<std::uint8_t> send(apdu::ByteView command) {
        std::array<std::uint8_t, 258> response{};
        auto const size = connection_.transmit(command, response);
        if (!size.ok()) {
            apdu::require(size.error() == apdu::Error::card_mute);
            connection_.insert();
            was_cut_ = true;
            return {};
        }
        apdu::require(size.value() >= 2);
        return {response.begin(), response.begin() + static_cast<std::ptrdiff_t>(size.value())};
    }

    keys::Challenge challenge() {
        constexpr std::array<std::uint8_t, 5> command{0x00, 0x84, 0x00, 0x00, 0x08};
        auto const answer = send(command);
        keys::Challenge challenge{};
        if (answer.size() > challenge.size()) {
            apdu::copy_bytes(apdu::ByteView{answer}.first(challenge.size()), challenge);
        }
        return challenge;
    }

    void send_authentication(std::uint8_t p2, keys::KeyResult<keys::AuthenticationData> const& data,
                             keys::Challenge const& original) {
        if (!data.ok()) {
            return;
        }
        std::vector<std::uint8_t> command{0x00, 0x82, 0x00, p2, 0x10};
        command.insert(command.end(), data.value().begin(), data.value().end());
        command.insert(command.end(), original.begin(), original.end());
        send(command);
    }

    void authenticate(keys::KeyReference key) {
        auto const original = challenge();
        auto const process = challenge();
        send_authentication(keys::key_row(key.name).card_id.value_or(0),
                            keys_.external_authentication(identity_, key, process, original),
                            original);
    }

    void authenticate_mk(apdu::KeyName name) {
        auto const random = challenge();
        send_authentication(0x00, keys_.mk_authentication(identity_, {name}, random), random);
    }

    void send_with_mac(Input& input) {
        keys::KeyReference const key{
            static_cast<apdu::KeyName>(input.byte() % apdu::key_name_count)};
        auto const header = input.take(4);
        auto const data = input.take(input.byte() % 64);
        if (header.size() < 4) {
            return;
        }
        apdu::Command const command{apdu::Cla{header[0]}, static_cast<apdu::Ins>(header[1]),
                                    header[2], header[3]};
        auto const secured = keys_.maced_command(identity_, key, challenge(), command, data);
        if (secured.ok()) {
            send(secured.value().view());
        }
    }

    void prove_transport_key() {
        auto const proof = keys_.transport_proof(identity_);
        std::vector<std::uint8_t> command{0x80, 0xE0, 0x03, 0x00, 0x08};
        command.insert(command.end(), proof.value().begin(), proof.value().end());
        send(command);
    }

    void load_temporary_mk() {
        auto const command =
            keys_.temporary_mk_command(identity_, {0x00, 0x00, 0x01, 0xEF, 0x33, 0x00, 0xFF, 0x10});
        std::array<std::uint8_t, 258> response{};
        (void)command.value().transmit(connection_, response);
    }

    keys::CardIdentity identity_;
    LocalConnection connection_;
    bool was_cut_ = false;
    keys::openssl::EvpCipher cipher_{};
    keys::SoftwareKeyService keys_{cipher_, fuzz_masters()};
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    Input input{{data, size}};
    unsigned const choice = input.byte();
    std::vector<Fault> cuts;
    for (FaultKind const kind : {FaultKind::cut_write, FaultKind::torn_write}) {
        cuts.push_back({.kind = kind, .at = std::size_t{input.byte()} + 1});
    }
    Terminal terminal{choice, std::move(cuts)};
    while (!input.at_end()) {
        terminal.step(input);
    }
    terminal.end();
    return 0;
}
