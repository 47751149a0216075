#include "host/virtual/options.hpp"

#include "host/virtual/json_members.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <iostream>

namespace virtual_card {
namespace {

constexpr std::string_view default_endpoint = "127.0.0.1:35963";
constexpr unsigned cards_max = 64;
constexpr std::size_t serial_size = 4;

constexpr auto footer = R"(
What a card is:
  --bare          a bare chip under its transport key, for the structure stage
  --blank         an office's blank: all files and keys, default PIN, no person; for the data stage
  --person FILE   a live card, of a JSON record {file: {item: value}}, such as
                  {"holder_basic_data": {"name": "张三"}}
  --foreign KIND  no social security card at all: for trying that it is refused
With --state FILE a card that was there before goes on from the file, whatever else is said; a new
one is written there. Every command that changes a card's memory changes the file before the answer.

Faults (--fault, as often as wanted; @N: at the N-th command, GET RESPONSE counted):
  mute  mute@5               no answer until the next reset; without @N to no reset either
  slow:500ms  slow:2s@3      answers late
  status:6F00@12             answers that status word instead of carrying the command out
  wrong-mac                  MACs to and from the card are spoiled: it answers 6988, 9302
  wrong-authentication       its answer to INTERNAL AUTHENTICATE is wrong
  removal@7  power-cut@9     out of the reader, or off, before that command; see --back-after
  removal-after@7  power-cut-after@9   the same after the command, before its answer
  cut-write@11  torn-write@11          off before, or in the middle of, the N-th write of its
                             memory; what was written until then stands (see --anti-tearing)

Examples:
  sscard-virtual card --version 3.00 --blank --keys test_keys.json --state blank.state
  sscard-virtual card --version 2.00 --person zhang_san.json --keys test_keys.json --trace
  sscard-virtual card --bare --keys test_keys.json --count 8      (ports 35963 to 35970)

Prints "attached: HOST:PORT" each time a card has come into its reader, and runs until SIGTERM or
SIGINT. Exit status: 0 ended by a signal, 1 a card could not be made or gone on with, 2 wrong
arguments.)";

/// Texts as they were given, before they are looked at.
struct Given {
    std::string version = "3.00";
    std::string algorithm{};
    bool bare = false;
    bool blank = false;
    std::vector<std::string> persons{};
    std::string foreign{};
    std::string keys{};
    std::string state{};
    std::vector<std::string> endpoints{};
    unsigned count = 1;
    std::string region = "639900";
    std::string reset_info{};
    std::string pin = "123456";
    unsigned pin_tries = 6;
    std::vector<std::string> faults{};
    std::string back_after = "1s";
    bool anti_tearing = false;
    bool trace = false;
};

void add_options(CLI::App& card, Given& given) {
    card.add_option("--version", given.version, "specification version: 1.00, 2.00, 3.00")
        ->capture_default_str();
    card.add_option("--algorithm", given.algorithm, "3DES or SM4; else SM4 for 3.00, 3DES before");
    card.add_flag("--bare", given.bare, "a bare chip");
    card.add_flag("--blank", given.blank, "an office's blank card");
    card.add_option("--person", given.persons,
                    "a live card with this person's record; again for further cards")
        ->type_name("FILE");
    card.add_option("--foreign", given.foreign, "another card: bank or sim");
    card.add_option("--keys", given.keys, "master keys that the card's keys come from, in JSON")
        ->type_name("FILE");
    card.add_option("--state", given.state, "keeps the card's memory; .1, .2 … with several cards")
        ->type_name("FILE");
    card.add_option("--vpcd", given.endpoints,
                    "where vpcd listens; again for further cards [127.0.0.1:35963]")
        ->type_name("HOST:PORT");
    card.add_option("--count", given.count, "so many cards, on ports one after the other")
        ->capture_default_str();
    card.add_option("--region", given.region, "issuing city, 6 digits")->capture_default_str();
    card.add_option("--reset-info", given.reset_info,
                    "the 13 historical bytes; each further card's serial is one more")
        ->type_name("HEX");
    card.add_option("--pin", given.pin, "default PIN; none: empty")->capture_default_str();
    card.add_option("--pin-tries", given.pin_tries, "1 to 14")->capture_default_str();
    card.add_option("--fault", given.faults, "what goes wrong, see below")->type_name("FAULT");
    card.add_option("--back-after", given.back_after,
                    "when a removed card comes back, or never: 500ms, 2s, never")
        ->capture_default_str();
    card.add_flag("--anti-tearing", given.anti_tearing,
                  "a command whose writes are cut off is undone as a whole");
    card.add_flag("--trace", given.trace,
                  "headers, lengths and status words to stderr, never data");
    card.footer(std::string{footer});
}

/// Turns texts into values and gathers what is wrong with them.
class Reading {
public:
    explicit Reading(Given const& given) : given_{given} {}

    CardOptions options() {
        CardOptions options;
        read_plan(options.plan);
        read_form(options);
        options.keys = given_.keys;
        options.state = given_.state;
        options.traces = given_.trace;
        options.anti_tearing = given_.anti_tearing ? AntiTearing::undo : AntiTearing::none;
        read_endpoints(options.endpoints);
        read_faults(options);
        return options;
    }
    [[nodiscard]] std::vector<std::string> const& wrong() const { return wrong_; }

private:
    void refuse(std::string text) { wrong_.push_back(std::move(text)); }

