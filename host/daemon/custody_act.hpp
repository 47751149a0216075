#pragma once

#include "host/audit/minutes.hpp"

#include "host/api/ceremony_messages.hpp"
#include "host/api/outcome.hpp"

#include "keys/check_value.hpp"
#include "keys/custody/custody_fault.hpp"

#include "apdu/result.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sscardd {

/// What several custodians do together with the keys, each by a part of a secret. Wiped with the
/// object. For one thread at a time.
class CustodyAct {
public:
    CustodyAct() = default;
    CustodyAct(CustodyAct const&) = delete;
    CustodyAct& operator=(CustodyAct const&) = delete;
    virtual ~CustodyAct() = default;

    /// Hex digits of a part.
    [[nodiscard]] virtual std::uint32_t digits() const = 0;
    /// True where the daemon makes the parts and gives them out.
    [[nodiscard]] virtual bool makes_parts() const = 0;
    /// The part for its custodian. require: makes_parts().
    [[nodiscard]] virtual api::Outcome<api::ShownPart> show(std::size_t index) = 0;
    /// Takes a part as it was typed; gives its check value.
    [[nodiscard]] virtual api::Outcome<std::string>
    take(std::size_t index, std::string_view typed,
         std::optional<keys::CheckValue> const& expected) = 0;
    /// Tells what the parts make together.
    [[nodiscard]] virtual api::Outcome<api::Combined> combine() = 0;
    /// Does what the act is for, with what combine() told.
    [[nodiscard]] virtual api::Outcome<apdu::Done> carry_out() = 0;
    /// Adds what is known of the keys so far.
    virtual void describe(audit::Minutes& minutes) const = 0;
    /// A file for whoever began the act, once it is done; empty: none.
    [[nodiscard]] virtual std::vector<std::uint8_t> product() const { return {}; }
    /// Of the key that is made.
    [[nodiscard]] virtual std::optional<std::uint8_t> version() const { return std::nullopt; }
};

/// The fault of that kind as a message.
[[nodiscard]] api::Fault message_of(keys::custody::CustodyFault fault);

/// Bytes of UTF-8 of a reason in minutes.
inline constexpr std::size_t reason_size_max = 200;
/// True for text that minutes take: 1 to `size_max` bytes, no control characters.
[[nodiscard]] bool is_text(std::string_view text, std::size_t size_max);

/// Six hex digits.
[[nodiscard]] std::string text_of(keys::CheckValue const& value);
/// Six hex digits in either case, with blanks or without; nothing for anything else.
[[nodiscard]] std::optional<keys::CheckValue> check_value_from(std::string_view text);

} // namespace sscardd
