#pragma once

#include "host/session/fault.hpp"

namespace soci {
class session;
}

namespace store {

/// Brings a database from whatever earlier form, or none, to the present one, a step at a time;
/// each step happens as a whole or not at all. Fault: journal_failed (the database was written by
/// a newer program). Throws what SOCI throws.
[[nodiscard]] session::Outcome<apdu::Done> bring_up_to_date(soci::session& sql);

} // namespace store
