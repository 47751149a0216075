#include "tests/integration/office.hpp"

#include "tests/integration/pcscd.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace integration {
namespace {

constexpr auto* trial_folder = "host/virtual/trial/";

std::string environment(char const* name) {
    char const* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? "" : value;
}

std::string program(std::string const& name) { return environment("SSCARD_BIN") + "/" + name; }

std::string make_folder() {
    std::string path = std::filesystem::temp_directory_path() / "sscard-office.XXXXXX";
    return mkdtemp(path.data()) == nullptr ? "" : path;
}

std::string port_of(std::size_t reader) {
    std::istringstream ports{environment("VIRTUAL_READER_PORTS")};
    std::string port;
    for (std::size_t i = 0; i <= reader; ++i) {
        ports >> port;
    }
    return port;
}

bool shows_card(nlohmann::json const& readers, std::size_t reader, bool present) {
    return std::any_of(readers.begin(), readers.end(), [&](nlohmann::json const& row) {
        return row.value("name", "") == Office::reader_name(reader) &&
               row.value("card_present", !present) == present;
    });
}

nlohmann::json parsed(Finished const& finished) {
    auto json = nlohmann::json::parse(finished.out, nullptr, false);
    EXPECT_FALSE(json.is_discarded()) << finished.out << finished.err;
    return json;
}

/// Where `sscard-virtual` puts a card of those options. The kiosk's terminal has a 3.00 card speak
/// T=1.
Arguments place_of(std::size_t reader, Arguments const& options) {
    if (!has_terminal()) {
        return {"--vpcd", "127.0.0.1:" + port_of(reader)};
    }
    if (reader != 0) {
        return {"--contacts", terminal_folder() + "/sams", "--sam-slot", std::to_string(reader)};
    }
    Arguments place{"--contacts", terminal_folder() + "/card"};
    if (std::find(options.begin(), options.end(), "3.00") != options.end()) {
        place.insert(place.end(), {"--protocol", "T1", "--ta1", "95"});
    }
    return place;
}

} // namespace

std::string terminal_folder() { return environment("TERMINAL_DIR"); }

bool has_terminal() { return std::getenv("TERMINAL_DIR") != nullptr; }

std::string person(std::string const& name) { return trial_folder + name + ".json"; }

std::string key_file() { return std::string{trial_folder} + "trial_keys.json"; }

std::string typed(std::vector<std::string> const& pins) {
    std::string text;
    for (std::string const& pin : pins) {
        text += pin + "\n";
    }
    return text;
}

Office::Office() : folder_{make_folder()} {
    EXPECT_FALSE(folder_.empty()) << "no temporary folder";
    keys_ = "[keys]\nfile = \"" + std::filesystem::absolute(key_file()).string() + "\"\n";
    configuration_ = "[office]\nregion = \"639900\"\n[state]\ndirectory = \"" + folder_ + "\"\n";
}

