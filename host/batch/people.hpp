#pragma once

#include "host/api/fault.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace batch {

/// One person that a card is to be made for.
struct Person {
    std::size_t number = 0; ///< in the file, from 1
    std::string record{};   ///< JSON text, docs/integrator.md
    std::string social_security_number{};
    std::string name{};
};

/// A file of people, and everything wrong with it. `where` of a problem begins with
/// "/NUMBER OF THE PERSON".
struct PeopleFile {
    std::vector<Person> people{};
    std::vector<api::Problem> problems{};
};

/// How a file of people is written.
enum class PeopleFormat : std::uint8_t { csv, json_lines };

/// People with their records' form checked; what is in a record is the daemon's to check. UTF-8,
/// with or without a byte order mark.
///   json_lines  one record a line; empty lines are passed over
///   csv         RFC 4180; the first row names the items: "holder_basic_data.name"; an empty cell
///               leaves its item out
/// Problems: not_json, wrong_type, duplicate_key (a column, or a person that is in the file twice),
/// malformed (the CSV itself, a column's name), missing (the social security number).
[[nodiscard]] PeopleFile people_of(std::string_view text, PeopleFormat format);

} // namespace batch
