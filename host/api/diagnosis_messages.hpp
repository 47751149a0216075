#pragma once

#include "host/api/fault.hpp"
#include "host/api/message.hpp"
#include "host/api/reader_messages.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace api {

/// One exchange with the card: header and lengths, never data.
struct TracedExchange {
    std::string header{};  ///< CLA INS P1 P2 in hex: "00A40400"
    std::string command{}; ///< "SELECT"
    std::uint32_t nc = 0;  ///< bytes sent as data
    std::uint32_t nr = 0;  ///< bytes that came as data
    std::string status{};  ///< "9000"
    std::string meaning_en{};
    std::string meaning_zh{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("header", self.header);
        fields.required("command", self.command);
        fields.required("nc", self.nc);
        fields.required("nr", self.nr);
        fields.required("status", self.status);
        fields.required("meaning_en", self.meaning_en);
        fields.required("meaning_zh", self.meaning_zh);
    }
};

/// What a look at a reader and its card told.
struct Diagnosis {
    std::vector<Reader> readers{};
    std::optional<std::string> reader{}; ///< the one that was looked at
    std::string atr{};                   ///< hex; empty where no card was reached
    std::string historical{};            ///< hex
    std::string protocol{};              ///< "T=0", "T=1"
    std::string recognized{}; ///< "live_card", "blank_card", "bare_chip", or empty: see fault
    std::string version{};
    std::string algorithm{};
    std::string region{};
    bool genuine_checked = false;
    bool test_keys = false; ///< the daemon holds keys for tests
    std::vector<TracedExchange> trace{};
    std::optional<Fault> fault{}; ///< what stood in the way, and at which point

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("readers", self.readers);
        fields.nullable("reader", self.reader);
        fields.required("atr", self.atr);
        fields.required("historical", self.historical);
        fields.required("protocol", self.protocol);
        fields.required("recognized", self.recognized);
        fields.required("version", self.version);
        fields.required("algorithm", self.algorithm);
        fields.required("region", self.region);
        fields.required("genuine_checked", self.genuine_checked);
        fields.required("test_keys", self.test_keys);
        fields.required("trace", self.trace);
        fields.nullable("fault", self.fault);
    }
};

/// Looks at readers, and at the card in one of them. What is wrong is part of the reply.
struct DiagnosisRequest {
    static constexpr Route route{Method::post, "/v1/diagnosis"};
    using Reply = Diagnosis;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

} // namespace api
