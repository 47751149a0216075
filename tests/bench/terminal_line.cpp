// How much of the time of a card's line the terminal's core leaves unused: over characters alone,
// at 12 etu each. Core, streams and card as they are on the board linux with --paced, over a clock
// of the bench's own, so that the machine's other work does not count.
#include "tests/bench/expect.hpp"
#include "tests/bench/measurement.hpp"

#include "firmware/boards/streams/stream_card_line.hpp"
#include "firmware/core/slot.hpp"
#include "host/virtual/contact_card.hpp"

#include <cstdio>
#include <deque>
#include <string_view>

namespace bench {
namespace {

constexpr double times_max = 1.0 / 0.97;
constexpr std::size_t data_size = 250;
constexpr double character_etu = 12;
constexpr std::uint32_t clock_hz = 4'000'000;
constexpr std::uint64_t us_max = 20'000'000;

class BenchClock final : public hal::Clock {
public:
    std::uint64_t us = 1'000'000;
    std::uint64_t now_us() override { return us; }
};

/// The terminal's end of a stream.
class Wire final : public streams::ByteStream {
public:
    std::deque<std::uint8_t> to_terminal{};
    std::deque<std::uint8_t> from_terminal{};

    std::optional<std::uint8_t> receive() override {
        if (to_terminal.empty()) {
            return std::nullopt;
        }
        std::uint8_t const byte = to_terminal.front();
        to_terminal.pop_front();
        return byte;
    }
    bool send(std::uint8_t byte) override {
        from_terminal.push_back(byte);
        return true;
    }
    unsigned peers() const override { return 1; }
};

/// A chip that has so many bytes for any command.
class FullChip final : public virtual_card::PhysicalCard {
public:
    void reset() override {}
    apdu::ByteView atr() const override { return atr_; }
    virtual_card::Bytes exchange(apdu::ByteView /*command*/) override {
        virtual_card::Bytes answer(data_size + 2, 0x5A);
        answer[data_size] = 0x90;
        answer[data_size + 1] = 0x00;
        return answer;
    }

private:
    std::array<std::uint8_t, 4> atr_{0x3B, 0x60, 0x00, 0x00}; // without historical bytes
};

/// A terminal's slot and a card in it.
class Line {
public:
    explicit Line(virtual_card::ContactSettings const& settings) : card_{faulty_, {}, settings} {
        card_.take({virtual_card::ContactEventType::query, 0, 0}, clock_.us);
    }

    void run_until_idle() {
        for (std::uint64_t us = 0; us < us_max && slot_.is_busy(); ++us) {
            tick();
        }
    }
    void tick() {
        ++clock_.us;
        slot_.step();
        while (!wire_.from_terminal.empty()) {
            auto const event = parser_.take(wire_.from_terminal.front());
            wire_.from_terminal.pop_front();
            if (event) {
                card_.take(*event, clock_.us);
            }
        }
        for (auto const& event : card_.leave(clock_.us)) {
            for (std::uint8_t const byte : encode(event)) {
                wire_.to_terminal.push_back(byte);
            }
        }
    }
    terminal::Slot& slot() { return slot_; }
    std::uint64_t now_us() const { return clock_.us; }

private:
    BenchClock clock_{};
    Wire wire_{};
    streams::ContactPort port_{wire_};
    streams::StreamCardLine line_{port_, 0, clock_, clock_hz, true};
    terminal::Slot slot_{line_, clock_};
    FullChip chip_{};
    virtual_card::FaultyCard faulty_{chip_, {}};
    virtual_card::ContactEventParser parser_{};
    virtual_card::ContactCard card_;
};

Measurement measure(std::string name, bool is_t1, std::uint8_t ta1) {
    virtual_card::ContactSettings settings;
    settings.is_paced = true;
    settings.clock_hz = clock_hz;
    settings.ta1 = ta1;
    settings.protocol =
        is_t1 ? virtual_card::ContactProtocol::t1 : virtual_card::ContactProtocol::t0;
    Line line{settings};
    for (unsigned us = 0; us < 1'000; ++us) {
        line.tick();
    }
    line.slot().power_on(hal::VoltageClass::a);
    line.run_until_idle();
    expect(line.slot().step() == terminal::Slot::State::done, "the card answers the reset");
    std::uint8_t const protocol = is_t1 ? 1 : 0;
    std::array<std::uint8_t, apdu::pps_size_max> pps{};
    std::size_t const pps_size = apdu::Pps{protocol, ta1}.encode(pps);
    line.slot().exchange(apdu::ByteView{pps}.first(pps_size), 0);
    line.run_until_idle();
    auto parameters = line.slot().parameters();
    parameters.rate_code = ta1;
    line.slot().set_parameters(parameters);
    std::array<std::uint8_t, 9> const block{0x00, 0x00, 0x05, 0x00, 0xB0, 0x00, 0x00, 0xFA, 0x4F};
    apdu::ByteView const sent = is_t1 ? apdu::ByteView{block} : apdu::ByteView{block}.subspan(3, 5);
    // What a conversation begins with: IFSD under T=1, a first command under T=0.
    std::array<std::uint8_t, 5> const ifs{0x00, 0xC1, 0x01, 0xFE, 0x3E};
    line.slot().exchange(is_t1 ? apdu::ByteView{ifs} : sent, 0);
    line.run_until_idle();
    std::uint64_t const begin_us = line.now_us();
    line.slot().exchange(sent, 0);
    line.run_until_idle();
    auto const took_us = static_cast<double>(line.now_us() - begin_us);
    expect(line.slot().step() == terminal::Slot::State::done, "the card answers the command");
    auto const rate = *apdu::clock_rate_of(ta1);
    auto const characters =
        static_cast<double>(sent.size() + line.slot().answer().size() + (is_t1 ? 0U : 1U));
    double const least_us = characters * character_etu * rate.fi / rate.di * 1e6 / clock_hz;
    return {std::move(name), took_us / least_us, "times", times_max,
            std::to_string(static_cast<unsigned>(characters)) + " characters of 12 etu, " +
                std::to_string(static_cast<unsigned>(least_us)) + " us"};
}

} // namespace
} // namespace bench

int main(int argc, char** argv) {
    bench::expect(argc == 3, "usage: sscard_terminal_bench json|text NAME");
    bool const as_json = std::string_view{argv[1]} == "json";
    bool is_known = false;
    struct Row {
        std::string_view name;
        bool is_t1;
        std::uint8_t ta1;
    };
    for (Row const& row :
         {Row{"terminal_line_T0_372_1", false, 0x11}, Row{"terminal_line_T0_512_8", false, 0x94},
          Row{"terminal_line_T0_512_32", false, 0x96}, Row{"terminal_line_T1_372_1", true, 0x11},
          Row{"terminal_line_T1_512_8", true, 0x94}, Row{"terminal_line_T1_512_32", true, 0x96}}) {
        if (row.name.starts_with(argv[2])) {
            is_known = true;
            auto const measured = bench::measure(std::string{row.name}, row.is_t1, row.ta1);
            std::puts(bench::to_line(measured, as_json).c_str());
        }
    }
    bench::expect(is_known, "there is no such line");
    return 0;
}
