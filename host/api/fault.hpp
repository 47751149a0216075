#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace api {

/// One thing wrong with a request or a person's record.
struct Problem {
    std::string where{};  ///< JSON pointer: "/holder/birth_date"
    std::string code{};   ///< snake_case: "wrong_check_digit"
    std::string detail{}; ///< the offending value or what would fit, never a PIN or key

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("where", self.where);
        fields.required("code", self.code);
        fields.required("detail", self.detail);
    }
};

/// A status word that a card answered with, and what it means there.
struct CardStatus {
    std::string word{};    ///< four hex digits: "6982"
    std::string command{}; ///< the command that it answered: "READ RECORD"; empty where not known
    std::string meaning_en{};
    std::string advice_en{};
    std::string meaning_zh{};
    std::string advice_zh{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("word", self.word);
        fields.required("command", self.command);
        fields.required("meaning_en", self.meaning_en);
        fields.required("advice_en", self.advice_en);
        fields.required("meaning_zh", self.meaning_zh);
        fields.required("advice_zh", self.advice_zh);
    }
};

/// Why a request was not done. What its code means in words is in fault_text.hpp.
struct Fault {
    std::string code{};   ///< stable, snake_case: "pin_wrong"
    std::string detail{}; ///< names what it is about: a reader, a file, a step
    std::optional<CardStatus> status{};
    std::optional<std::uint8_t> tries_left{};
    std::vector<Problem> problems{};

    /// Its members, for encoder.hpp and decoder.hpp.
    template <typename Fields, typename Self>
    static void describe(Fields& fields, Self& self) {
        fields.required("code", self.code);
        fields.required("detail", self.detail);
        fields.nullable("status", self.status);
        fields.nullable("tries_left", self.tries_left);
        fields.required("problems", self.problems);
    }
};

/// Codes of the link between client and daemon, and of its rules; the others are those of the
/// card's session.
namespace code {

inline constexpr std::string_view no_daemon = "no_daemon";
inline constexpr std::string_view answer_late = "answer_late";
inline constexpr std::string_view answer_unreadable = "answer_unreadable";
inline constexpr std::string_view request_invalid = "request_invalid";
inline constexpr std::string_view request_too_large = "request_too_large";
inline constexpr std::string_view unknown_request = "unknown_request";
inline constexpr std::string_view internal_fault = "internal_fault";
inline constexpr std::string_view daemon_stopping = "daemon_stopping";
inline constexpr std::string_view too_many_streams = "too_many_streams";
inline constexpr std::string_view reader_leased = "reader_leased";
inline constexpr std::string_view lease_unknown = "lease_unknown";
inline constexpr std::string_view reader_hangs = "reader_hangs";
inline constexpr std::string_view desk_pin_refused = "desk_pin_refused";
inline constexpr std::string_view bank_application = "bank_application";
inline constexpr std::string_view not_confirmed = "not_confirmed";
inline constexpr std::string_view pin_not_given = "pin_not_given";
inline constexpr std::string_view pins_differ = "pins_differ";
inline constexpr std::string_view output_failed = "output_failed";
inline constexpr std::string_view keys_locked = "keys_locked";
inline constexpr std::string_view passphrase_wrong = "passphrase_wrong";
inline constexpr std::string_view passphrase_wait = "passphrase_wait";
inline constexpr std::string_view passphrase_short = "passphrase_short";
inline constexpr std::string_view passphrase_not_given = "passphrase_not_given";
inline constexpr std::string_view passphrases_differ = "passphrases_differ";
inline constexpr std::string_view credential_missing = "credential_missing";
inline constexpr std::string_view credential_wrong = "credential_wrong";
inline constexpr std::string_view no_key_store = "no_key_store";
inline constexpr std::string_view key_unknown = "key_unknown";
inline constexpr std::string_view check_value_differs = "check_value_differs";
inline constexpr std::string_view key_in_the_field = "key_in_the_field";
inline constexpr std::string_view key_file_invalid = "key_file_invalid";
inline constexpr std::string_view keys_in_clear = "keys_in_clear";
inline constexpr std::string_view test_keys_in_use = "test_keys_in_use";
inline constexpr std::string_view test_keys_refused = "test_keys_refused";

} // namespace code

/// The fault of that code, with what it is about.
[[nodiscard]] inline Fault fault(std::string_view code, std::string detail = {}) {
    return {std::string{code}, std::move(detail), std::nullopt, std::nullopt, {}};
}

} // namespace api
