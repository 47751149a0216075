#include "tests/host/personalization/office.hpp"

#include "keys/file/key_file.hpp"

#include <algorithm>
#include <stdexcept>

namespace personalization {
namespace {

keys::file::KeyFile read_test_keys() {
    auto file = keys::file::read_key_file(std::string{SSCARD_TEST_VECTORS} + "/test_keys.json");
    if (!file.ok()) {
        throw std::runtime_error{"the test keys cannot be read"};
    }
    return std::move(file).value();
}

virtual_card::CardMemory memory_of(virtual_card::MakingResult made) {
    if (!made.ok()) {
        throw std::runtime_error{made.error().front()};
    }
    return std::move(made).value().memory;
}

/// FF D8 FF and more: the start of a JPEG image of 300 bytes, in base64.
std::string photo_base64() { return "/9j/" + std::string(396, 'A'); }

} // namespace

std::string zhang_san_everywhere() {
    std::string record{zhang_san};
    record.pop_back();
    return record + R"(,
    "fingerprint": "AQIDBA==",
    "photo": ")" +
           photo_base64() + R"(",
    "residence": {"residence_address": "北京市东城区和平里一号", "residence_region": "110101",
                  "phone": "13800000000"},
    "personal_status": {"employment_state": "1"},
    "marital_status": {"marital_status": "2"},
    "employer": {"employer_name": "某某有限公司"},
    "education": {"education": "21",
                  "degree": [{"degree_code": "403", "major": "080901", "school": "某某大学"},
                             {"degree_code": "303", "school": "某某学院"}]},
    "reserved_1": "AAEC",
    "employment_history": [
        {"occupation": "2020101", "start_date": "2022-01-01", "employer_name": "新单位"},
        {"occupation": "2020102", "start_date": "2020-01-01", "end_date": "2021-12-31",
         "employer_name": "旧单位"}],
    "pension_insurance": {"insurance_kind": "110", "insured_region": "110101"},
    "medical_insurance": {"insurance_kind_and_marks": "31000000", "insured_region": "110101"},
    "offline_settlement": {"offline_permitted": "1", "total_amount_fen": "00000000"},
    "health": {"health_state": "1"}})";
}

PersonRecord record_of(std::string_view json) {
    CheckedRecord checked = PersonRecord::check(json, apdu::TextProfile::gbk);
    if (!checked.record) {
        throw std::runtime_error{checked.problems.front().where + ": " +
                                 checked.problems.front().code + ": " +
                                 checked.problems.front().detail};
    }
    return *std::move(checked.record);
}

keys::Pin pin_of(std::string_view digits) {
    auto pin = keys::Pin::from_digits(digits);
    if (!pin.ok()) {
        throw std::runtime_error{"no PIN"};
    }
    return std::move(pin).value();
}

keys::MasterKeySet test_masters() {
    static keys::file::KeyFile const file = read_test_keys();
    return file.masters();
}

std::vector<keys::MasterKey> masters_without(std::vector<apdu::KeyName> names) {
    std::vector<keys::MasterKey> kept;
    keys::file::KeyFile file = read_test_keys();
    for (keys::MasterKey& key : file.keys) {
        if (std::find(names.begin(), names.end(), key.name) == names.end()) {
            kept.push_back(std::move(key));
        }
    }
    return kept;
}

virtual_card::CardPlan card_plan(CardKind kind) {
    virtual_card::CardPlan plan;
    plan.version = kind.version;
    plan.algorithm = kind.algorithm;
    return plan;
}

virtual_card::CardMemory bare_chip(CardKind kind) {
    return memory_of(virtual_card::make_bare(card_plan(kind), test_masters()));
}

virtual_card::CardMemory blank(CardKind kind) {
    return memory_of(virtual_card::make_blank(card_plan(kind), test_masters()));
}

PersonalizationRequest request_for(Stage stage, CardKind kind) {
    PersonalizationRequest request{.stage = stage, .default_pin = pin_of("123456")};
    if (stage != Stage::data) {
        request.version = kind.version;
        request.algorithm = kind.algorithm;
        request.region = "639900";
    }
    if (stage != Stage::structure) {
        request.person = record_of(zhang_san);
    }
    return request;
}

apdu::Result<std::size_t> TamperedConnection::transmit(apdu::ByteView command,
                                                       apdu::ByteSpan response) {
    auto const size = card_.transmit(command, response);
    if (!size.ok() || !tampering_) {
        return size;
    }
    apdu::ByteView const view = apdu::ByteView{response}.first(size.value());
    std::vector<std::uint8_t> answer{view.begin(), view.end()};
    tampering_(command, answer);
    if (answer.size() > response.size()) {
        return apdu::Error::too_long;
    }
    apdu::copy_bytes(answer, response);
    return answer.size();
}

Office::Office(virtual_card::CardMemory memory, std::vector<virtual_card::Fault> faults,
               keys::MasterKeySet masters)
    : connection_{std::move(memory), std::move(faults)}, keys_{cipher_, masters}, channel_{
                                                                                      tampered_} {}

session::Outcome<Report> Office::personalize(PersonalizationRequest const& request,
                                             Progress const& progress,
                                             TransportKeyRefusals* refusals) {
    return personalization::personalize(channel_, keys_, *makings_, request, progress, refusals);
}

session::Outcome<VoidedCard> Office::void_card(std::string const& reason,
                                               keys::CardIdentity const* likely) {
    return personalization::void_card(channel_, keys_, *makings_, t514(), likely, reason);
}

} // namespace personalization
