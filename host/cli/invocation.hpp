#pragma once

#include "host/cli/command_line.hpp"
#include "host/cli/exit_code.hpp"

#include "host/api/client.hpp"
#include "host/api/encoder.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <optional>
#include <string>

namespace cli {

/// One run of `sscard`: what was said for every command, and what the chosen one does.
class Invocation {
public:
    explicit Invocation(Surroundings const& surroundings) : surroundings_{surroundings} {}

    std::optional<std::string> socket{}; ///< --socket
    std::optional<std::string> reader{}; ///< --reader
    std::string lease{};                 ///< --lease; empty: none
    bool json = false;                   ///< --json

    [[nodiscard]] Surroundings const& surroundings() const { return surroundings_; }
    [[nodiscard]] std::ostream& out() const { return surroundings_.out; }
    [[nodiscard]] std::ostream& err() const { return surroundings_.err; }

    /// A client of the daemon at the socket that was said.
    [[nodiscard]] api::Client client() const;

    /// Prints a JSON value for --json.
    void print(api::Json const& json) const;

    /// Tells a fault, and as {"error": {…}} under --json; gives its exit code.
    [[nodiscard]] ExitCode refuse(api::Fault const& fault) const;

    /// Warns on the side where the daemon worked on the card with keys for tests.
    void note_test_keys(bool test_keys) const;

    /// What the command line chose to do.
    std::function<ExitCode()> action{};

private:
    Surroundings const& surroundings_;
};

/// How a command is told in help.
struct CommandText {
    char const* name;
    char const* description; ///< translatable
    char const* teaching;    ///< translatable; examples and what must be known; may be empty
};

/// Adds a noun: a command with verbs below it.
[[nodiscard]] CLI::App& add_noun(CLI::App& parent, CommandText const& text);

/// Adds a command that does something, with --json, and --reader where it is about one.
enum class WithReader : std::uint8_t { no, yes };
[[nodiscard]] CLI::App& add_command(CLI::App& parent, Invocation& invocation,
                                    CommandText const& text, WithReader with_reader,
                                    std::function<ExitCode()> action);

} // namespace cli
