#include "tests/bench/image/exchange_costs.hpp"

#include "tests/bench/expect.hpp"
#include "tests/bench/image/plain_chip.hpp"
#include "tests/bench/image/terminal_work.hpp"

#include <functional>
#include <numeric>

namespace bench {
namespace {

using apdu::ccid::CommandType;
using virtual_card::Bytes;

constexpr std::uint8_t read_binary = PlainChip::read_binary;
constexpr std::uint8_t update_binary = 0xD6;
constexpr std::uint8_t data_size = PlainChip::data_size;

Bytes command(std::uint8_t instruction) {
    Bytes bytes{0x00, instruction, 0x00, 0x00, data_size};
    if (instruction == update_binary) {
        bytes.resize(bytes.size() + data_size - 1, 0xA5); // as much as a block of T=1 takes
        bytes[4] = data_size - 1;
    }
    return bytes;
}

/// As the host's driver builds it. ISO/IEC 7816-3:2006 §11.3.
Bytes block(std::uint8_t pcb, Bytes const& inf) {
    Bytes bytes{0x00, pcb, static_cast<std::uint8_t>(inf.size())};
    bytes.insert(bytes.end(), inf.begin(), inf.end());
    bytes.push_back(std::accumulate(
        bytes.begin(), bytes.end(), std::uint8_t{0},
        [](std::uint8_t sum, std::uint8_t byte) { return static_cast<std::uint8_t>(sum ^ byte); }));
    return bytes;
}

/// A host that reads and writes; the first exchange of each kind is not counted.
class CountedHost {
public:
    CountedHost(Kiosk& kiosk, std::vector<InstructionCount>& counts, bool is_t1)
        : kiosk_{kiosk}, counts_{counts}, is_t1_{is_t1} {
        expect(kiosk_.ask({CommandType::icc_power_on}).size() > apdu::ccid::header_size,
               "the card answers");
        if (is_t1_) { // S(IFS request)
            (void)kiosk_.ask({CommandType::xfr_block, block(0xC1, {0xFE})});
        }
    }

    void count(std::string const& name, std::uint8_t instruction, std::size_t answered) {
        for (unsigned time = 0; time < 2; ++time) {
            auto const bytes = command(instruction);
            auto const sent = is_t1_ ? block(std::exchange(pcb_, pcb_ ^ 0x40U), bytes) : bytes;
            std::size_t const around = is_t1_ ? 4 : 0;
            expect(kiosk_.ask({CommandType::xfr_block, sent}).size() ==
                       apdu::ccid::header_size + answered + 2 + around,
                   "the card answers the command");
        }
        counts_.push_back({name, kiosk_.cost().instructions});
        counts_.push_back({name + "_turn", kiosk_.cost().turn});
    }

private:
    Kiosk& kiosk_;
    std::vector<InstructionCount>& counts_;
    bool is_t1_;
    std::uint8_t pcb_ = 0;
};

void count_protocol(Kiosk& kiosk, std::string const& protocol,
                    std::vector<InstructionCount>& counts) {
    CountedHost host{kiosk, counts, protocol == "T1"};
    host.count(protocol + "_read", read_binary, data_size);
    host.count(protocol + "_write", update_binary, 0);
}

/// Its longest pass is how long a host may wait for anything.
void count_work(Kiosk& kiosk, std::string const& name, std::function<void(Kiosk&)> const& work,
                std::vector<InstructionCount>& counts) {
    (void)kiosk.longest_pass();
    work(kiosk);
    counts.push_back({name + "_pass", kiosk.longest_pass()});
}

} // namespace

std::vector<InstructionCount> count_exchanges(ImageFiles const& files, ImageFiles const& test_files,
                                              std::string const& plugin) {
    std::vector<InstructionCount> counts;
    for (bool const is_t1 : {false, true}) {
        PlainChip chip;
        virtual_card::ContactSettings settings;
        settings.protocol =
            is_t1 ? virtual_card::ContactProtocol::t1 : virtual_card::ContactProtocol::t0;
        Kiosk kiosk{files.image, plugin, chip, settings};
        count_protocol(kiosk, is_t1 ? "T1" : "T0", counts);
    }
    PlainChip chip;
    Kiosk kiosk{test_files.image, plugin, chip, {}};
    (void)kiosk.ask({CommandType::get_slot_status});
    counts.push_back({"status", kiosk.cost().instructions});
    power_on(kiosk);
    count_work(kiosk, "pin_entry", enter_pins, counts);
    count_work(kiosk, "load_keys", load_keys, counts);
    count_work(kiosk, "pin_capture", capture_pin, counts);
    NewImage const new_image{test_files.update};
    count_work(
        kiosk, "signature", [&](Kiosk& updated) { new_image.begin(updated); }, counts);
    return counts;
}

} // namespace bench
