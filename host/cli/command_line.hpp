#pragma once

#include <istream>
#include <ostream>
#include <string>
#include <vector>

namespace cli {

/// What a run of `sscard` reads from and writes to.
struct Surroundings {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool is_err_terminal = false;
    std::string terminal{"/dev/tty"}; ///< where PINs are asked for
    std::string locale_folder{};      ///< of the translations
};

/// Runs `sscard` with these arguments (without the program's name) and returns its exit status,
/// exit_code.hpp. Sets the process's locale.
[[nodiscard]] int run(std::vector<std::string> const& arguments, Surroundings const& surroundings);

} // namespace cli
