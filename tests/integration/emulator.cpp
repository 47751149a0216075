#include "tests/integration/emulator.hpp"

#include "tests/integration/office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <regex>
#include <sstream>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace integration {
namespace {

constexpr std::string_view prompt = "(qemu) ";

/// "0000000020000000-00000000203fffff (prio 0, ram): mps.ssram23"
std::regex const& ram_line() {
    static std::regex const line{R"( *([0-9a-f]{16})-([0-9a-f]{16}) \(prio -?\d+, ram\): (\S+).*)"};
    return line;
}

} // namespace

Emulator::Emulator() : socket_{::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    (terminal_folder() + "/monitor").copy(address.sun_path, sizeof address.sun_path - 1);
    EXPECT_EQ(::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    (void)read_prompts(1);
}

Emulator::~Emulator() { ::close(socket_); }

std::string Emulator::read_prompts(std::size_t count) {
    std::string text;
    std::array<char, 4096> part{};
    std::size_t seen = 0;
    for (std::size_t from = 0; seen < count;) {
        auto const size = ::read(socket_, part.data(), part.size());
        if (size <= 0) {
            ADD_FAILURE() << "QEMU's monitor is gone";
            break;
        }
        text.append(part.data(), static_cast<std::size_t>(size));
        for (auto at = text.find(prompt, from); at != std::string::npos;
             at = text.find(prompt, from)) {
            ++seen;
            from = at + prompt.size();
        }
    }
    return text;
}

std::string Emulator::ask(std::vector<std::string> const& commands) {
    std::string lines;
    for (std::string const& command : commands) {
        lines += command + "\n";
    }
    EXPECT_EQ(::write(socket_, lines.data(), lines.size()), static_cast<ssize_t>(lines.size()));
    return read_prompts(commands.size());
}

std::vector<Emulator::Region> Emulator::ram_regions() {
    std::vector<Region> regions;
    bool is_of_processor = false;
    std::istringstream lines{ask({"info mtree -f"})};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("FlatView")) {
            is_of_processor = false;
        }
        is_of_processor |= line.find("\"cpu-memory-0\"") != std::string::npos;
        std::smatch part;
        if (!line.empty() && line.back() == '\r') {
            line.pop_back();
        }
        if (!is_of_processor || !std::regex_match(line, part, ram_line())) {
            continue;
        }
        bool const is_alias = std::any_of(regions.begin(), regions.end(), [&](auto const& region) {
            return region.name == part[3];
        });
        if (!is_alias) {
            auto const size = std::stoull(part[2], nullptr, 16) - std::stoull(part[1], nullptr, 16);
            regions.push_back({part[3], "0x" + part[1].str(), std::to_string(size + 1)});
        }
    }
    EXPECT_FALSE(regions.empty()) << "QEMU tells of no RAM";
    return regions;
}

std::string Emulator::ram(std::string const& folder) {
    auto const regions = ram_regions();
    // Nothing is between them but QEMU: the driver does not wait long for a machine at rest.
    std::vector<std::string> commands{"stop"};
    auto const file_of = [&folder](Region const& region) { return folder + "/" + region.name; };
    for (Region const& region : regions) {
        commands.push_back("pmemsave " + region.start + " " + region.size + " \"" +
                           file_of(region) + "\"");
    }
    commands.emplace_back("cont");
    (void)ask(commands);
    std::string memory;
    for (Region const& region : regions) {
        std::string const part = text_of_file(file_of(region));
        EXPECT_EQ(std::to_string(part.size()), region.size) << region.name;
        memory += part;
        ::unlink(file_of(region).c_str());
    }
    return memory;
}

} // namespace integration
