#pragma once

#include <string>

namespace bench {

/// What a preset leaves in its build folder: an image, and both images as an update.
struct ImageFiles {
    explicit ImageFiles(std::string const& folder)
        : image{folder + "/kiosk-terminal.elf"}, update{folder + "/kiosk-terminal.image"} {}

    std::string image;
    std::string update;
};

} // namespace bench
