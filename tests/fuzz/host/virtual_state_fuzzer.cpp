// A state file's text, with its checksum and (behind a first byte of FF) without: what is let in is
// a card that works and gives back the same text.
#include "host/virtual/local_connection.hpp"
#include "host/virtual/memory_json.hpp"
#include "host/virtual/state_file.hpp"

#include <string_view>

namespace {

using namespace virtual_card;

void try_out(CardMemory const& memory) {
    apdu::require(memory_from_state(state_text(memory)).value() == memory);
    LocalConnection connection{memory};
    std::array<std::uint8_t, 258> response{};
    for (auto const& command : {std::array<std::uint8_t, 5>{0x00, 0x84, 0x00, 0x00, 0x08},
                                std::array<std::uint8_t, 5>{0x00, 0xB2, 0x01, 0x2C, 0x00},
                                std::array<std::uint8_t, 5>{0x00, 0xB0, 0x81, 0x00, 0x00},
                                std::array<std::uint8_t, 5>{0x00, 0x20, 0x00, 0x00, 0x00}}) {
        apdu::require(connection.transmit(command, response).ok());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(data), size};
    if (auto const memory = memory_from_state(text); memory.ok()) {
        try_out(memory.value());
    }
    if (text.starts_with('\xFF')) {
        auto const memory = memory_from(nlohmann::json::parse(text.substr(1), nullptr, false));
        if (memory.ok()) {
            try_out(memory.value());
        }
    }
    return 0;
}
