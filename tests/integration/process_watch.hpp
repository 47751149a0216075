#pragma once

#include <atomic>
#include <set>
#include <string>
#include <thread>

namespace integration {

/// Looks again and again at the command lines and environments of all programs that run in the
/// test's namespaces but its own, until it is asked what it saw.
class ProcessWatch {
public:
    ProcessWatch();
    ProcessWatch(ProcessWatch const&) = delete;
    ProcessWatch& operator=(ProcessWatch const&) = delete;
    ~ProcessWatch();

    /// Ends it. All that was seen, each text once.
    [[nodiscard]] std::string end();

private:
    void look();

    std::set<std::string> seen_{};
    std::atomic<bool> is_over_{false};
    std::thread thread_{};
};

} // namespace integration
