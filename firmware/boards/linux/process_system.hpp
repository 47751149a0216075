#pragma once

#include "firmware/hal/system.hpp"

#include <filesystem>
#include <functional>
#include <vector>

namespace linux_board {

/// A process in the place of a chip: it sleeps until a descriptor has something, and starts itself
/// anew. The case is open while a file of that name is there.
class ProcessSystem final : public hal::System {
public:
    /// What it waits for, asked anew each time.
    using Descriptors = std::function<std::vector<int>()>;

    /// `arguments` start the program again; null-terminated. `spins`: it never sleeps, so that
    /// characters leave on time.
    ProcessSystem(char** arguments, Descriptors descriptors, std::filesystem::path tamper_file,
                  bool spins);

    [[nodiscard]] std::array<std::uint8_t, 12> chip_number() const override { return chip_; }
    [[nodiscard]] hal::StartReason start_reason() const override { return reason_; }
    [[nodiscard]] bool is_tampered() override;
    [[nodiscard]] bool clear_tamper() override;
    void feed_watchdog() override {}
    void idle() override;
    [[noreturn]] void restart() override;

private:
    char** arguments_;
    Descriptors descriptors_;
    std::filesystem::path tamper_file_;
    bool spins_;
    hal::StartReason reason_;
    std::array<std::uint8_t, 12> chip_{};
    bool is_tampered_ = false;
    unsigned until_look_ = 0; ///< calls until it looks for the file again
};

} // namespace linux_board
