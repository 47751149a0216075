#pragma once

#include "tests/integration/centre_and_window.hpp"

#include <memory>

namespace integration {

/// Where an office's master keys may be.
enum class BackEnd : std::uint8_t { file, store, hsm, psam, centre };

/// "file", "store", "hsm", "psam", "centre".
[[nodiscard]] std::string to_text(BackEnd back_end);

/// An office whose trial keys are in that place.
class BackEndOffice {
public:
    explicit BackEndOffice(BackEnd back_end);

    /// Where cards are served. Its cards are put in before open().
    [[nodiscard]] Office& window() { return two_ ? two_->window : *one_; }
    /// Starts its daemons and opens its keys, which it is given where they are kept by it.
    void open();

private:
    BackEnd back_end_;
    std::unique_ptr<CentreAndWindow> two_{}; ///< null: one office, which is one_
    std::unique_ptr<Office> one_{};
};

} // namespace integration
