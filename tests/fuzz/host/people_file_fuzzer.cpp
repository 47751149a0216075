#include "host/batch/people.hpp"

#include <cstdlib>

/// Whatever stands in a file of people: each person that is read of it is whole, and known once.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    auto const format =
        bytes[0] % 2 == 0 ? batch::PeopleFormat::csv : batch::PeopleFormat::json_lines;
    auto const file =
        batch::people_of({reinterpret_cast<char const*>(bytes) + 1, size - 1}, format);
    std::size_t last = 0;
    for (batch::Person const& person : file.people) {
        if (person.number <= last || person.record.empty() ||
            person.social_security_number.empty()) {
            std::abort();
        }
        last = person.number;
    }
    return 0;
}
