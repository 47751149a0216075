#include "tests/host/personalization/golden_transcript.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>

namespace personalization {
namespace {

constexpr std::size_t zeros_min = 8;

/// "00 00 00 … 00" of at least eight bytes becomes "00×n".
std::string with_runs_told(std::string const& command) {
    std::string out;
    for (std::size_t at = 0; at < command.size();) {
        std::size_t count = 0;
        while (command.compare(at + 3 * count, 3, " 00") == 0) {
            ++count;
        }
        if (count >= zeros_min) {
            out += " 00×" + std::to_string(count);
            at += 3 * count;
        } else {
            out += command[at++];
        }
    }
    return out;
}

} // namespace

std::string transcript_of(Plan const& plan) {
    std::string text;
    std::size_t step = 0;
    for (PlanLine const& line : describe(plan)) {
        if (line.step != step) {
            step = line.step;
            text += "# " + std::to_string(step) + " " + line.label.en + "\n";
        }
        text += with_runs_told(line.command) + "\n";
    }
    return text;
}

std::string golden_transcript(std::string_view name, std::string const& transcript) {
    std::string const path = std::string{SSCARD_GOLDEN} + "/" + std::string{name};
    if (std::getenv("SSCARD_WRITE_GOLDEN") != nullptr) {
        std::ofstream{path} << transcript;
    }
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

} // namespace personalization
