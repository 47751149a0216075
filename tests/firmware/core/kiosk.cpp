#include "tests/firmware/core/kiosk.hpp"

#include "tests/host/virtual/card_bench.hpp"

#include "host/virtual/t0_card.hpp"
#include "host/virtual/whole_apdu_card.hpp"

namespace terminal {
namespace {

using virtual_card::CardMemory;
using virtual_card::ContactEvent;
using virtual_card::ContactEventType;

constexpr std::uint64_t busy_step_us = 250;
constexpr std::uint64_t idle_step_us = 4'000;
/// So many ticks without anything on a wire: it is quiet.
constexpr unsigned idle_after = 4;
constexpr std::uint32_t user_clock_hz = 4'000'000;
constexpr Identity identity{"KioskTerm", "1.0.0", "test", "KioskTerm-1.0"};

/// A card as offices get it, with the PIN 123456; made once.
CardMemory const& memory_of(bool is_3_00) {
    static CardMemory const memory_2 = virtual_card::blank(virtual_card::plan_2());
    static CardMemory const memory_3 = virtual_card::blank(virtual_card::plan_3());
    return is_3_00 ? memory_3 : memory_2;
}

std::unique_ptr<virtual_card::PhysicalCard> carried(virtual_card::Card& chip, bool is_t1) {
    if (is_t1) {
        return std::make_unique<virtual_card::WholeApduCard>(chip);
    }
    return std::make_unique<virtual_card::T0Card>(chip);
}

} // namespace

std::optional<std::uint8_t> Kiosk::Stream::receive() {
    if (to_terminal.empty()) {
        return std::nullopt;
    }
    std::uint8_t const byte = to_terminal.front();
    to_terminal.pop_front();
    return byte;
}

bool Kiosk::Stream::send(std::uint8_t byte) {
    from_terminal.push_back(byte);
    return true;
}

Kiosk::InsertedCard::InsertedCard(Kiosk& kiosk, std::vector<virtual_card::Fault> faults)
    : chip{memory_of(kiosk.kind_.is_3_00), {cipher, random}},
      carried{terminal::carried(chip, kiosk.kind_.is_t1())}, faulty{*carried, faults},
      contacts{faulty, std::move(faults), kiosk.kind_.settings,
               [&kiosk](apdu::ByteView command, virtual_card::ExchangeOutcome const& outcome) {
                   kiosk.exchanges.push_back({apdu::copy_of(command), outcome.answer});
               }} {}

Kiosk::Kiosk(CardKind const& kind)
    : kind_{kind}, user_line_{card_port_, 0, clock_, user_clock_hz, kind.settings.is_paced},
      board_{clock_,      system_,     noise_, pad_host, sam_host,   user_line_,
             sam_line_1_, sam_line_2_, pad_,   pad_,     key_flash_, image_flash_},
      terminal_{board_,
                {aes_, generator_, signature_},
                identity,
                {.rules = {.board = 1, .key = keys::ImagePublicKey{}}}} {}

void Kiosk::insert(std::vector<virtual_card::Fault> faults, ComesBack comes_back) {
    constexpr std::uint64_t out_us = 20'000;
    comes_back_.reset();
    if (card_) {
        card_->contacts.remove();
        run(out_us);
    }
    comes_back_ = comes_back;
    pulled_at_us_.reset();
    line.clear();
    exchanges.clear();
    card_ = std::make_unique<InsertedCard>(*this, std::move(faults));
    card_->contacts.take({ContactEventType::query, 0, 0}, clock_.us);
    run(out_us);
}

void Kiosk::note(bool is_from_card, std::uint8_t type, std::uint8_t value) {
    bool const is_wrong = type == static_cast<std::uint8_t>(ContactEventType::wrong_character);
    if (is_wrong || type == static_cast<std::uint8_t>(ContactEventType::character)) {
        auto const seen = virtual_card::turned({value, is_wrong}, kind_.settings.convention);
        line.push_back({is_from_card, seen.value, seen.is_parity_wrong});
    }
}

bool Kiosk::move_events() {
    bool has_moved = !card_stream_.from_terminal.empty();
    for (std::uint8_t const byte : std::exchange(card_stream_.from_terminal, {})) {
        auto const event = parser_.take(byte);
        if (event && card_) {
            note(false, static_cast<std::uint8_t>(event->type), event->value);
            card_->contacts.take(*event, clock_.us);
        }
    }
    if (!card_) {
        return has_moved;
    }
    bring_back();
    for (ContactEvent const& event : card_->contacts.leave(clock_.us)) {
        has_moved = true;
        note(true, static_cast<std::uint8_t>(event.type), event.value);
        for (std::uint8_t const byte : encode(event)) {
            card_stream_.to_terminal.push_back(byte);
        }
    }
    return has_moved;
}

void Kiosk::bring_back() {
    if (card_->contacts.is_in()) {
        pulled_at_us_.reset();
        return;
    }
    pulled_at_us_ = pulled_at_us_.value_or(clock_.us);
    if (comes_back_ && clock_.us >= *pulled_at_us_ + *comes_back_) {
        card_->contacts.insert();
    }
}

void Kiosk::tick() {
    std::size_t const said = pad_host.from_terminal.size();
    bool const is_asked = !pad_host.to_terminal.empty();
    terminal_.step();
    bool const has_moved = move_events() || is_asked || pad_host.from_terminal.size() != said;
    idle_ticks_ = has_moved ? 0 : idle_ticks_ + 1;
    std::uint64_t step_us = idle_ticks_ > idle_after ? idle_step_us : busy_step_us;
    if (auto const due = card_ ? card_->contacts.due_us() : std::nullopt) {
        step_us = std::min(step_us, *due > clock_.us ? *due - clock_.us : busy_step_us);
    }
    clock_.us += step_us;
}

void Kiosk::run(std::uint64_t us) {
    for (std::uint64_t const end = clock_.us + us; clock_.us < end;) {
        tick();
    }
}

void Kiosk::press(std::string_view keys) {
    pad_.type(keys);
    (void)pad_.key(); // what it was asked before does not count
}

} // namespace terminal
