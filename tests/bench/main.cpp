// Measures against cards that are already in readers: tests/bench/run puts them there.
#include "tests/bench/bare_loop.hpp"
#include "tests/bench/expect.hpp"
#include "tests/bench/making_line.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/recording_connection.hpp"
#include "tests/bench/remote_resets.hpp"
#include "tests/bench/session_work.hpp"
#include "tests/bench/software_resets.hpp"

#include "host/pcsc/pcsc_connection.hpp"
#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <fstream>
#include <optional>
#include <string_view>

namespace {

using bench::expect;
using bench::Measurement;

constexpr unsigned work_pairs = 101;

struct Bench {
    pcsc::Context const& context;
    keys::KeyService& keys;
};

std::unique_ptr<pcsc::Connection> connect(Bench& bench, std::string const& reader) {
    bench::wait_for_card(reader);
    auto connection = pcsc::Connection::open(bench.context, reader);
    expect(connection.ok(), ("a card in " + reader).c_str());
    return std::move(connection).value();
}

Measurement basic_data(Bench& bench, std::string const& reader, std::string name, double bound) {
    auto const connection = connect(bench, reader);
    auto const commands = bench::count_basic_data(*connection, bench.keys);
    return {std::move(name), static_cast<double>(commands), "APDUs", bound,
            "a limit; field drivers send about 20 on 2.00, 24 on 3.00"};
}

/// Session and bare loop by turns, so that a busy machine burdens both; then the medians' ratio.
Measurement work_card(Bench& bench, std::string const& reader, std::string name) {
    std::vector<double> session_seconds;
    std::vector<double> bare_seconds;
    bench::BareWork work{reader, {}, {}};
    for (unsigned pair = 0; pair < work_pairs; ++pair) {
        {
            auto const connection = connect(bench, reader);
            if (work.commands.empty()) {
                bench::RecordingConnection recording{*connection};
                work.card = bench::run_session_work(recording, bench.keys).card;
                work.commands = recording.commands();
                continue; // the first run warms up
            }
            session_seconds.push_back(bench::run_session_work(*connection, bench.keys).seconds);
        }
        bare_seconds.push_back(bench::run_bare_loop(work, bench.keys));
    }
    return {std::move(name),
            bench::median(std::move(session_seconds)) / bench::median(std::move(bare_seconds)),
            "times", 1.10,
            "the same " + std::to_string(work.commands.size()) + " APDUs by SCardTransmit alone"};
}

Measurement resident_size(std::string const& pid) {
    std::ifstream status{"/proc/" + pid + "/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmRSS:")) {
            return {"sscardd_idle", std::stod(line.substr(6)) / 1024.0, "MiB", 20,
                    "a limit on VmRSS"};
        }
    }
    expect(false, "the resident size of sscardd");
    return {};
}

/// What tests/bench/lanes has measured.
Measurement lane_time(std::string const& milliseconds, std::string name, double bound) {
    return {std::move(name), std::stod(milliseconds), "ms", bound,
            "a limit, for the worst of 11 with the start-up of sscard"};
}

/// What tests/bench/making has measured: a ratio, or KiB.
Measurement making_ratio(std::string const& ratio, std::string name, double bound) {
    return {std::move(name), std::stod(ratio), "times", bound,
            "one card at one reader; the limit is 7.5 times the cards an hour with 8 readers, 14 "
            "times with 16"};
}
Measurement busy_size(std::string const& kib) {
    return {"sscardd_busy", std::stod(kib) / 1024.0, "MiB", 60, "a limit on VmRSS"};
}