    void read_plan(CardPlan& plan) {
        auto const version = apdu::spec_version_from_text(given_.version);
        if (!version || apdu::to_text(*version) != given_.version) {
            refuse("--version " + given_.version + ": 1.00, 2.00 or 3.00 is wanted");
        }
        plan.version = version.value_or(plan.version);
        plan.algorithm =
            plan.version == apdu::SpecVersion::v3_00 ? keys::Algorithm::sm4 : keys::Algorithm::des3;
        auto const algorithm = keys::algorithm_from_text(given_.algorithm);
        if (algorithm && *algorithm != keys::Algorithm::ssf33) {
            plan.algorithm = *algorithm;
        } else if (!given_.algorithm.empty()) {
            refuse("--algorithm " + given_.algorithm + ": 3DES or SM4 is wanted");
        }
        read_fixed("--region", given_.region, plan.region);
        if (!given_.reset_info.empty()) {
            read_fixed("--reset-info", given_.reset_info, plan.historical);
        }
        plan.pin = given_.pin == "none" ? "" : given_.pin;
        plan.pin_tries = static_cast<std::uint8_t>(std::min(given_.pin_tries, 0xFFU));
    }

    template <std::size_t size>
    void read_fixed(std::string const& name, std::string const& hex,
                    std::array<std::uint8_t, size>& out) {
        auto const bytes = bytes_from_hex(hex);
        bool const is_decimal = hex.find_first_not_of("0123456789") == std::string::npos;
        if (!bytes || bytes->size() != size || (name == "--region" && !is_decimal)) {
            refuse(name + " " + hex + ": " + std::to_string(2 * size) + " digits are wanted");
            return;
        }
        apdu::copy_bytes(*bytes, out);
    }

    void read_form(CardOptions& options) {
        int const forms = (given_.bare ? 1 : 0) + (given_.blank ? 1 : 0) +
                          (given_.persons.empty() ? 0 : 1) + (given_.foreign.empty() ? 0 : 1);
        if (forms > 1 || (forms == 0 && given_.state.empty())) {
            refuse("one of --bare, --blank, --person and --foreign is wanted");
        }
        if (given_.bare) {
            options.form = StartingForm::bare;
        } else if (given_.blank) {
            options.form = StartingForm::blank;
        } else if (!given_.persons.empty()) {
            options.form = StartingForm::personalized;
        } else if (!given_.foreign.empty()) {
            options.form = StartingForm::foreign;
            read_foreign(options.foreign);
        }
        options.persons.assign(given_.persons.begin(), given_.persons.end());
    }

    void read_foreign(ForeignKind& kind) {
        if (given_.foreign != "bank" && given_.foreign != "sim") {
            refuse("--foreign " + given_.foreign + ": bank or sim is wanted");
        }
        kind = given_.foreign == "sim" ? ForeignKind::sim : ForeignKind::bank;
    }

    void read_endpoints(std::vector<Endpoint>& endpoints) {
        std::vector<std::string> texts = given_.endpoints;
        if (texts.empty()) {
            texts.emplace_back(default_endpoint);
        }
        for (std::string const& text : texts) {
            auto const endpoint = Endpoint::parse(text);
            if (!endpoint) {
                refuse("--vpcd " + text + ": HOST:PORT is wanted");
                return;
            }
            endpoints.push_back(*endpoint);
        }
        if (given_.count == 0 || given_.count > cards_max ||
            (given_.count > 1 && endpoints.size() > 1)) {
            refuse("--count: 1 to 64 cards behind one --vpcd are possible");
            return;
        }
        if (endpoints.front().port > 0xFFFFU - (given_.count - 1)) {
            refuse("--count: there are no " + std::to_string(given_.count) + " ports from " +
                   std::to_string(endpoints.front().port) + " on");
            return;
        }
        for (unsigned i = 1; i < given_.count; ++i) {
            Endpoint next = endpoints.front();
            next.port = static_cast<std::uint16_t>(next.port + i);
            endpoints.push_back(next);
        }
    }

    void read_faults(CardOptions& options) {
        for (std::string const& text : given_.faults) {
            auto const fault = parse_fault(text);
            if (!fault.ok()) {
                refuse("--fault " + text + ": no such fault; see --help");
                continue;
            }
            options.faults.push_back(fault.value());
        }
        if (given_.back_after == "never") {
            return;
        }
        auto const back_after = parse_duration(given_.back_after);
        if (!back_after.ok()) {
            refuse("--back-after " + given_.back_after + ": 500ms, 2s or never is wanted");
            return;
        }
        options.back_after = back_after.value();
    }

    Given const& given_;
    std::vector<std::string> wrong_{};
};

} // namespace

CardPlan CardOptions::plan_of(std::size_t card) const {
    CardPlan numbered = plan;
    apdu::ByteSpan const serial = apdu::ByteSpan{numbered.historical}.last(serial_size);
    std::size_t carry = card;
    for (std::size_t i = serial_size; i > 0; --i) {
        carry += serial[i - 1];
        serial[i - 1] = static_cast<std::uint8_t>(carry);
        carry >>= 8U;
    }
    return numbered;
}

std::filesystem::path CardOptions::state_of(std::size_t card) const {
    if (state.empty() || endpoints.size() == 1) {
        return state;
    }
    std::filesystem::path numbered = state;
    numbered += "." + std::to_string(card + 1);
    return numbered;
}

CommandLine parse_command_line(int argc, char const* const* argv) {
    CLI::App app{"Virtual cards for trying and testing without hardware.", "sscard-virtual"};
    app.require_subcommand(1);
    Given given;
    auto* const card =
        app.add_subcommand("card", "social security cards in virtual readers of vpcd");
    add_options(*card, given);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        int const status = app.exit(error, std::cout, std::cerr);
        return Exit{status == 0 ? exit_ended : exit_usage};
    }
    Reading reading{given};
    auto options = reading.options();
    for (std::string const& text : reading.wrong()) {
        std::cerr << "sscard-virtual: " << text << '\n';
    }
    if (!reading.wrong().empty()) {
        return Exit{exit_usage};
    }
    return options;
}

} // namespace virtual_card
