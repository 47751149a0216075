#pragma once

#include "host/virtual/contact_card.hpp"
#include "host/virtual/stop_event.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace virtual_card {

/// What the contacts' side answers where a terminal asks for entropy.
enum class EntropyAnswer : std::uint8_t { random, stuck, none };

/// What somebody wants to know of a card at a terminal's contacts.
struct ContactNews {
    std::function<void()> attached{}; ///< the stream is there
    std::function<void(std::string_view why)> detached{};
    std::function<void()> waiting{};                    ///< nobody listens yet; once for each wait
    std::function<void(std::string const&)> violated{}; ///< the terminal broke the standard
};

/// A card in a socket of a terminal that listens at `path`.
struct ContactStay {
    std::filesystem::path path;
    std::uint8_t socket = 0;
    EntropyAnswer entropy = EntropyAnswer::random;
    std::optional<std::chrono::milliseconds> back_after{}; ///< after `pulled`; nothing: for ever
    int commands = -1; ///< a descriptor with lines "remove" and "insert"; -1: none
    ContactNews news{};
};

/// Keeps `card` at the contacts until `stop`; connects again whenever the terminal was gone.
void keep_at_contacts(ContactCard& card, ContactStay const& stay, StopEvent const& stop);

/// Connects to a unix socket that listens. @returns its descriptor, or -1.
[[nodiscard]] int connect_to(std::filesystem::path const& path);

} // namespace virtual_card
