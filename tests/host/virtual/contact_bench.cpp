#include "tests/host/virtual/contact_bench.hpp"

#include "host/virtual/json_members.hpp"

namespace virtual_card {

using Type = ContactEventType;

ContactBench::ContactBench(ContactSettings settings, std::vector<Fault> faults)
    : faulty_{settings.protocol == ContactProtocol::t0 ? static_cast<PhysicalCard&>(t0_) : whole_,
              faults},
      contacts_{faulty_, faults, settings} {}

void ContactBench::event(Type type, std::uint8_t value) {
    contacts_.take({type, 0, value}, now_us);
}

std::string ContactBench::power_up() {
    for (std::uint8_t const state : std::to_array<std::uint8_t>({0x01, 0x11, 0x19})) {
        event(Type::contacts, state);
        now_us += 200;
    }
    event(Type::contacts, 0x1D);
    return come();
}

void ContactBench::power_down() {
    for (std::uint8_t const state : std::to_array<std::uint8_t>({0x19, 0x11, 0x01, 0x00})) {
        event(Type::contacts, state);
    }
}

std::string ContactBench::send(std::string_view hex) {
    auto const characters = bytes_from_hex(hex).value();
    for (std::uint8_t const character : characters) {
        event(Type::character, character);
    }
    return come();
}

std::string ContactBench::come(std::uint64_t for_us) {
    std::string text;
    std::uint64_t const end = now_us + for_us;
    while (true) {
        for (ContactEvent const& each : contacts_.leave(now_us)) {
            if (each.type == Type::error_signal) {
                text += "E";
            } else if (each.type == Type::contacts) {
                text += each.value == 1 ? "+" : "-";
            } else if (each.type == Type::taken) {
                ++taken;
            } else {
                text += hex_of(std::array{each.value});
                text += each.type == Type::wrong_character ? "!" : "";
            }
        }
        auto const due = contacts_.due_us();
        if (!due || *due > end) {
            now_us = end;
            return text;
        }
        now_us = std::max(now_us, *due);
    }
}

std::string ContactBench::block(std::string_view hex, BlockCode code) {
    auto const bytes = *bytes_from_hex(hex);
    auto const sent = encode({bytes[0], bytes[1], {bytes.begin() + 3, bytes.end()}}, code);
    auto const came = send(hex_of(sent));
    auto const answer = bytes_from_hex(came);
    if (!answer || !parse_t1_block(*answer, code)) {
        return "no block: " + came;
    }
    return came.substr(0, came.size() - 2 * size_of(code));
}

} // namespace virtual_card
