#pragma once

#include <string>
#include <vector>

namespace integration {

/// The QEMU that the terminal's image runs in, by its monitor.
class Emulator {
public:
    /// The test fails where there is none.
    Emulator();
    Emulator(Emulator const&) = delete;
    Emulator& operator=(Emulator const&) = delete;
    ~Emulator();

    /// A region of RAM as the processor sees it.
    struct Region {
        std::string name; ///< of QEMU
        std::string start;
        std::string size;
    };
    /// Each RAM of the machine once.
    [[nodiscard]] std::vector<Region> ram_regions();

    /// All RAM of the machine at one moment, region after region; the machine stands still for as
    /// long as QEMU needs to write it into files in `folder`.
    [[nodiscard]] std::string ram(std::string const& folder);

private:
    /// What the monitor says to commands, which it carries out one after the other.
    std::string ask(std::vector<std::string> const& commands);
    std::string read_prompts(std::size_t count);

    int socket_ = -1;
};

} // namespace integration
