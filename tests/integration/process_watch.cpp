#include "tests/integration/process_watch.hpp"

#include "tests/integration/process.hpp"

#include <chrono>
#include <filesystem>

#include <unistd.h>

namespace integration {

ProcessWatch::ProcessWatch()
    : thread_{[this] {
          while (!is_over_) {
              look();
              std::this_thread::sleep_for(std::chrono::milliseconds{2});
          }
      }} {}

ProcessWatch::~ProcessWatch() { (void)end(); }

void ProcessWatch::look() {
    std::error_code gone; // a process may end under the eyes
    for (auto const& entry : std::filesystem::directory_iterator{"/proc", gone}) {
        std::string const name = entry.path().filename();
        bool const is_process = name.find_first_not_of("0123456789") == std::string::npos;
        if (is_process && name != std::to_string(getpid())) {
            seen_.insert(text_of_file(entry.path() / "cmdline"));
            seen_.insert(text_of_file(entry.path() / "environ"));
        }
    }
}

std::string ProcessWatch::end() {
    is_over_ = true;
    if (thread_.joinable()) {
        thread_.join();
    }
    std::string all;
    for (std::string const& text : seen_) {
        all += text + "\n";
    }
    return all;
}

} // namespace integration
