#pragma once

#include "tests/integration/office.hpp"
#include "tests/keys/remote/certificates.hpp"

namespace integration {

/// A centre that gives a window everything but the blocking of cards, and the window.
class CentreAndWindow {
public:
    CentreAndWindow();
    Office centre{};
    Office window{};

private:
    keys::remote::TestAuthority authority_{};
    keys::remote::TlsFiles window_files_ = authority_.issue("window", {"window-3"});
};

} // namespace integration
