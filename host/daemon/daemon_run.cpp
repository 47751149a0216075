#include "host/daemon/daemon_run.hpp"

#include "host/daemon/card_service.hpp"
#include "host/daemon/centre.hpp"
#include "host/daemon/fault_message.hpp"
#include "host/daemon/field_keys.hpp"
#include "host/daemon/key_store.hpp"
#include "host/daemon/store_message.hpp"

#include "host/api/server.hpp"
#include "host/pcsc/reader_watch.hpp"
#include "host/store/card_makings.hpp"
#include "host/store/registered_counters.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include <csignal>
#include <filesystem>
#include <future>
#include <thread>
#include <unistd.h>

namespace sscardd {
namespace {

constexpr int could_not_start = 1;
constexpr int wrong_configuration = 2;
/// How long work that runs gets to be finished at the end: longer than a card takes that is made
/// from a bare chip, and less than the unit file's TimeoutStopSec.
constexpr std::chrono::seconds work_time_max{150};
/// How long the PC/SC service gets to answer the threads that still wait for it at the end.
constexpr std::chrono::seconds end_time_max{2};
constexpr std::chrono::milliseconds end_check{20};

/// SIGTERM and SIGINT, blocked here and in every thread that starts later; one waits for them.
sigset_t block_end_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void set_up_log(std::string const& level) {
    auto const log = spdlog::stderr_logger_mt("sscardd");
    log->set_pattern("%Y-%m-%dT%H:%M:%S.%e %l %v");
    log->set_level(spdlog::level::from_str(level));
    spdlog::set_default_logger(log);
}

std::optional<Configuration> configuration_of(RunOptions const& options) {
    if (!options.configuration_path) {
        return Configuration{};
    }
    auto result = read_configuration(*options.configuration_path);
    if (auto* const faults = std::get_if<std::vector<ConfigurationFault>>(&result)) {
        for (auto const& fault : *faults) {
            fmt::print(stderr, "sscardd: {}: {}{}{}\n", *options.configuration_path, fault.where,
                       fault.where.empty() ? "" : ": ", fault.what);
        }
        return std::nullopt;
    }
    return std::get<Configuration>(std::move(result));
}

void print_lines(std::vector<std::string> const& lines) {
    for (std::string const& line : lines) {
        fmt::print(stderr, "sscardd: {}\n", line);
    }
}

std::unique_ptr<KeyStore> key_store_of(Configuration const& configuration) {
    auto result = open_key_store(configuration.keys);
    if (auto* const lines = std::get_if<std::vector<std::string>>(&result)) {
        print_lines(*lines);
        return nullptr;
    }
    return std::get<std::unique_ptr<KeyStore>>(std::move(result));
}

void tell_about_keys(KeyStore const& keys) {
    api::KeyReport const report = keys.report();
    if (report.psam && report.psam->fault) {
        spdlog::warn("{}", line_of(*report.psam->fault));
    }
    if (report.back_end == api::KeyBackEnd::none && !report.psam) {
        spdlog::warn("no keys are configured: only what is free can be read, nothing written");
        return;
    }
    if (report.back_end == api::KeyBackEnd::key_file) {
        spdlog::warn("the master keys of {} lie there in the clear: whoever reads that file can "
                     "make cards",
                     report.path);
    }
    if (report.fault && report.back_end != api::KeyBackEnd::none) {
        spdlog::error("{}", line_of(*report.fault));
    } else if (report.state == api::KeyState::locked) {
        spdlog::warn("the keys of {} are locked until \"sscard keys unlock\"", report.path);
    }
    if (report.test.value_or(false)) {
        spdlog::warn("the keys are TEST KEYS: cards made with them are for trials only");
    }
}

/// One line when readers or the service came or went; cards in them are no news for the log.
void log_readers(std::optional<pcsc::ReaderList> const& before, pcsc::ReaderList const& now) {
    bool const is_news = !before || before->service_available != now.service_available ||
                         before->readers.size() != now.readers.size();
    if (!now.service_available && is_news) {
        spdlog::warn("the PC/SC service does not answer");
    } else if (is_news) {
        spdlog::info("{} reader(s)", now.readers.size());
    }
}

int fail(api::Fault const& fault) {
    spdlog::error("{}: {}", fault.code, fault.detail);
    return could_not_start;
}

/// What an earlier run left: cards to be finished, by nothing more than their chips' numbers.
void tell_about_makings(store::Recovery const& found) {
    for (std::string const& chip : found.open) {
        spdlog::warn("the card {} is in making: repeat the command that began it", chip);
    }
    for (std::string const& chip : found.damaged) {
        spdlog::error("the journal of card {} is damaged: void the card", chip);
    }
    for (session::Fault const& fault : found.faults) {
        spdlog::error("{}: {}", session::to_text(fault.code), fault.detail);
    }
}

/// Ends the watch and waits until no lane is at work, for end_time_max; false where a call into the
/// PC/SC service hangs.
bool end_calls(pcsc::ReaderWatch& watch, std::thread& watching, ReaderLanes const& lanes) {
    auto const until = std::chrono::steady_clock::now() + end_time_max;
    std::promise<void> watch_end;
    auto const watch_ended = watch_end.get_future();
    std::thread ending{[&] {
        watch.stop();
        watching.join();
        watch_end.set_value();
    }};
    while (std::chrono::steady_clock::now() < until) {
        bool const is_watch_over = watch_ended.wait_for(end_check) == std::future_status::ready;
        if (is_watch_over && lanes.have_ended()) {
            ending.join();
            return true;
        }
        if (is_watch_over) {
            std::this_thread::sleep_for(end_check);
        }
    }
    ending.detach(); // the process ends at once
    return false;
}

LaneKeys keys_for(KeyStore const& keys, store::CardRegister const& cards, JobTraits const& job) {
    LaneKeys given = job.purpose ? keys.service_for({*job.purpose, job.requester}) : keys.service();
    given.versions = [&cards](apdu::ByteView atr) { return versions_for(cards, atr); };
    return given;
}

/// The readers for holders' cards: all but the PSAM's.
pcsc::ReaderList readers_for_cards(pcsc::ReaderList list, KeySettings const& keys) {
    if (keys.psam) {
        std::erase_if(list.readers, [&keys](pcsc::ReaderState const& reader) {
            return reader.name == keys.psam->reader;
        });
    }
    return list;
}

/// Everything that runs, from first to last.
int serve(Configuration const& configuration, KeyStore& keys, std::string const& socket) {
    sigset_t const signals = block_end_signals();
    auto file = api::SocketFile::claim(socket);
    if (!file.ok()) {
        return fail(file.error());
    }
    std::filesystem::path const state{configuration.state_directory};
    auto cards = store::CardRegister::open(state / "cards.sqlite");
    if (!cards.ok()) {
        return fail(message_of(cards.error()));
    }
    auto makings = store::CardMakings::open(*cards.value(), state / "makings");
    if (!makings.ok()) {
        return fail(message_of(makings.error()));
    }
    tell_about_makings(makings.value()->recovery());
    store::RegisteredCounters counters{*cards.value()};
    keys.count_transactions_in(counters);
    ReaderLanes lanes{pcsc_card_source,
                      [&keys, &register_of = *cards.value()](JobTraits const& job) {
                          return keys_for(keys, register_of, job);
                      },
                      configuration.lane_times};
    CardService service{configuration, lanes, *makings.value(), *cards.value(), keys};
    api::Server server{service};
    if (auto const fault = server.listen(file.value(), configuration.socket_access)) {
        return fail(*fault);
    }
    Centre centre{configuration.centre, keys, lanes.events()};
    if (auto const fault = centre.begin()) {
        spdlog::error("centre: {}", *fault);
        return could_not_start;
    }
    pcsc::ReaderWatch watch;
    std::thread watching{[&] {
        std::optional<pcsc::ReaderList> before;
        watch.run([&](pcsc::ReaderList const& list) {
            log_readers(before, list);
            before = list;
            lanes.update(readers_for_cards(list, configuration.keys));
        });
    }};
    auto const serving = std::async(std::launch::async, [&server] { server.run(); });
    spdlog::info("serves on {}", file.value().path());
    sd_notify(0, "READY=1");

    int signal = 0;
    sigwait(&signals, &signal);
    spdlog::info("ends by {}", signal == SIGTERM ? "SIGTERM" : "SIGINT");
    sd_notify(0, "STOPPING=1");
    server.stop();
    lanes.end();
    bool const has_served = serving.wait_for(work_time_max) == std::future_status::ready;
    bool const is_centre_done = centre.end();
    if (!has_served || !is_centre_done || !end_calls(watch, watching, lanes)) {
        spdlog::warn("{}; it is left behind",
                     has_served ? "the PC/SC service or a reader hangs" : "work takes too long");
        { auto const released = std::move(file).value(); }
        _exit(0);
    }
    return 0;
}

} // namespace

int run_daemon(RunOptions const& options) {
    auto const configuration = configuration_of(options);
    if (!configuration) {
        return wrong_configuration;
    }
    if (options.only_check) {
        auto const lines = check_key_store(configuration->keys);
        print_lines(lines);
        if (lines.empty()) {
            fmt::print("sscardd: configuration and keys are in order\n");
        }
        return lines.empty() ? 0 : wrong_configuration;
    }
    set_up_log(configuration->log_level);
    auto const keys = key_store_of(*configuration);
    if (!keys) {
        return wrong_configuration;
    }
    tell_about_keys(*keys);
    return serve(*configuration, *keys,
                 api::choose_socket_path(options.socket_path, configuration->socket_path));
}

} // namespace sscardd