Office::~Office() {
    // pcscd looks for cards every 400 ms: until it has seen the reader empty, the next card there
    // would be taken for this one.
    for (std::size_t reader = 0; reader < cards_.size(); ++reader) {
        if (cards_[reader]) {
            remove(reader);
        }
    }
    daemon_.reset();
    expect_no_secret();
    if (testing::Test::HasFailure()) {
        std::fprintf(stderr, "%s\n", logs().c_str());
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void Office::keep_keys_in_store() { keys_ = "[keys]\nstore = \"" + folder_ + "/keys\"\n"; }

void Office::keep_keys_elsewhere(std::string const& lines) { keys_ = "[keys]\n" + lines; }

void Office::configure(std::string const& toml) { configuration_ += toml; }

void Office::start_daemon() {
    std::string const path = folder_ + "/sscardd.toml";
    std::ofstream{path} << keys_ << configuration_;
    daemon_.emplace(
        Arguments{program("sscardd"), "--config", path, "--socket", folder_ + "/sscardd.socket"},
        folder_ + "/sscardd.log");
    EXPECT_TRUE(eventually([&] { return sscard({"readers"}).status == 0; })) << logs();
    for (std::size_t reader = 0; reader < cards_.size(); ++reader) {
        if (cards_[reader] && reader != psam_reader_) {
            expect_card(reader, true);
        }
    }
}

Background& Office::daemon() { return *daemon_; }

void Office::start_card(std::size_t reader, std::string const& kind, Arguments options) {
    Arguments arguments{program("sscard-virtual"), kind};
    for (std::string const& word : place_of(reader, options)) {
        arguments.push_back(word);
    }
    if (std::find(options.begin(), options.end(), "--keys") == options.end()) {
        options.insert(options.end(), {"--keys", key_file()});
    }
    arguments.insert(arguments.end(), options.begin(), options.end());
    std::string const log = folder_ + "/card" + std::to_string(reader) + ".log";
    cards_[reader].emplace(arguments, log);
    EXPECT_TRUE(eventually([&] { return text_of_file(log).find("attached") != std::string::npos; }))
        << text_of_file(log);
}

void Office::insert_psam(std::size_t reader, Arguments options) {
    psam_reader_ = reader;
    configure("[psam]\nreader = \"" + reader_name(reader) + "\"\ntest = true\n");
    start_card(reader, "psam", std::move(options));
    EXPECT_TRUE(eventually([&] { return pcscd_sees_card(reader_name(reader)); })) << logs();
}

void Office::remove_psam(std::size_t reader) {
    cards_[reader].reset();
    EXPECT_TRUE(eventually([&] { return !pcscd_sees_card(reader_name(reader)); })) << logs();
}

void Office::insert(std::size_t reader, Arguments options) {
    start_card(reader, "card", std::move(options));
    if (has_daemon()) {
        expect_card(reader, true);
    } else {
        EXPECT_TRUE(eventually([&] { return pcscd_sees_card(reader_name(reader)); })) << logs();
    }
}

void Office::remove(std::size_t reader) {
    if (reader == psam_reader_) {
        remove_psam(reader);
        return;
    }
    if (has_daemon()) {
        cards_[reader].reset();
        expect_card(reader, false);
        return;
    }
    // What pcscd does for a daemon that has ended must not meet a reader that became empty: it
    // would say that there is no card before it has looked itself, and miss the next one.
    EXPECT_TRUE(eventually([] { return !pcscd_has_clients(); })) << logs();
    cards_[reader].reset();
    EXPECT_TRUE(eventually([&] { return !pcscd_sees_card(reader_name(reader)); })) << logs();
}

bool Office::has_daemon() { return daemon_ && daemon_->is_running(); }

std::string Office::reader_name(std::size_t reader) {
    if (has_terminal()) {
        return reader == 0 ? "Kiosk Terminal 00 00" : "Kiosk SAM 01 0" + std::to_string(reader - 1);
    }
    return "Virtual Reader " + std::to_string(reader / 2 + 1) + " 00 0" +
           std::to_string(reader % 2);
}

Finished Office::sscard(Arguments arguments, std::string_view input,
                        std::vector<std::string> variables) const {
    arguments.insert(arguments.begin(), program("sscard"));
    variables.push_back("SSCARD_SOCKET=" + folder_ + "/sscardd.socket");
    variables.emplace_back("LC_ALL=C.UTF-8");
    learn(arguments, input);
    Finished finished = run(arguments, input, variables);
    said_ += finished.out + finished.err;
    return finished;
}

void Office::learn(Arguments const& arguments, std::string_view input) const {
    bool const is_secret = std::any_of(arguments.begin(), arguments.end(), [](auto const& word) {
        return word.ends_with("-fd"); // --pin-fd, --passphrase-fd, --parts-fd
    });
    constexpr std::size_t size_min = 7; // shorter ones stand anywhere by chance
    std::istringstream lines{std::string{input}};
    for (std::string line; is_secret && std::getline(lines, line);) {
        std::string digits = line;
        std::erase(digits, ' ');
        bool const is_counting = std::string_view{"0123456789"}.find(digits) != std::string::npos;
        if (digits.size() < size_min || is_counting) {
            continue;
        }
        if (digits.find_first_not_of("0123456789") == std::string::npos) {
            secrets_.add_digits("digits that were typed", digits);
        } else if (digits.find_first_not_of("0123456789ABCDEFabcdef") == std::string::npos) {
            secrets_.add_hex("part of a key that was typed", digits);
        } else {
            secrets_.add_words("words that were typed", line);
        }
    }
}

void Office::expect_no_secret() const {
    auto found = secrets_.found_below(folder_);
    for (std::string const& one : secrets_.found_in(said_ + logs())) {
        found.push_back("said or logged: " + one);
    }
    EXPECT_EQ(found, std::vector<std::string>{});
}

Sitting Office::sit(Arguments arguments, Person const& person) const {
    arguments.insert(arguments.begin(), program("sscard"));
    return integration::sit(std::move(arguments), person,
                            {"SSCARD_SOCKET=" + folder_ + "/sscardd.socket", "LC_ALL=C.UTF-8"});
}

nlohmann::json Office::answer(Arguments arguments, std::string_view input) const {
    arguments.emplace_back("--json");
    Finished const finished = sscard(arguments, input);
    EXPECT_EQ(finished.status, 0) << testing::PrintToString(arguments) << finished.err;
    return parsed(finished);
}

Office::Refusal Office::refusal(Arguments arguments, std::string_view input) const {
    arguments.emplace_back("--json");
    Finished const finished = sscard(arguments, input);
    nlohmann::json const json = parsed(finished);
    EXPECT_TRUE(json.contains("error")) << testing::PrintToString(arguments) << finished.out;
    auto const fault = json.value("error", nlohmann::json::object());
    return {fault.value("code", ""), finished.status, fault};
}

void Office::expect_card(std::size_t reader, bool present) const {
    EXPECT_TRUE(eventually([&] {
        auto const finished = sscard({"readers", "--json"});
        auto const readers = nlohmann::json::parse(finished.out, nullptr, false);
        return readers.is_array() && shows_card(readers, reader, present);
    })) << "reader "
        << reader << (present ? ": no card came\n" : ": the card stayed\n") << logs();
}

std::string Office::logs() const {
    std::string text;
    for (auto const& entry : std::filesystem::directory_iterator{folder_}) {
        if (entry.path().extension() == ".log") {
            text += "== " + entry.path().filename().string() + "\n" + text_of_file(entry.path());
        }
    }
    return text + "== pcscd.log\n" + text_of_file(environment("PRIVATE_PCSCD_DIR") + "/pcscd.log");
}

} // namespace integration
