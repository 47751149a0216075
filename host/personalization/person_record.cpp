#include "host/personalization/person_record.hpp"

#include "host/personalization/card_items.hpp"
#include "host/personalization/cross_checks.hpp"
#include "host/personalization/file_content.hpp"
#include "host/personalization/holder_name.hpp"

#include "apdu/name_items.hpp"
#include "apdu/require.hpp"

#include <iterator>
#include <utility>

namespace personalization {
namespace {

/// The files that a record may name, told to whoever named another.
std::string writable_files() {
    std::string names;
    for (apdu::DedicatedFile const& directory : record_layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            if (is_writable(file)) {
                names += (names.empty() ? "" : ", ") + std::string{file.name};
            }
        }
    }
    return names;
}

void refuse_unknown_files(Json const& record, Findings& findings) {
    for (auto const& member : record.items()) {
        bool known = false;
        for (apdu::DedicatedFile const& directory : record_layout().directories) {
            for (apdu::ElementaryFile const& file : directory.files) {
                known = known || file.name == member.key();
            }
        }
        if (!known) {
            findings.problems.push_back(
                {below("", member.key()), "unknown_file", "a card has " + writable_files()});
        }
    }
}

/// Nothing, or nothing but spaces.
bool is_empty_text(Json const& value) {
    return value.is_string() &&
           value.get_ref<std::string const&>().find_first_not_of(' ') == std::string::npos;
}

void require_items(Json const& record, Findings& findings) {
    for (SsseItem const& required : required_items) {
        apdu::ElementaryFile const& file = ssse_file(required.fid);
        apdu::Item const& item = item_of(file, required.tag);
        std::string const where = below(below("", file.name), item.name);
        auto const members = record.find(file.name);
        if (members == record.end() || (members->is_object() && !members->contains(item.name))) {
            findings.problems.push_back({where, "missing", std::string{item.label_zh}});
        } else if (members->is_object() && is_empty_text(members->at(std::string{item.name}))) {
            findings.problems.push_back({where, "missing", "is empty"});
        }
    }
}

/// Lets a name that is longer than its item go on in the name extension.
void spread_name(Json& record, apdu::TextProfile profile, Findings& findings) {
    apdu::ElementaryFile const& file = ssse_file(holder_data_fid);
    apdu::Item const& item = item_of(file, item_tag::name);
    std::string const extension_name{item_of(file, item_tag::name_extension).name};
    auto const members = record.find(file.name);
    if (members == record.end() || !members->is_object()) {
        return;
    }
    auto const given = members->find(item.name);
    if (given == members->end() || !given->is_string()) {
        return;
    }
    auto const name = given->get<std::string>();
    std::string const where = below(below("", file.name), item.name);
    Problems problems = name_problems(where, name, item, profile);
    if (!problems.empty()) {
        std::move(problems.begin(), problems.end(), std::back_inserter(findings.problems));
        *given = ""; // told now, and not again as an item
        return;
    }
    Problems warnings = dot_warnings(where, name);
    std::move(warnings.begin(), warnings.end(), std::back_inserter(findings.warnings));
    auto const parts = apdu::split_name(name, profile);
    if (!parts.ok() || parts.value().extension.empty()) {
        return;
    }
    *given = std::string{parts.value().name};
    if (members->contains(extension_name)) {
        findings.problems.push_back({below(below("", file.name), extension_name),
                                     "name_given_twice",
                                     "the name is so long that it goes on in this item by itself"});
        return;
    }
    (*members)[extension_name] = std::string{parts.value().extension};
}

} // namespace

CheckedRecord PersonRecord::check(std::string_view json, apdu::TextProfile profile) {
    JsonText text = parse_json(json);
    if (text.value.is_discarded()) {
        return {std::nullopt, std::move(text.problems), {}};
    }
    Findings findings{std::move(text.problems), {}};
    if (!text.value.is_object()) {
        findings.problems.push_back({"", "wrong_type", "an object of files is wanted"});
        return {std::nullopt, std::move(findings.problems), {}};
    }
    Json& members = text.value;
    refuse_unknown_files(members, findings);
    require_items(members, findings);
    cross_check(members, findings);
    spread_name(members, profile, findings);

    PersonRecord record;
    for (apdu::DedicatedFile const& directory : record_layout().directories) {
        for (apdu::ElementaryFile const& file : directory.files) {
            auto const given = members.find(file.name);
            if (given == members.end()) {
                continue;
            }
            std::string const where = below("", file.name);
            if (!is_writable(file)) {
                findings.problems.push_back(
                    {where, "not_writable", "only the card itself writes this file"});
                continue;
            }
            apdu::FilePlace const place{&directory, &file};
            record.files_.push_back(file_content(place, *given, where, profile, findings));
            auto repeated = repeated_items(place, *given, where, profile, findings);
            std::move(repeated.begin(), repeated.end(), std::back_inserter(record.repeated_));
        }
    }
    if (!findings.problems.empty()) {
        return {std::nullopt, std::move(findings.problems), std::move(findings.warnings)};
    }
    auto const& issuer = ssse_file(issuer_data_fid);
    record.card_number_ = members.at(std::string{issuer.name})
                              .at(std::string{item_of(issuer, item_tag::card_number).name})
                              .get<std::string>();
    auto const& holder = ssse_file(holder_data_fid);
    record.social_security_number_ =
        members.at(std::string{holder.name})
            .at(std::string{item_of(holder, item_tag::social_security_number).name})
            .get<std::string>();
    record.warnings_ = findings.warnings;
    return {std::move(record), {}, std::move(findings.warnings)};
}

session::Fault fault_of(CheckedRecord const& checked) {
    apdu::require(!checked.problems.empty());
    return {.code = session::FaultCode::record_invalid,
            .detail = std::to_string(checked.problems.size()) + " problems",
            .problems = checked.problems};
}

} // namespace personalization
