#pragma once

#include <string>

namespace integration {

/// True while the private pcscd has something to do for a program, also for one that has ended
/// since: pcscd then resets the card that it held, and takes it for gone where it finds none.
[[nodiscard]] bool pcscd_has_clients();

/// True when pcscd says that a card is in the reader of that name; false where there is no pcscd.
[[nodiscard]] bool pcscd_sees_card(std::string const& reader);

} // namespace integration
