#include "keys/remote/operation_messages.hpp"

#include "keys/remote/json_fields.hpp"

#include <algorithm>

namespace keys::remote {
namespace {

/// Bytes of an answer at most: a whole short command.
constexpr std::size_t answer_size_max = apdu::short_command_size_max;
/// Rules and keys of one that a grant may name.
constexpr std::size_t rules_max = 64;

/// In the order of KeyFaultReason.
constexpr auto fault_names = std::to_array<std::string_view>(
    {"key_missing", "algorithm_unsupported", "back_end_failed", "key_held_back",
     "terminal_key_missing", "terminal_counter_refused", "pin_block_malformed", "back_end_absent",
     "back_end_lost", "level_too_low", "key_locked"});
static_assert(fault_names.size() == static_cast<std::size_t>(KeyFaultReason::key_locked) + 1);

/// What a log line bears: anything but printable ASCII, and what is too long, becomes "?".
std::string printable(std::string text) {
    text.resize(std::min(text.size(), FieldReader::text_size_max));
    for (char& c : text) {
        c = c > ' ' && c < '\x7F' ? c : '?';
    }
    return text;
}

Json json_of(CardIdentity const& card) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.text("algorithm", std::string{to_text(card.algorithm)});
    fields.text("region", hex_of(card.region));
    fields.bytes("historical", card.historical);
    return json;
}

bool is_packed_digits(std::span<std::uint8_t const> bytes) {
    for (std::uint8_t const byte : bytes) {
        if ((byte >> 4U) > 9 || (byte & 0x0FU) > 9) {
            return false;
        }
    }
    return true;
}

bool read_card(FieldReader& from, CardIdentity& into) {
    Json const* const json = from.member("card");
    if (json == nullptr) {
        return false;
    }
    FieldReader fields{*json};
    std::string algorithm;
    fields.text("algorithm", algorithm);
    fields.bytes("region", into.region);
    fields.bytes("historical", into.historical);
    auto const known = algorithm_from_text(algorithm);
    into.algorithm = known.value_or(Algorithm::des3);
    return fields.finish() && known && is_packed_digits(into.region);
}

Json json_of(StepRule const& rule) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.text("request", std::string{to_text(rule.request)});
    fields.number("times", rule.times);
    if (rule.header) {
        fields.bytes("header", *rule.header);
    }
    if (rule.under) {
        fields.key("under", *rule.under);
    }
    Json names = Json::array();
    for (std::size_t i = 0; i < rule.keys.size(); ++i) {
        if (rule.keys.test(i)) {
            names.push_back(std::string{apdu::to_text(static_cast<apdu::KeyName>(i))});
        }
    }
    json["keys"] = std::move(names);
    return json;
}

bool read_keys(FieldReader& from, KeyNames& into) {
    Json const* const names = from.member("keys");
    if (names == nullptr || !names->is_array() || names->size() > into.size()) {
        return false;
    }
    for (Json const& name : *names) {
        auto const* const text = name.get_ptr<std::string const*>();
        auto const key = text == nullptr ? std::nullopt : apdu::key_name_from_text(*text);
        if (!key) {
            return false;
        }
        into.set(static_cast<std::size_t>(*key));
    }
    return true;
}

std::optional<StepRule> read_rule(Json const& json) {
    FieldReader fields{json};
    StepRule rule{};
    std::string request;
    fields.text("request", request);
    fields.number("times", rule.times);
    if (fields.has("header")) {
        fields.bytes("header", rule.header.emplace());
    }
    if (fields.has("under")) {
        fields.key("under", rule.under.emplace());
    }
    bool const has_keys = read_keys(fields, rule.keys);
    auto const known = seam_request_from_text(request);
    if (!known || !has_keys || !fields.finish()) {
        return std::nullopt;
    }
    rule.request = *known;
    return rule;
}

/// An empty call of that kind.
template <std::size_t... kinds>
SeamCall call_of(SeamRequest request, std::index_sequence<kinds...> /*all*/) {
    SeamCall call;
    static_cast<void>(
        ((kinds == static_cast<std::size_t>(request) ? (call.emplace<kinds>(), true) : false) ||
         ...));
    return call;
}

bool read_call(FieldReader& fields, SeamCall& into) {
    std::string request;
    fields.text("request", request);
    auto const known = seam_request_from_text(request);
    if (!known) {
        return false;
    }
    into = call_of(*known, std::make_index_sequence<seam_request_count>{});
    std::visit([&](auto& call) { std::decay_t<decltype(call)>::describe(fields, call); }, into);
    return true;
}

std::optional<KeyFault> read_fault(FieldReader& fields, Algorithm algorithm) {
    std::string reason;
    KeyFault fault{KeyFaultReason::back_end_failed, apdu::KeyName::irk, algorithm, 1};
    fields.text("fault", reason);
    fields.key("key", fault.key);
    fields.number("version", fault.version);
    for (std::size_t i = 0; i < fault_names.size(); ++i) {
        if (fault_names.at(i) == reason) {
            fault.reason = static_cast<KeyFaultReason>(i);
            return fault;
        }
    }
    return std::nullopt;
}

