#include "tests/bench/image/answer_times.hpp"

#include "tests/bench/expect.hpp"
#include "tests/bench/image/kiosk.hpp"
#include "tests/bench/image/plain_chip.hpp"

#include <algorithm>

namespace bench {
namespace {

using apdu::ccid::CommandType;
using virtual_card::Bytes;
using virtual_card::FaultKind;

constexpr unsigned queries = 80;
constexpr std::size_t status_at = 7;
constexpr std::uint8_t failed = 0x40;
constexpr double us_of_ms = 1000;
/// Start bit, 8 data bits, two stop bits.
constexpr double us_of_character = 11 * 1e6 / 115'200;

/// What a card is at, and how it is brought there.
struct Situation {
    char const* name;
    bool is_t1;
    std::vector<virtual_card::Fault> faults;
    KioskCommand command;
    std::string_view typed; ///< at the pad, then
    std::uint64_t lasts_us; ///< it is asked within that time
};

std::vector<Situation> situations() {
    KioskCommand const power_on{CommandType::icc_power_on};
    KioskCommand const read{CommandType::xfr_block, {0x00, 0xB0, 0x00, 0x00, 0xFA}};
    KioskCommand const read_in_block{CommandType::xfr_block,
                                     {0x00, 0x00, 0x05, 0x00, 0xB0, 0x00, 0x00, 0xFA, 0x4F}};
    KioskCommand const verify{CommandType::secure,
                              {0x00, 0x1E, 0x81, 0x00, 0x00, 0x0C, 0x04, 0x02, 0x01, 0x04,
                               0x08, 0x00, 0x00, 0x00, 0x05, 0x00, 0x20, 0x00, 0x00, 0x00}};
    constexpr std::size_t in_answer = 60; // a character of it
    constexpr std::uint64_t long_us = 500'000;
    return {
        {"nothing", false, {}, {CommandType::get_slot_status}, "", long_us},
        {"answer_to_reset", false, {}, power_on, "", 25'000},
        {"no_answer_to_reset", false, {{FaultKind::mute}}, power_on, "", 50'000},
        {"mute", false, {{FaultKind::mute_at, in_answer}}, read, "", long_us},
        {"babble", false, {{FaultKind::babble, in_answer}}, read, "", 200'000},
        {"nulls", false, {{FaultKind::nulls_forever}}, read, "", long_us},
        {"long_answer_T0", false, {}, read, "", 200'000},
        {"long_answer_T1", true, {}, read_in_block, "", 200'000},
        {"pin_dialog", true, {}, verify, "12", long_us},
        {"wtx", true, {{FaultKind::wtx_forever}}, verify, "123456\r", long_us},
    };
}

KioskCommand query(unsigned number) {
    static std::array<KioskCommand, 4> const all{
        KioskCommand{CommandType::get_slot_status},
        {CommandType::escape, {0x02}},        // name and version, as the driver asks
        {CommandType::escape, {0x6A}},        // features
        {CommandType::escape, {0x53, 0x01}}}; // identity
    KioskCommand query = all[number % all.size()];
    if (number / all.size() % 2 == 1) {
        query.link = Machine::sam_host;
        query.slot = number / (2 * all.size()) % 2;
    }
    return query;
}

/// A kiosk whose card is brought to do the same again and again.
class AskedKiosk {
public:
    AskedKiosk(std::string const& image, std::string const& plugin, Situation const& situation)
        : situation_{situation}, kiosk_{image, plugin, chip_, settings(situation),
                                        situation.faults} {}

    AnswerTime time() {
        double worst_us = 0;
        for (unsigned number = 0; number < queries; ++number) {
            begin();
            kiosk_.run_for(situation_.lasts_us * number / queries);
            bool const is_meanwhile = !kiosk_.answer();
            auto const answer = kiosk_.ask(query(number));
            expect(answer[0] == static_cast<std::uint8_t>(apdu::ccid::answer_type_of(
                                    static_cast<std::uint8_t>(query(number).type))) &&
                       (answer[status_at] & failed) == 0,
                   "the terminal answers what it is asked");
            expect(is_meanwhile == (situation_.command.type != CommandType::get_slot_status),
                   (std::string{"the card is at it: "} + situation_.name).c_str());
            worst_us =
                std::max(worst_us, static_cast<double>(kiosk_.cost().answered_us) +
                                       static_cast<double>(kiosk_.cost().sent) * us_of_character);
        }
        double const pass_us = static_cast<double>(kiosk_.longest_pass()) * us_of_instruction;
        return {situation_.name, (worst_us + pass_us) / us_of_ms, queries};
    }

private:
    static virtual_card::ContactSettings settings(Situation const& situation) {
        virtual_card::ContactSettings settings;
        settings.is_paced = true;
        settings.protocol =
            situation.is_t1 ? virtual_card::ContactProtocol::t1 : virtual_card::ContactProtocol::t0;
        return settings;
    }
    void begin() {
        if (situation_.command.type != CommandType::icc_power_on) {
            auto const answer = kiosk_.ask({CommandType::icc_power_on});
            expect(answer.size() > apdu::ccid::header_size, "the card answers its reset");
        }
        if (situation_.is_t1) { // S(IFS request): the card's blocks may be long
            (void)kiosk_.ask({CommandType::xfr_block, {0x00, 0xC1, 0x01, 0xFE, 0x3E}});
        }
        kiosk_.begin(situation_.command, situation_.typed);
    }

    Situation const& situation_;
    PlainChip chip_{};
    Kiosk kiosk_;
};

} // namespace

std::vector<AnswerTime> time_answers(ImageFiles const& files, std::string const& plugin) {
    std::vector<AnswerTime> times;
    for (Situation const& situation : situations()) {
        times.push_back(AskedKiosk{files.image, plugin, situation}.time());
    }
    return times;
}

} // namespace bench
