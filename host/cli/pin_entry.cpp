#include "host/cli/pin_entry.hpp"

#include "host/cli/secret_entry.hpp"

#include <array>

namespace cli {
namespace {

/// A line that holds a PIN, wiped with the object.
struct PinLine {
    PinLine() = default;
    PinLine(PinLine const&) = delete;
    PinLine& operator=(PinLine const&) = delete;
    ~PinLine() { api::wipe_characters(characters.data(), characters.size()); }
    [[nodiscard]] api::Outcome<api::PinText> pin(api::Outcome<std::size_t> const& size) const {
        if (!size.ok()) {
            return size.error();
        }
        return api::PinText{{characters.data(), size.value()}};
    }
    std::array<char, api::PinText::size_max + 1> characters{};
};

} // namespace

api::Outcome<api::PinText> pin_from_descriptor(unsigned descriptor) {
    PinLine line;
    return line.pin(read_secret_line(descriptor, line.characters, api::code::pin_not_given));
}

api::Outcome<api::PinText> ask_pin(std::string const& terminal, std::string const& prompt) {
    PinLine line;
    return line.pin(ask_secret_line(terminal, prompt, line.characters, api::code::pin_not_given));
}

api::Outcome<api::PinText> ask_new_pin(std::string const& terminal, std::string const& prompt,
                                       std::string const& prompt_again) {
    auto first = ask_pin(terminal, prompt);
    if (!first.ok()) {
        return first;
    }
    auto const second = ask_pin(terminal, prompt_again);
    if (!second.ok()) {
        return second.error();
    }
    if (first.value().typed() != second.value().typed()) {
        return api::fault(api::code::pins_differ);
    }
    return first;
}

} // namespace cli
