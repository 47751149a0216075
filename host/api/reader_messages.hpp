#pragma once

#include "host/api/lane_messages.hpp"
#include "host/api/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// A process that is connected to the PC/SC service.
struct HoldingProgram {
    std::uint32_t pid = 0;
    std::string program{}; ///< its name, as the system tells it

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("pid", self.pid);
        fields.required("program", self.program);
    }
};

/// Others hold a reader. The PC/SC service does not say which of its clients: one, or all that it
/// can be; empty where the daemon may not look at them.
struct ReaderHold {
    std::vector<HoldingProgram> programs{};
    std::optional<std::string> since{}; ///< UTC, as in Lane

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("programs", self.programs);
        fields.nullable("since", self.since);
    }
};

/// A reader as `sscard readers` tells of it.
struct Reader {
    std::uint32_t number = 0; ///< from 1, in the PC/SC service's order
    std::string name{};
    bool card_present = false;
    bool card_mute = false;         ///< a card is there that does not answer to reset
    bool in_use = false;            ///< a program holds the card
    std::optional<std::string> atr; ///< hex, of a card that is there
    Lane lane{};
    std::optional<ReaderHold> hold{}; ///< another process holds it

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("number", self.number);
        fields.required("name", self.name);
        fields.required("card_present", self.card_present);
        fields.required("card_mute", self.card_mute);
        fields.required("in_use", self.in_use);
        fields.nullable("atr", self.atr);
        fields.required("lane", self.lane);
        fields.nullable("hold", self.hold);
    }
};

/// A reader that was there since the daemon started and is not now.
struct GoneReader {
    std::string name{};
    std::string since{}; ///< UTC, as in Lane

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("name", self.name);
        fields.required("since", self.since);
    }
};

/// All readers.
struct ReaderList {
    std::vector<Reader> readers{};
    std::vector<GoneReader> gone{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("readers", self.readers);
        fields.optional("gone", self.gone);
    }
};

/// Which readers are connected, and what is in them. Faults: no_pcsc_service.
struct ReadersRequest {
    static constexpr Route route{Method::get, "/v1/readers"};
    using Reply = ReaderList;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

} // namespace api
