// Measures the terminal's image in QEMU: tests/bench/run.
#include "tests/bench/expect.hpp"
#include "tests/bench/image/answer_times.hpp"
#include "tests/bench/image/exchange_costs.hpp"
#include "tests/bench/image/stack_depths.hpp"
#include "tests/bench/measurement.hpp"

#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <sstream>
#include <string_view>

namespace {

using bench::expect;
using bench::ImageFiles;
using bench::Measurement;

constexpr auto plugin = SSCARD_EXECUTION_WATCH;
constexpr double growth_max = 1.05;

/// Lines of a name and a number; # begins a comment.
std::map<std::string, std::uint64_t> read_recorded(std::string const& path) {
    std::map<std::string, std::uint64_t> recorded;
    std::ifstream file{path};
    for (std::string line; std::getline(file, line);) {
        std::istringstream words{line.substr(0, line.find('#'))};
        std::string name;
        std::uint64_t instructions = 0;
        if (words >> name >> instructions) {
            recorded[name] = instructions;
        }
    }
    return recorded;
}

std::vector<Measurement> exchanges(ImageFiles const& files, ImageFiles const& test_files,
                                   std::string const& recorded_path) {
    auto recorded = read_recorded(recorded_path);
    std::vector<Measurement> all;
    for (auto const& [name, instructions] : bench::count_exchanges(files, test_files, plugin)) {
        all.push_back({"terminal_instructions_" + name, static_cast<double>(instructions), "instr",
                       static_cast<double>(recorded[name]) * growth_max,
                       std::to_string(recorded[name]) + " recorded"});
    }
    expect(recorded.size() == all.size(), "all that is recorded is counted");
    return all;
}

std::vector<Measurement> answers(ImageFiles const& files) {
    constexpr double limit_ms = 10;
    std::vector<Measurement> all;
    for (auto const& [situation, worst_ms, queries] : bench::time_answers(files, plugin)) {
        all.push_back({"terminal_answers_" + situation, worst_ms, "ms", limit_ms,
                       "a limit; the worst of " + std::to_string(queries)});
    }
    return all;
}

std::vector<Measurement> stack(ImageFiles const& test_files) {
    auto const stack = bench::measure_stack(test_files, plugin);
    std::vector<Measurement> all;
    for (auto const& [name, used] : stack.depths) {
        all.push_back({"terminal_stack_" + name, static_cast<double>(used), "bytes",
                       static_cast<double>(stack.reserved), "what is reserved"});
    }
    return all;
}

std::vector<Measurement> measure(std::string_view name, ImageFiles const& files,
                                 ImageFiles const& test_files, std::string const& recorded_path) {
    if (name.starts_with("terminal_answers")) {
        return answers(files);
    }
    if (name.starts_with("terminal_stack")) {
        return stack(test_files);
    }
    return exchanges(files, test_files, recorded_path);
}

/// @returns whether none is over its bound; each that is, is named.
bool print(std::vector<Measurement> const& all, std::string_view name, bool as_json) {
    bool is_well = true;
    for (Measurement const& one : all) {
        if (!one.name.starts_with(name)) {
            continue;
        }
        std::puts(bench::to_line(one, as_json).c_str());
        if (one.value > one.bound) {
            std::fprintf(stderr, "%s is too high: %.1f, at most %.1f, against %s\n",
                         one.name.c_str(), one.value, one.bound, one.against.c_str());
            is_well = false;
        }
    }
    return is_well;
}

} // namespace

int main(int argc, char** argv) {
    std::string_view const format = argc == 6 ? argv[1] : "";
    expect(format == "json" || format == "text",
           "usage: sscard_image_bench json|text NAME FOLDER TEST-FOLDER RECORDED");
    try {
        std::string_view const name = argv[2];
        auto const all = measure(name, ImageFiles{argv[3]}, ImageFiles{argv[4]}, argv[5]);
        return print(all, name, format == "json") ? 0 : 1;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "sscard_image_bench: %s\n", error.what());
        return 1;
    }
}
