#include "host/audit/minutes_text.hpp"

#include "host/store/text_digest.hpp"

#include <nlohmann/json.hpp>

#include <array>

namespace audit {
namespace {

using Json = nlohmann::ordered_json;

constexpr auto acts =
    std::to_array<std::string_view>({"ceremony", "rotation", "destruction", "backup", "restore",
                                     "initial_key", "generation", "provisioning"});
constexpr auto outcomes =
    std::to_array<std::string_view>({"done", "aborted", "expired", "failed", "interrupted"});

std::string compact(Json const& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

Json json_of(KeyEntry const& key) {
    Json json{{"name", key.name}, {"tier", key.tier}, {"algorithm", key.algorithm}};
    json["version"] = key.version ? Json(*key.version) : Json(nullptr);
    json["check_value"] = key.check_value;
    return json;
}

Json json_of(Minutes const& minutes) {
    Json custodians = Json::array();
    for (CustodianEntry const& one : minutes.custodians) {
        custodians.push_back(Json{{"name", one.name}, {"check_value", one.check_value}});
    }
    Json keys = Json::array();
    for (KeyEntry const& key : minutes.keys) {
        keys.push_back(json_of(key));
    }
    return Json{{"number", minutes.number},
                {"act", std::string{to_text(minutes.act)}},
                {"outcome", std::string{to_text(minutes.outcome)}},
                {"fault", minutes.fault},
                {"began_at", minutes.began_at},
                {"ended_at", minutes.ended_at},
                {"operator", minutes.operator_user},
                {"custodians", custodians},
                {"witnesses", minutes.witnesses},
                {"origin", minutes.origin},
                {"keys", keys},
                {"test", minutes.test},
                {"remark", minutes.remark},
                {"store", minutes.store},
                {"machine", minutes.machine},
                {"region", minutes.region},
                {"software", minutes.software},
                {"previous", minutes.previous}};
}

template <typename E, std::size_t size>
E value_named(std::array<std::string_view, size> const& names, std::string const& name) {
    for (std::size_t i = 0; i < size; ++i) {
        if (names[i] == name) {
            return static_cast<E>(i);
        }
    }
    throw std::out_of_range{name}; // as the library does where a member is missing
}

KeyEntry key_from(Json const& json) {
    KeyEntry key{json.at("name"), json.at("tier"), json.at("algorithm"), std::nullopt,
                 json.at("check_value")};
    if (!json.at("version").is_null()) {
        key.version = json.at("version").get<std::uint8_t>();
    }
    return key;
}

Minutes minutes_from(Json const& json) {
    Minutes read;
    read.number = json.at("number").get<std::uint32_t>();
    read.act = value_named<Act>(acts, json.at("act"));
    read.outcome = value_named<ActOutcome>(outcomes, json.at("outcome"));
    read.fault = json.at("fault");
    read.began_at = json.at("began_at");
    read.ended_at = json.at("ended_at");
    read.operator_user = json.at("operator");
    for (Json const& one : json.at("custodians")) {
        read.custodians.push_back({one.at("name"), one.at("check_value")});
    }
    read.witnesses = json.at("witnesses").get<std::vector<std::string>>();
    read.origin = json.at("origin");
    for (Json const& key : json.at("keys")) {
        read.keys.push_back(key_from(key));
    }
    read.test = json.at("test").get<bool>();
    read.remark = json.at("remark");
    read.store = json.at("store");
    read.machine = json.at("machine");
    read.region = json.at("region");
    read.software = json.at("software");
    read.previous = json.at("previous");
    return read;
}

} // namespace

std::string_view to_text(Act act) { return acts.at(static_cast<std::size_t>(act)); }

std::string_view to_text(ActOutcome outcome) {
    return outcomes.at(static_cast<std::size_t>(outcome));
}

std::string SignedMinutes::digest() const { return store::digest_of(signed_text); }

std::string text_to_sign(Minutes const& minutes) { return compact(json_of(minutes)); }

std::string file_text(SignedMinutes const& minutes) {
    Json const signature{
        {"algorithm", "Ed25519"}, {"public_key", minutes.public_key}, {"value", minutes.signature}};
    return R"({"minutes":)" + minutes.signed_text + R"(,"signature":)" + compact(signature) + "}\n";
}

AuditResult<SignedMinutes> parse_minutes(std::string_view text) {
    AuditFault const damaged{AuditFaultCode::damaged, "no minutes"};
    if (text.size() > minutes_size_max) {
        return damaged;
    }
    try {
        Json const json = Json::parse(text);
        Json const& signature = json.at("signature");
        if (signature.at("algorithm") != "Ed25519") {
            return damaged;
        }
        Json const& minutes = json.at("minutes");
        SignedMinutes read{minutes_from(minutes), compact(minutes), signature.at("public_key"),
                           signature.at("value")};
        // One spelling only: nothing stands beside what is signed and read.
        bool const is_whole =
            text_to_sign(read.minutes) == read.signed_text &&
            (file_text(read) == text || file_text(read) == std::string{text} + '\n');
        return is_whole ? AuditResult<SignedMinutes>{std::move(read)} : damaged;
    } catch (std::exception const&) { // the library's, and where a name is unknown
        return damaged;
    }
}

} // namespace audit
