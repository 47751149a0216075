#include "tests/bench/session_work.hpp"

#include "tests/bench/expect.hpp"

#include "host/session/basic_data.hpp"
#include "host/session/file_access.hpp"

#include <chrono>

namespace bench {
namespace {

constexpr unsigned work_records = 24;
constexpr std::uint8_t file_records = 7; // of SSSE/EF06

using Clock = std::chrono::steady_clock;

template <typename T>
T expect_value(session::Outcome<T> outcome, char const* what) {
    if (!outcome.ok()) {
        std::fprintf(stderr, "sscard_bench: %s %s\n",
                     std::string{session::to_text(outcome.error().code)}.c_str(),
                     outcome.error().detail.c_str());
    }
    expect(outcome.ok(), what);
    return std::move(outcome).value();
}

session::CardSession open_card(session::CardChannel& channel, keys::KeyService& keys) {
    return expect_value(session::CardSession::open(channel, &keys), "recognize the card");
}

std::uint8_t record_number(unsigned turn) {
    return static_cast<std::uint8_t>(turn % file_records + 1);
}

/// Reads records, then writes each as it was read, so that the card stays the same.
void read_and_write(session::CardSession& card, apdu::FilePlace place) {
    session::Rights const rights;
    std::vector<std::vector<std::uint8_t>> contents;
    for (unsigned turn = 0; turn < work_records; ++turn) {
        contents.push_back(expect_value(
            session::read_record(card, place, record_number(turn), rights), "read a record"));
    }
    for (unsigned turn = 0; turn < work_records; ++turn) {
        expect_value(
            session::write_record(card, place, record_number(turn), contents[turn], rights),
            "write a record");
    }
}

} // namespace

SessionWork run_session_work(apdu::CardConnection& connection, keys::KeyService& keys) {
    auto const pin = keys::Pin::from_digits("123456");
    expect(pin.ok(), "a PIN");
    session::CardChannel channel{connection};

    auto const start = Clock::now();
    auto card = open_card(channel, keys);
    auto const place = apdu::find_file(card.layout(), "SSSE/EF06");
    expect(place.has_value(), "SSSE/EF06 in the layout");
    expect_value(session::verify_pin(card, pin.value(), session::LastTry::refuse), "verify");
    expect_value(card.authenticate({apdu::KeyName::uk_ssse}), "authenticate");
    read_and_write(card, *place);
    auto const end = Clock::now();
    return {std::chrono::duration<double>{end - start}.count(), channel.exchanges(),
            card.card().identity};
}

std::size_t count_basic_data(apdu::CardConnection& connection, keys::KeyService& keys) {
    session::CardChannel channel{connection};
    auto card = open_card(channel, keys);
    auto const data = expect_value(session::read_basic_data(card), "read the basic data");
    expect(data.genuine_checked && data.holder_read, "authentication both ways");
    return channel.exchanges();
}

} // namespace bench