/// Reads a message; what was a secret in it is wiped.
template <typename Read>
auto read_message(std::string_view text, Read const& read)
    -> decltype(read(std::declval<FieldReader&>())) {
    auto json = parse_message(text);
    if (!json) {
        return std::nullopt;
    }
    FieldReader fields{*json};
    auto message = read(fields);
    bool const is_whole = fields.finish();
    wipe_strings(*json);
    return is_whole ? std::move(message) : decltype(message){std::nullopt};
}

} // namespace

WipedText encode(OperationRequest const& request) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.text("purpose", std::string{to_text(request.purpose)});
    fields.text("requester", printable(request.requester));
    json["card"] = json_of(request.card);
    return message_text(std::move(json));
}

WipedText encode(OperationGrant const& grant) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.bytes("operation", grant.operation);
    fields.number("time_s", static_cast<std::uint32_t>(grant.time.count()));
    Json steps = Json::array();
    for (StepRule const& rule : grant.steps) {
        steps.push_back(json_of(rule));
    }
    json["steps"] = std::move(steps);
    return message_text(std::move(json));
}

WipedText encode(Step const& step) {
    Json json = Json::object();
    FieldWriter fields{json};
    fields.bytes("operation", step.operation);
    fields.number("step", step.number);
    json["card"] = json_of(step.card);
    fields.text("request", std::string{to_text(request_of(step.call))});
    std::visit([&](auto const& call) { std::decay_t<decltype(call)>::describe(fields, call); },
               step.call);
    return message_text(std::move(json));
}

WipedText encode_end(OperationId const& operation) {
    Json json = Json::object();
    FieldWriter{json}.bytes("operation", operation);
    return message_text(std::move(json));
}

WipedText encode(SeamAnswer const& answer) {
    Json json = Json::object();
    FieldWriter fields{json};
    if (answer.ok()) {
        fields.bytes("data", answer.value());
    } else {
        KeyFault const& fault = answer.error();
        fields.text("fault", std::string{fault_names.at(static_cast<std::size_t>(fault.reason))});
        fields.key("key", fault.key);
        fields.number("version", fault.version);
    }
    return message_text(std::move(json));
}

std::optional<OperationRequest> parse_operation_request(std::string_view text) {
    return read_message(text, [](FieldReader& fields) -> std::optional<OperationRequest> {
        OperationRequest request;
        std::string purpose;
        fields.text("purpose", purpose);
        fields.text("requester", request.requester);
        auto const known = card_purpose_from_text(purpose);
        bool const is_printable = request.requester == printable(request.requester);
        if (!read_card(fields, request.card) || !known || !is_printable) {
            return std::nullopt;
        }
        request.purpose = *known;
        return request;
    });
}

std::optional<OperationGrant> parse_operation_grant(std::string_view text) {
    return read_message(text, [](FieldReader& fields) -> std::optional<OperationGrant> {
        OperationGrant grant;
        std::uint32_t time_s = 0;
        fields.bytes("operation", grant.operation);
        fields.number("time_s", time_s);
        grant.time = std::chrono::seconds{time_s};
        Json const* const steps = fields.member("steps");
        if (steps == nullptr || !steps->is_array() || steps->size() > rules_max) {
            return std::nullopt;
        }
        for (Json const& json : *steps) {
            auto rule = read_rule(json);
            if (!rule) {
                return std::nullopt;
            }
            grant.steps.push_back(*rule);
        }
        return grant;
    });
}

std::optional<Step> parse_step(std::string_view text) {
    return read_message(text, [](FieldReader& fields) -> std::optional<Step> {
        Step step;
        fields.bytes("operation", step.operation);
        fields.number("step", step.number);
        if (!read_card(fields, step.card) || !read_call(fields, step.call)) {
            return std::nullopt;
        }
        return step;
    });
}

std::optional<OperationId> parse_end(std::string_view text) {
    return read_message(text, [](FieldReader& fields) -> std::optional<OperationId> {
        OperationId operation{};
        fields.bytes("operation", operation);
        return operation;
    });
}

std::optional<SeamAnswer> parse_answer(std::string_view text, Algorithm algorithm) {
    return read_message(text, [&](FieldReader& fields) -> std::optional<SeamAnswer> {
        if (fields.has("data")) {
            std::vector<std::uint8_t> data;
            fields.data("data", data, answer_size_max);
            return SeamAnswer{std::move(data)};
        }
        auto const fault = read_fault(fields, algorithm);
        return fault ? std::optional{SeamAnswer{*fault}} : std::nullopt;
    });
}

} // namespace keys::remote
