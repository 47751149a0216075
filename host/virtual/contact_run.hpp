#pragma once

#include "host/virtual/contact_card.hpp"
#include "host/virtual/stop_event.hpp"

#include <filesystem>
#include <string_view>

namespace virtual_card {

/// A card in a socket of a terminal that runs as a program, at the other end of a stream.
struct ContactPlace {
    std::filesystem::path path; ///< where the terminal listens
    ContactSettings settings{};
    std::vector<Fault> faults{};
    /// How long a card stays away, or off, that a fault has pulled or powered down; nothing: for
    /// ever.
    std::optional<std::chrono::milliseconds> back_after{};
    /// Where lines "remove" and "insert" come from; -1: nowhere.
    int input = -1;
    /// Lines on what happens: "attached: PATH", "removed", "inserted" …
    std::function<void(std::string const&)> told{};
    /// What the terminal does wrong with the contacts.
    std::function<void(std::string const&)> refused{};
    ContactCard::Exchanged exchanged{};
};

/// Keeps `card` there until `stop`; connects anew when the other end goes. The stream's other
/// socket is empty. @returns false when nobody listened within 30 s.
[[nodiscard]] bool keep_at_contacts(FaultyCard& card, ContactPlace const& place,
                                    StopEvent const& stop);

} // namespace virtual_card
