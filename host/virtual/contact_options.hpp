#pragma once

#include "host/virtual/given_texts.hpp"

namespace virtual_card {

/// Reads what the command line says of a card at its contacts into `options`, whose faults, line
/// time and form are read already; what is wrong with it goes behind `wrong`.
void read_contact_options(GivenTexts const& given, CardOptions& options,
                          std::vector<std::string>& wrong);

} // namespace virtual_card
