#pragma once

#include "host/api/fault.hpp"
#include "host/session/fault.hpp"

#include <string_view>
#include <vector>

namespace sscardd {

/// A card's fault as clients are told it: the same code, with the card's word explained.
[[nodiscard]] api::Fault message_of(session::Fault const& fault);

/// The same list for a client.
[[nodiscard]] std::vector<api::Problem> messages_of(std::vector<session::Problem> const& problems);

/// "READ RECORD": the standard's name of a command; its INS in hex where it has none here.
[[nodiscard]] std::string command_name(apdu::Ins ins);

/// "6982".
[[nodiscard]] std::string word_text(apdu::StatusWord status);

} // namespace sscardd
