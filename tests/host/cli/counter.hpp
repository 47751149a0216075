#pragma once

#include "host/api/decoder.hpp"
#include "host/cli/command_line.hpp"
#include "host/cli/language.hpp"

#include "tests/host/api/canned_service.hpp"

#include <array>
#include <gtest/gtest.h>
#include <sstream>
#include <string>
#include <unistd.h>
#include <vector>

namespace cli {

/// What a run of `sscard` left behind.
struct Ran {
    int status;
    std::string out;
    std::string err;
};

/// `sscard` against a daemon with canned answers.
class Counter {
public:
    api::test::CannedService service{};
    std::string terminal{"/nonexistent/tty"}; ///< no terminal, unless a test has one
    std::string input{};                      ///< standard input

    /// Runs in English, unless `arguments` say otherwise.
    Ran run(std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"--socket", server_.socket()});
        return run_alone(std::move(arguments));
    }

    /// Runs without the daemon's socket.
    [[nodiscard]] Ran run_alone(std::vector<std::string> arguments) const {
        std::ostringstream out;
        Ran ran = run_at(out, arguments);
        ran.out = out.str();
        return ran;
    }

    /// Runs with its standard output going elsewhere.
    Ran run_into(std::ostream& out, std::vector<std::string> arguments) {
        arguments.insert(arguments.begin(), {"--socket", server_.socket()});
        return run_at(out, arguments);
    }

    /// The daemon refuses requests of that type with this fault.
    template <typename Request>
    void refuse(api::Fault const& fault) {
        service.on<Request>() = [fault](auto&, auto&) {
            return api::Outcome<typename Request::Reply>{fault};
        };
    }

private:
    [[nodiscard]] Ran run_at(std::ostream& out, std::vector<std::string> const& arguments) const {
        setenv("LC_ALL", "en_US.UTF-8", 1);
        std::istringstream in{input};
        std::ostringstream err;
        Surroundings const surroundings{in, out, err, false, terminal, locale_folder_of_program()};
        int const status = cli::run(arguments, surroundings);
        return {status, {}, err.str()};
    }
    api::test::RunningServer server_{service};
};

/// A pipe with text in it, as a shell's 3<FILE gives.
class TextDescriptor {
public:
    explicit TextDescriptor(std::string_view text) {
        std::array<int, 2> ends{};
        if (pipe(ends.data()) == 0) {
            (void)!write(ends[1], text.data(), text.size());
            close(ends[1]);
            descriptor_ = ends[0];
        }
    }
    TextDescriptor(TextDescriptor const&) = delete;
    TextDescriptor& operator=(TextDescriptor const&) = delete;
    ~TextDescriptor() { close(descriptor_); }
    [[nodiscard]] unsigned number() const { return static_cast<unsigned>(descriptor_); }
    [[nodiscard]] std::string text() const { return std::to_string(descriptor_); }

private:
    int descriptor_ = -1;
};

/// What a program would read from that output; a failed test where it is no JSON.
inline api::Json json_of(std::string const& text) {
    auto json = api::parse_json(text);
    EXPECT_TRUE(json) << text;
    return json.value_or(api::Json{});
}

inline bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace cli
