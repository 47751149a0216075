#include "host/virtual/contact_options.hpp"
#include "host/virtual/given_texts.hpp"
#include "host/virtual/idle_faults.hpp"

#include "host/virtual/json_members.hpp"

#include <algorithm>

namespace virtual_card {
namespace {

constexpr std::string_view default_endpoint = "127.0.0.1:35963";
constexpr std::string_view default_back_after = "1s";
constexpr unsigned cards_max = 64;
constexpr std::size_t serial_size = 4;

/// Turns texts into values and gathers what is wrong with them.
class OptionReading {
public:
    explicit OptionReading(GivenTexts const& given) : given_{given} {}

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
        read_line_time(options);
        read_contact_options(given_, options, wrong_);
        for (std::string& text : idle_faults(given_, options)) {
            refuse(std::move(text));
        }
        return options;
    }
    CardOptions psam_options() {
        CardOptions options;
        options.form = StartingForm::psam;
        options.keys = given_.keys;
        options.traces = given_.trace;
        read_psam(options.psam);
        read_endpoints(options.endpoints);
        read_faults(options);
        read_line_time(options);
        read_contact_options(given_, options, wrong_);
        for (std::string& text : idle_faults(given_, options)) {
            refuse(std::move(text));
        }
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

    void read_psam(PsamPlan& plan) {
        if (given_.keys.empty()) {
            refuse("--keys is wanted: a PSAM holds keys");
        }
        read_fixed("--terminal", given_.terminal, plan.terminal_number);
        bool const is_3des = given_.algorithm == "3DES";
        bool const is_sm4 = given_.algorithm == "SM4";
        if (!is_3des && !is_sm4 && !given_.algorithm.empty()) {
            refuse("--algorithm " + given_.algorithm + ": 3DES or SM4 is wanted");
        }
        plan.has_des3 = !is_sm4;
        plan.has_sm4 = !is_3des;
        if (given_.level != "city" && given_.level != "province") {
            refuse("--level " + given_.level + ": city or province is wanted");
        }
        plan.tier = given_.level == "province" ? keys::Tier::province : keys::Tier::city;
        if (given_.key_version < 1 || given_.key_version > keys::key_version_max) {
            refuse("--key-version " + std::to_string(given_.key_version) + ": 1 to 3 is wanted");
        }
        plan.key_version = static_cast<std::uint8_t>(given_.key_version);
        read_keys("--without-key", given_.without_keys, plan.without_keys);
        read_keys("--enciphering-key", given_.enciphering_keys, plan.enciphering_keys);
    }

    void read_keys(std::string const& option, std::vector<std::string> const& texts,
                   std::vector<apdu::KeyName>& names) {
        for (std::string const& text : texts) {
            auto const name = apdu::key_name_from_text(text);
            if (!name) {
                refuse(std::string{option}.append(" ").append(text).append(": no such key"));
                continue;
            }
            names.push_back(*name);
        }
    }

    template <std::size_t size>
    void read_fixed(std::string const& name, std::string const& hex,
                    std::array<std::uint8_t, size>& out) {
        auto const bytes = bytes_from_hex(hex);
        bool const is_decimal = hex.find_first_not_of("0123456789") == std::string::npos;
        bool const wants_decimal = name == "--region" || name == "--terminal";
        if (!bytes || bytes->size() != size || (wants_decimal && !is_decimal)) {
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
        std::string const text = given_.back_after.value_or(std::string{default_back_after});
        if (text == "never") {
            return;
        }
        auto const back_after = parse_duration(text);
        if (!back_after.ok()) {
            refuse("--back-after " + text + ": 500ms, 2s or never is wanted");
            return;
        }
        options.back_after = back_after.value();
    }

    void read_line_time(CardOptions& options) {
        if (!given_.line_time) {
            return;
        }
        auto const line_time = parse_line_time(*given_.line_time);
        if (!line_time.ok()) {
            refuse("--line-time " + line_time.error());
            return;
        }
        options.line_time = line_time.value();
    }

    GivenTexts const& given_;
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

apdu::Result<CardOptions, std::vector<std::string>> read_options(GivenTexts const& given) {
    OptionReading reading{given};
    auto options = reading.options();
    if (!reading.wrong().empty()) {
        return reading.wrong();
    }
    return options;
}

apdu::Result<CardOptions, std::vector<std::string>> read_psam_options(GivenTexts const& given) {
    OptionReading reading{given};
    auto options = reading.psam_options();
    if (!reading.wrong().empty()) {
        return reading.wrong();
    }
    return options;
}

} // namespace virtual_card
