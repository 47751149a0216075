#pragma once

#include "host/api/message.hpp"
#include "host/api/value_types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

// The kiosk's card terminals, which are readers with a PIN pad (docs/terminal.md). Faults of all
// that name a reader: no_terminal, terminal_refused, and those of a reader.

/// A terminal among the readers.
struct KioskTerminal {
    std::string reader{};
    std::string model{};
    std::string version{};
    std::string board{};
    std::string chip{};                       ///< its number, hex
    std::optional<std::string> initial_key{}; ///< 16 hex digits: the id; none: not provisioned

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("reader", self.reader);
        fields.required("model", self.model);
        fields.required("version", self.version);
        fields.required("board", self.board);
        fields.required("chip", self.chip);
        fields.nullable("initial_key", self.initial_key);
    }
};

/// All terminals.
struct TerminalList {
    std::vector<KioskTerminal> terminals{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("terminals", self.terminals);
    }
};

/// Which of the readers are terminals. Faults: no_pcsc_service.
struct TerminalListRequest {
    static constexpr Route route{Method::get, "/v1/terminals"};
    using Reply = TerminalList;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

/// What a slot or link of a terminal has seen since it started.
struct TerminalCount {
    std::string of{};                    ///< of terminal_parts: "slot_1", "link_2"
    std::vector<std::uint32_t> counts{}; ///< terminal_slot_counts, terminal_link_counts

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("of", self.of);
        fields.required("counts", self.counts);
    }
};

/// How a terminal is.
struct TerminalHealth {
    std::string reader{};
    std::uint32_t uptime_s = 0;
    std::string start_reason{}; ///< of terminal_start_reasons: "power"
    bool tampered = false;      ///< the case was opened; the keys are gone
    std::string keys{};         ///< of terminal_key_states: "loaded"
    bool random = false;        ///< its source of randomness works
    std::uint32_t image_version = 0;
    std::vector<TerminalCount> counts{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("reader", self.reader);
        fields.required("uptime_s", self.uptime_s);
        fields.required("start_reason", self.start_reason);
        fields.required("tampered", self.tampered);
        fields.required("keys", self.keys);
        fields.required("random", self.random);
        fields.required("image_version", self.image_version);
        fields.required("counts", self.counts);
    }
};

/// How the terminal is.
struct TerminalHealthRequest {
    static constexpr Route route{Method::post, "/v1/terminals/health"};
    using Reply = TerminalHealth;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

/// Gives the terminal its initial key: a key block from `sscard keys initial-key`.
struct TerminalKeyLoadRequest {
    static constexpr Route route{Method::post, "/v1/terminals/load-key"};
    using Reply = TerminalHealth;
    std::optional<std::string> reader{};
    std::string key_block{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("key_block", self.key_block);
    }
};

/// Wipes all keys of the terminal, and has it forget that its case was open. Fault besides:
/// terminal_refused with "tampered", while the case is open.
struct TerminalWipeRequest {
    static constexpr Route route{Method::post, "/v1/terminals/wipe"};
    using Reply = TerminalHealth;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

/// What an update was.
struct TerminalUpdated {
    std::string reader{};
    std::uint32_t bytes = 0;         ///< of the image
    std::uint32_t image_version = 0; ///< that it starts with now

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("reader", self.reader);
        fields.required("bytes", self.bytes);
        fields.required("image_version", self.image_version);
    }
};

/// Gives the terminal a new image, signed, and has it start anew. Tells progress in parts.
struct TerminalUpdateRequest {
    static constexpr Route route{Method::post, "/v1/terminals/update"};
    using Reply = TerminalUpdated;
    std::optional<std::string> reader{};
    std::string image{}; ///< base64: a file of images (docs/terminal.md)

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("image", self.image);
    }
};

} // namespace api
