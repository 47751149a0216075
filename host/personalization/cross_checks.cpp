#include "host/personalization/cross_checks.hpp"

#include "host/personalization/card_items.hpp"

#include "apdu/identifiers.hpp"

#include <algorithm>

namespace personalization {
namespace {

std::string pointer_to(SsseItem item) {
    apdu::ElementaryFile const& file = ssse_file(item.fid);
    return below(below("", file.name), item_of(file, item.tag).name);
}

/// The text that `record` gives for an item of SSSE; empty where it gives none.
std::string text_of(Json const& record, SsseItem item) {
    apdu::ElementaryFile const& file = ssse_file(item.fid);
    auto const members = record.find(file.name);
    if (members == record.end() || !members->is_object()) {
        return {};
    }
    auto const value = members->find(item_of(file, item.tag).name);
    return value != members->end() && value->is_string() ? value->get<std::string>()
                                                         : std::string{};
}

/// A date as 8 digits; empty where it is none.
std::string date_of(Json const& record, SsseItem item) {
    std::string text = text_of(record, item);
    text.erase(std::remove(text.begin(), text.end(), '-'), text.end());
    return apdu::is_calendar_date(text) ? text : std::string{};
}

constexpr SsseItem issue_date{issuer_data_fid, item_tag::issue_date};
constexpr SsseItem expiry_date{issuer_data_fid, item_tag::expiry_date};
constexpr SsseItem id_number{holder_data_fid, item_tag::social_security_number};
constexpr SsseItem sex{holder_data_fid, item_tag::sex};
constexpr SsseItem birth_place{holder_data_fid, item_tag::birth_place};
constexpr SsseItem birth_date{holder_data_fid, item_tag::birth_date};

void check_sex(std::string const& given, char by_number, Findings& findings) {
    std::string const wanted{by_number};
    if (given == "9") {
        findings.warnings.push_back(
            {pointer_to(sex), "sex_not_stated", "the social security number says " + wanted});
    } else if ((given == "1" || given == "2") && given != wanted) {
        findings.problems.push_back({pointer_to(sex), "sex_mismatch",
                                     given + ", but the social security number says " + wanted});
    }
}

void check_against_id_number(Json const& record, Findings& findings) {
    std::string const number = text_of(record, id_number);
    if (!apdu::check_id_number(number).ok()) {
        return;
    }
    apdu::IdNumberParts const parts = apdu::parts_of_id_number(number);
    std::string const born = date_of(record, birth_date);
    if (!born.empty() && born != parts.birth_date) {
        findings.problems.push_back(
            {pointer_to(birth_date), "birth_date_mismatch",
             born + ", but the social security number says " + std::string{parts.birth_date}});
    }
    check_sex(text_of(record, sex), parts.sex, findings);
    std::string const place = text_of(record, birth_place);
    if (!place.empty() && place != parts.region) {
        findings.warnings.push_back(
            {pointer_to(birth_place), "birth_place_mismatch",
             place + ", but the social security number begins with " + std::string{parts.region}});
    }
}

void check_dates(Json const& record, Findings& findings) {
    std::string const issued = date_of(record, issue_date);
    std::string const expires = date_of(record, expiry_date);
    std::string const born = date_of(record, birth_date);
    if (!issued.empty() && !expires.empty() && expires <= issued) {
        findings.problems.push_back({pointer_to(expiry_date), "expiry_before_issue",
                                     expires + " is not after the issue date " + issued});
    }
    if (!issued.empty() && !born.empty() && born > issued) {
        findings.problems.push_back({pointer_to(birth_date), "birth_after_issue",
                                     born + " is after the issue date " + issued});
    }
}

} // namespace

void cross_check(Json const& record, Findings& findings) {
    check_against_id_number(record, findings);
    check_dates(record, findings);
}

} // namespace personalization
