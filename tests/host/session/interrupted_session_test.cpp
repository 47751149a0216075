// What a card is after it was pulled, or its power was cut, anywhere in the work of one operation:
// never bricked.
#include "host/session/file_access.hpp"

#include "tests/host/session/test_card.hpp"

#include "apdu/record.hpp"

#include <iostream>

namespace session {
namespace {

using virtual_card::CardMemory;

/// What a card is before and after, and in between.
struct Undertaking {
    char const* name;
    void (*run)(CardSession&);
    /// Of the card that is left; repeats the operation where that is what staff would do.
    void (*expect_usable)(CardSession&);
};

apdu::FilePlace place_of_file(CardSession const& card, std::string_view path) {
    return apdu::find_file(card.layout(), path).value();
}

keys::Pin const& old_pin() {
    static keys::Pin const pin = pin_of("123456");
    return pin;
}
keys::Pin const& new_pin() {
    static keys::Pin const pin = pin_of("246810");
    return pin;
}

/// Which PIN works; a wrong try of another one is spent on the way.
bool opens_with(CardSession& card, keys::Pin const& pin) {
    return verify_pin(card, pin, LastTry::refuse).ok();
}

void run_reset(CardSession& card) { std::ignore = reset_pin(card, new_pin()); }

/// The PIN is the old or the new one, or can be reset; and the same reset again gives the new one.
void expect_reset(CardSession& card) {
    auto const status = pin_status(card);
    ASSERT_TRUE(status.ok());
    bool const opens = status.value().state == PinState::set &&
                       (opens_with(card, old_pin()) || opens_with(card, new_pin()));
    auto const again = reset_pin(card, new_pin());
    ASSERT_TRUE(again.ok()) << "opens: " << opens << " " << to_text(again.error().code);
    ASSERT_TRUE(opens_with(card, new_pin()));
}

void run_change(CardSession& card) {
    std::ignore = change_pin(card, old_pin(), new_pin(), LastTry::refuse);
}

void run_verify(CardSession& card) { std::ignore = verify_pin(card, old_pin(), LastTry::refuse); }

/// A verified PIN still opens the card.
void expect_verify(CardSession& card) { ASSERT_TRUE(opens_with(card, old_pin())); }

constexpr std::string_view record_path = "DF01/EF06";
constexpr std::uint8_t record_number = 1;

/// The record that is written: its head as the card has it, another value of its size.
std::vector<std::uint8_t> record_with(CardSession& card, std::uint8_t filling) {
    auto const place = place_of_file(card, record_path);
    apdu::Item const& item = place.file->items.front();
    std::vector<std::uint8_t> record(apdu::record_head_size + item.size, filling);
    record[0] = item.tag;
    record[1] = item.size;
    return record;
}

Rights all_rights() { return {.pin = &old_pin()}; }

void run_record(CardSession& card) {
    std::ignore = write_record(card, place_of_file(card, record_path), record_number,
                               record_with(card, 0x41), all_rights());
}

/// The record is old, or new, or torn and written whole by the same command.
void expect_record(CardSession& card) {
    auto const place = place_of_file(card, record_path);
    auto const written = record_with(card, 0x41);
    auto const again = write_record(card, place, record_number, written, all_rights());
    ASSERT_TRUE(again.ok()) << to_text(again.error().code) << " " << again.error().detail;
    auto const read = read_record(card, place, record_number, all_rights());
    ASSERT_TRUE(read.ok()) << to_text(read.error().code);
    ASSERT_EQ(read.value(), written);
}

constexpr std::string_view photo_path = "SSSE/EF08";

std::vector<std::uint8_t> photo() { return std::vector<std::uint8_t>(300, 0x5A); }

void run_binary(CardSession& card) {
    std::ignore = write_binary(card, place_of_file(card, photo_path), photo(), all_rights());
}

void expect_binary(CardSession& card) {
    auto const place = place_of_file(card, photo_path);
    ASSERT_TRUE(write_binary(card, place, photo(), all_rights()).ok());
    auto const read = read_file(card, place, all_rights());
    ASSERT_TRUE(read.ok()) << to_text(read.error().code);
    ASSERT_TRUE(apdu::equal_bytes(apdu::ByteView{read.value()}.first(300), photo()));
}

class InterruptedSession
    : public testing::TestWithParam<std::tuple<Undertaking, virtual_card::CardPlan>> {
protected:
    [[nodiscard]] Undertaking const& operation() const { return std::get<0>(GetParam()); }

    /// Runs the operation on a card with that fault, if any.
    void run_on(virtual_card::LocalConnection& connection) {
        CardChannel channel{connection};
        auto card = CardSession::open(channel, keys_.service());
        if (card.ok()) {
            operation().run(card.value());
        }
    }
    void try_point(virtual_card::Fault const& fault) {
        virtual_card::LocalConnection connection{start_, {fault}};
        run_on(connection);
        connection.insert();
        CardChannel channel{connection};
        auto card = CardSession::open(channel, keys_.service());
        ASSERT_TRUE(card.ok()) << to_text(card.error().code) << " " << card.error().detail;
        ASSERT_TRUE(card.value().check_genuine().ok());
        operation().expect_usable(card.value());
    }

    TestKeys keys_{};
    CardMemory start_ = live_card(std::get<1>(GetParam()));
};

constexpr auto undertakings = std::to_array<Undertaking>({
    {"pin_reset", run_reset, expect_reset},
    {"pin_change", run_change, expect_reset},
    {"pin_verify", run_verify, expect_verify},
    {"record_write", run_record, expect_record},
    {"transparent_write", run_binary, expect_binary},
});

INSTANTIATE_TEST_SUITE_P(
    Of, InterruptedSession,
    testing::Combine(testing::ValuesIn(undertakings), testing::Values(des_card(), sm4_card())),
    [](auto const& info) {
        return std::string{std::get<0>(info.param).name} +
               (std::get<1>(info.param).algorithm == keys::Algorithm::sm4 ? "_3_00" : "_2_00");
    });

TEST_P(InterruptedSession, AnywhereLosesNoCard) {
    virtual_card::LocalConnection undisturbed{start_};
    run_on(undisturbed);
    ASSERT_GT(undisturbed.memory_writes(), 0U);
    auto const points =
        virtual_card::every_interruption(undisturbed.commands(), undisturbed.memory_writes());
    for (virtual_card::Fault const& fault : points) {
        try_point(fault);
        ASSERT_FALSE(HasFatalFailure()) << text_of(fault);
    }
    std::cout << operation().name << ": " << points.size() << " points tried, 0 cards lost\n";
}

} // namespace
} // namespace session
