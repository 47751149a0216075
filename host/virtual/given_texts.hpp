#pragma once

#include "host/virtual/options.hpp"

namespace virtual_card {

/// The texts of a command line as they were given, before they are looked at.
struct GivenTexts {
    std::string version = "3.00";
    std::string algorithm{};
    bool bare = false;
    bool blank = false;
    std::vector<std::string> persons{};
    std::string foreign{};
    std::string keys{};
    std::string state{};
    std::vector<std::string> endpoints{};
    unsigned count = 1;
    std::string region = "639900";
    std::string reset_info{};
    std::string pin = "123456";
    unsigned pin_tries = 6;
    std::vector<std::string> faults{};
    std::optional<std::string> back_after{}; ///< nothing: 1s
    bool anti_tearing = false;
    std::optional<std::string> line_time{};
    bool trace = false;
    std::string terminal = "639900000001";
    std::string level = "city";
    unsigned key_version = 1;
    std::vector<std::string> without_keys{};
    std::vector<std::string> enciphering_keys{};
    std::string contacts{};
    unsigned sam_slot = 1;
    std::string protocol = "T0";
    std::string ta1{};
    std::string convention = "direct";
    std::string edc = "lrc";
    unsigned ifsc = 254;
    unsigned signs = 0;
    bool byte_by_byte = false;
    std::string link{};
};

/// The same for a PSAM.
[[nodiscard]] apdu::Result<CardOptions, std::vector<std::string>>
read_psam_options(GivenTexts const& given);

/// The values of those texts, or everything that is wrong with them.
[[nodiscard]] apdu::Result<CardOptions, std::vector<std::string>>
read_options(GivenTexts const& given);

} // namespace virtual_card
