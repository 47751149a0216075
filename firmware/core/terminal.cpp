#include "firmware/core/terminal.hpp"

namespace terminal {

Terminal::Terminal(hal::Board const& board, Ciphers const& ciphers, Identity const& identity,
                   Images const& images)
    : board_{board}, identity_{identity}, images_{images}, keys_{board.key_flash},
      random_{board.noise, ciphers.generator}, slots_of_images_{board.image_flash,
                                                                ciphers.signature, images.rules},
      boot_record_{board.image_flash}, update_{slots_of_images_, boot_record_, images.running},
      user_card_{board.user_card, board.clock}, sam_1_{board.sam_1, board.clock},
      sam_2_{board.sam_2, board.clock}, dialog_{board.pad, board.display, board.clock},
      secure_{user_card_, dialog_}, capture_{{user_card_, dialog_, keys_, random_, ciphers.aes}},
      pad_link_{board.pad_host, board.clock, Echo::header}, sam_link_{board.sam_host, board.clock,
                                                                      Echo::none},
      pad_slots_{&user_card_}, sam_slots_{&sam_1_, &sam_2_}, all_slots_{&user_card_, &sam_1_,
                                                                        &sam_2_},
      all_links_{&pad_link_, &sam_link_}, pad_escapes_{{board_, identity_, keys_, random_,
                                                        ciphers.aes, update_, &capture_, all_slots_,
                                                        all_links_}},
      sam_escapes_{{board_, identity_, keys_, random_, ciphers.aes, update_, nullptr, all_slots_,
                    all_links_}},
      pad_device_{{pad_link_, pad_slots_, pad_escapes_, &secure_}},
      sam_device_{{sam_link_, sam_slots_, sam_escapes_, nullptr}} {
    boot_record_.load();
    (void)keys_.load();
    (void)random_.start();
    watch_case();
    watch_display();
}

void Terminal::step() {
    pad_device_.step();
    sam_device_.step();
    dialog_.step();
    watch_case();
    watch_image();
    watch_display();
    board_.system.feed_watchdog();
    if (pad_escapes_.wants_restart() && !pad_link_.is_sending()) {
        board_.system.restart();
    }
}

/// Keys do not outlive the case's being opened.
void Terminal::watch_case() {
    bool const is_tampered = board_.system.is_tampered();
    if (is_tampered && !is_wiped_) {
        is_wiped_ = keys_.erase_all();
    }
    is_wiped_ = is_wiped_ && is_tampered;
}

void Terminal::watch_image() {
    if (!is_confirmed_ && board_.clock.now_us() >= confirm_after_us) {
        is_confirmed_ = confirm(slots_of_images_, boot_record_, images_.running);
    }
}

/// The welcome comes back when nobody types for a while.
void Terminal::watch_display() {
    bool const is_typing = dialog_.state() == PinDialog::State::typing || secure_.is_going_on();
    std::uint64_t const now_us = board_.clock.now_us();
    if (is_typing) {
        welcome_at_us_ = now_us + shown_us;
    } else if (welcome_at_us_ && now_us >= *welcome_at_us_) {
        welcome_at_us_.reset();
        bool const is_well = random_.is_working() && !board_.system.is_tampered();
        dialog_.show(is_well ? Message::welcome : Message::out_of_order, Language::chinese);
    }
}

} // namespace terminal
