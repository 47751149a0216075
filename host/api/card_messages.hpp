#pragma once

#include "host/api/message.hpp"
#include "host/api/pin_messages.hpp"

#include <string>

namespace api {

/// What `sscard card info` tells. Dates are "YYYY-MM-DD"; empty where the card is unpersonalized.
struct BasicData {
    std::string region{}; ///< 6 digits
    std::string social_security_number{};
    std::string card_number{};
    std::string card_id{}; ///< 32 hex digits
    std::string name{};
    std::string reset_info{}; ///< 26 hex digits: the historical bytes
    std::string version{};    ///< "2.00"
    std::string issue_date{};
    std::string expiry_date{};
    std::string algorithm{}; ///< "3DES", "SM4"
    PinStatus pin{};
    std::string state{};          ///< "blank", "half_made", "personalized"
    bool genuine_checked = false; ///< INTERNAL AUTHENTICATE was done, and was right
    bool holder_read = false;     ///< the holder's data could be read (3.00 needs a key)
    bool test_keys = false;       ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        describe_card(fields, self);
        fields.required("genuine_checked", self.genuine_checked);
        fields.required("holder_read", self.holder_read);
        fields.required("test_keys", self.test_keys);
    }
    /// The members that tell of the card, and not of how it was read.
    template <typename Fields, typename Self>
    static void describe_card(Fields& fields, Self& self) {
        fields.required("region", self.region);
        fields.required("social_security_number", self.social_security_number);
        fields.required("card_number", self.card_number);
        fields.required("card_id", self.card_id);
        fields.required("name", self.name);
        fields.required("reset_info", self.reset_info);
        fields.required("version", self.version);
        fields.required("issue_date", self.issue_date);
        fields.required("expiry_date", self.expiry_date);
        fields.required("algorithm", self.algorithm);
        fields.required("pin", self.pin);
        fields.required("state", self.state);
    }
};

/// The card's and holder's basic data, and the PIN's state.
struct BasicDataRequest {
    static constexpr Route route{Method::post, "/v1/card/basic-data"};
    using Reply = BasicData;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

/// What was blocked.
struct Blocked {
    std::string what{};     ///< "card", or the directory: "DF03"
    std::string label{};    ///< the standard's own name of it
    bool test_keys = false; ///< the daemon works with keys for tests

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("blocked", self.what);
        fields.required("label_zh", self.label);
        fields.required("test_keys", self.test_keys);
    }
};

/// Blocks the whole card, for good.
struct CardBlockRequest {
    static constexpr Route route{Method::post, "/v1/card/block"};
    using Reply = Blocked;
    std::optional<std::string> reader{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
    }
};

/// Blocks one application of the card, for good. Faults: unknown_file (no such application),
/// bank_application.
struct ApplicationBlockRequest {
    static constexpr Route route{Method::post, "/v1/card/block-application"};
    using Reply = Blocked;
    std::optional<std::string> reader{};
    std::string application{}; ///< "DF03"

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.optional("reader", self.reader);
        fields.required("application", self.application);
    }
};

} // namespace api
