#pragma once

#include "host/api/fault.hpp"
#include "host/api/message.hpp"
#include "host/api/value_types.hpp"

#include <string>
#include <vector>

namespace api {

/// A person's record that is valid.
struct RecordCheck {
    std::string card_number{};
    std::vector<Problem> warnings{}; ///< what deserves a second look

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("card_number", self.card_number);
        fields.required("warnings", self.warnings);
    }
};

/// Checks a person's record without a card. Faults: record_invalid, with every fault listed.
struct RecordCheckRequest {
    static constexpr Route route{Method::post, "/v1/record/check"};
    using Reply = RecordCheck;
    RecordText record{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("record", self.record);
    }
};

/// The JSON Schema of a person's record.
struct RecordSchema {
    JsonText schema{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("schema", self.schema);
    }
};

/// The JSON Schema of a person's record.
struct RecordSchemaRequest {
    static constexpr Route route{Method::get, "/v1/record/schema"};
    using Reply = RecordSchema;

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& /*fields*/, Self& /*self*/) {}
};

} // namespace api