/// The time of a card that tests/bench/making has made over what its commands take on the line.
Measurement making_time(keys::file::KeyFile const& keys, std::string const& milliseconds) {
    std::ifstream record{"host/virtual/trial/zhang_san.json"};
    auto const line = bench::making_line(keys, {std::istreambuf_iterator<char>{record}, {}});
    auto const seconds = [](virtual_card::LineTotal const& total) {
        return std::chrono::duration<double>{total.time}.count();
    };
    auto const told = [&](virtual_card::LineTotal const& total) {
        return std::to_string(total.commands) + " APDUs, " + std::to_string(total.characters) +
               " characters, " + std::to_string(seconds(total)) + " s";
    };
    return {"making_line", std::stod(milliseconds) / 1000.0 / seconds(line.all), "times", 1 / 0.97,
            "line time at 9600 baud: " + told(line.all) +
                "; of these, what a card keeps: " + told(line.kept)};
}

keys::file::KeyFile read_keys(char const* path) {
    auto keys = keys::file::read_key_file(path);
    expect(keys.ok(), "the key file");
    return std::move(keys).value();
}

/// A figure that a script has measured; nothing where the name is another's.
std::optional<Measurement> measured_before(keys::file::KeyFile const& keys, std::string const& name,
                                           std::string const& target) {
    if (name == "sscardd_idle") {
        return resident_size(target);
    }
    if (name == "lane_after_pull" || name == "lane_after_restart") {
        return lane_time(target, name, name == "lane_after_pull" ? 200 : 2000);
    }
    if (name == "making_readers_8" || name == "making_readers_16") {
        return making_ratio(target, name, name == "making_readers_8" ? 8 / 7.5 : 16 / 14.0);
    }
    if (name == "work_card_pyscard" || name == "work_card_opensc") {
        return Measurement{name, std::stod(target), "times", 1,
                           "the recorded APDUs by that program, start-up included in both"};
    }
    if (name == "making_line") {
        return making_time(keys, target);
    }
    if (name == "software_resets_3DES" || name == "software_resets_SM4") {
        bool const is_sm4 = name == "software_resets_SM4";
        return bench::software_resets(keys.masters(),
                                      is_sm4 ? keys::Algorithm::sm4 : keys::Algorithm::des3, name);
    }
    return name == "sscardd_busy" ? std::optional{busy_size(target)} : std::nullopt;
}

/// A figure that is measured here, at a card in that reader.
Measurement measure(keys::file::KeyFile const& file, std::string const& name,
                    std::string const& reader) {
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService keys{cipher, file.masters()};
    auto const context = pcsc::Context::establish();
    expect(context.ok(), "a PC/SC service");
    Bench bench{context.value(), keys};
    return name == "basic_data_2.00"   ? basic_data(bench, reader, name, 7)
           : name == "basic_data_3.00" ? basic_data(bench, reader, name, 10)
                                       : work_card(bench, reader, name);
}

/// The work card once, for tests/bench/peers; prints its commands where they are wished for.
void do_work_card(keys::file::KeyFile const& file, std::string const& reader, bool prints) {
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService keys{cipher, file.masters()};
    auto const context = pcsc::Context::establish();
    expect(context.ok(), "a PC/SC service");
    Bench bench{context.value(), keys};
    auto const connection = connect(bench, reader);
    bench::RecordingConnection recording{*connection};
    (void)bench::run_session_work(recording, keys);
    if (!prints) {
        return;
    }
    for (auto const& command : recording.commands()) {
        for (std::uint8_t const byte : command) {
            std::printf("%02X", byte);
        }
        std::puts("");
    }
}

int run(std::vector<std::string> const& arguments) {
    auto const file = read_keys(arguments[0].c_str());
    std::string const& name = arguments[2];
    std::string const& target = arguments[3];
    if (name == "work_card_once" || name == "work_card_commands") {
        do_work_card(file, target, name == "work_card_commands");
        return 0;
    }
    auto const before = name == "remote_resets" ? std::optional{bench::remote_resets(arguments[0])}
                                                : measured_before(file, name, target);
    Measurement const result = before ? *before : measure(file, name, target);
    std::puts(bench::to_line(result, arguments[1] == "json").c_str());
    return 0;
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) {
        std::fputs("usage: sscard_bench KEYS json|text NAME READER-PID-OR-VALUE\n", stderr);
        return 2;
    }
    return run({argv + 1, argv + argc});
}
