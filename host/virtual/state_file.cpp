#include "host/virtual/state_file.hpp"

#include "host/virtual/json_members.hpp"
#include "host/virtual/memory_json.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <iterator>

namespace virtual_card {
namespace {

constexpr std::size_t file_size_max = std::size_t{4} << 20U;
constexpr std::string_view format_name = "sscard-virtual state 1";

/// FNV-1a, 64 bits: every change of a single byte changes it.
std::uint64_t checksum(std::string_view text) {
    std::uint64_t sum = 0xCBF29CE484222325;
    for (char const c : text) {
        sum = (sum ^ static_cast<std::uint8_t>(c)) * 0x00000100000001B3;
    }
    return sum;
}

std::string first_line(std::string_view body) {
    std::array<std::uint8_t, 8> sum{};
    std::uint64_t rest = checksum(body);
    for (std::size_t i = sum.size(); i > 0; --i, rest >>= 8U) {
        sum[i - 1] = static_cast<std::uint8_t>(rest);
    }
    return std::string{format_name} + " " + std::to_string(body.size()) + " " + hex_from(sum) +
           "\n";
}

/// An open file that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_{number} {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() {
        if (number_ >= 0) {
            (void)::close(number_);
        }
    }
    [[nodiscard]] int number() const { return number_; }

private:
    int number_;
};

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        auto const written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool write_safely(std::filesystem::path const& path, std::string_view text) {
    constexpr mode_t owner_only = 0600;
    Descriptor const file{
        ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, owner_only)};
    return file.number() >= 0 && write_all(file.number(), text) && ::fsync(file.number()) == 0;
}

} // namespace

std::string state_text(CardMemory const& memory) {
    std::string const body = json_of(memory).dump() + "\n";
    return first_line(body) + body;
}

apdu::Result<CardMemory, std::string> memory_from_state(std::string_view text) {
    if (!text.starts_with(format_name)) {
        return std::string{"is no state of a virtual card"};
    }
    auto const end = text.find('\n');
    std::string_view const body = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (end == std::string_view::npos || text.substr(0, end + 1) != first_line(body)) {
        return std::string{"is damaged (length or checksum is wrong); the card is lost, remove the "
                           "file to start with a new one"};
    }
    auto memory = memory_from(nlohmann::json::parse(body, nullptr, false));
    if (!memory.ok()) {
        return "is no card's memory at " + memory.error();
    }
    return memory;
}

bool StateFile::exists() const {
    std::error_code ignored;
    return std::filesystem::exists(path_, ignored);
}

apdu::Result<CardMemory, std::string> StateFile::load() const {
    std::error_code error;
    auto const size = std::filesystem::file_size(path_, error);
    if (error || size > file_size_max) {
        return path_.string() + (error ? ": cannot be read" : ": too large for a card's state");
    }
    std::ifstream stream{path_, std::ios::binary};
    std::string const text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream) {
        return path_.string() + ": cannot be read";
    }
    auto memory = memory_from_state(text);
    if (!memory.ok()) {
        return path_.string() + ": " + memory.error();
    }
    return memory;
}

bool StateFile::commit(CardMemory const& memory) {
    std::filesystem::path beside = path_;
    beside += ".new";
    if (!write_safely(beside, state_text(memory))) {
        return false;
    }
    return std::rename(beside.c_str(), path_.c_str()) == 0;
}

} // namespace virtual_card
