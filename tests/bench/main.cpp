// Measures against cards that are already in readers: tests/bench/run puts them there.
#include "tests/bench/bare_loop.hpp"
#include "tests/bench/expect.hpp"
#include "tests/bench/measurement.hpp"
#include "tests/bench/recording_connection.hpp"
#include "tests/bench/session_work.hpp"

#include "host/pcsc/pcsc_connection.hpp"
#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"
#include "keys/software_key_service.hpp"

#include <fstream>
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

keys::file::KeyFile read_keys(char const* path) {
    auto keys = keys::file::read_key_file(path);
    expect(keys.ok(), "the key file");
    return std::move(keys).value();
}

int run(std::vector<std::string> const& arguments) {
    auto const file = read_keys(arguments[0].c_str());
    keys::openssl::EvpCipher cipher;
    keys::SoftwareKeyService keys{cipher, file.masters()};
    auto const context = pcsc::Context::establish();
    expect(context.ok(), "a PC/SC service");
    Bench bench{context.value(), keys};
    bool const as_json = arguments[1] == "json";
    std::string const& name = arguments[2];
    std::string const& target = arguments[3];
    Measurement const result = name == "basic_data_2.00"      ? basic_data(bench, target, name, 7)
                               : name == "basic_data_3.00"    ? basic_data(bench, target, name, 10)
                               : name == "sscardd_idle"       ? resident_size(target)
                               : name == "lane_after_pull"    ? lane_time(target, name, 200)
                               : name == "lane_after_restart" ? lane_time(target, name, 2000)
                                                              : work_card(bench, target, name);
    std::puts(bench::to_line(result, as_json).c_str());
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
