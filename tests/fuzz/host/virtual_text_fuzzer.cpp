// The texts that sscard-virtual is given: faults, line times, endpoints, persons' records.
#include "tests/fuzz/host/fuzzed_cards.hpp"

#include "host/virtual/fault.hpp"
#include "host/virtual/line_time.hpp"
#include "host/virtual/person_items.hpp"
#include "host/virtual/vpcd_connection.hpp"

#include "apdu/card_layout.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace virtual_card;
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    if (auto const fault = parse_fault(text); fault.ok()) {
        auto const again = text_of(fault.value());
        apdu::require(text_of(parse_fault(again).value()) == again);
    }
    if (auto const line = parse_line_time(text); line.ok()) {
        apdu::require(exchange_time(line.value(), {data, size}, {data, size}).count() > 0);
    }
    if (auto const endpoint = Endpoint::parse(text)) {
        apdu::require(Endpoint::parse(endpoint->text())->text() == endpoint->text());
    }
    static CardMemory const blank = make_blank(fuzz_plan(false), fuzz_masters()).value().memory;
    CardMemory memory = blank;
    (void)write_person(memory, apdu::layout_of(apdu::SpecVersion::v2_00), text);
    // A person's items fill files, and make none larger.
    apdu::require(memory_size(memory) == memory_size(blank));
    return 0;
}
