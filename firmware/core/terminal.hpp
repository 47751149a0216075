#pragma once

#include "firmware/core/ccid_device.hpp"
#include "firmware/core/terminal_escapes.hpp"

namespace terminal {

/// What a terminal computes with; a board chooses the library.
struct Ciphers {
    keys::AesCipher& aes;
    keys::RandomGenerator& generator;
    keys::ImageSignature& signature;
};

/// Which of its images runs, and which may.
struct Images {
    ImageRules rules;
    ImageSlot running = ImageSlot::first;
};

/// A kiosk's card terminal, whole: two CCID readers, one for the user's card with PIN pad, one for
/// two SAMs.
class Terminal {
public:
    /// All must outlive it. Takes its keys out of flash, starts its random numbers, shows that it
    /// is there. Where the case was opened the keys are wiped.
    Terminal(hal::Board const& board, Ciphers const& ciphers, Identity const& identity,
             Images const& images);

    /// Does what there is to do now; never waits.
    void step();

    /// Once it has worked for a while: an image on trial runs from now on.
    static constexpr std::uint64_t confirm_after_us = 10'000'000;
    /// What a PIN entry ended with stays on the display for so long.
    static constexpr std::uint64_t shown_us = 4'000'000;

private:
    void watch_case();
    void watch_image();
    void watch_display();

    hal::Board const& board_;
    Identity identity_;
    Images images_;
    KeyStorage keys_;
    RandomBits random_;
    ImageSlots slots_of_images_;
    BootRecord boot_record_;
    Update update_;
    Slot user_card_;
    Slot sam_1_;
    Slot sam_2_;
    PinDialog dialog_;
    SecureCommand secure_;
    PinCapture capture_;
    HostLink pad_link_;
    HostLink sam_link_;
    std::array<Slot*, 1> pad_slots_;
    std::array<Slot*, 2> sam_slots_;
    std::array<Slot const*, 3> all_slots_;
    std::array<HostLink const*, 2> all_links_;
    TerminalEscapes pad_escapes_;
    TerminalEscapes sam_escapes_;
    CcidDevice pad_device_;
    CcidDevice sam_device_;
    bool is_confirmed_ = false;
    bool is_wiped_ = false;
    std::optional<std::uint64_t> welcome_at_us_ = 0; ///< nothing: it is shown
};

} // namespace terminal
