// A whole office at work, and then the search for each secret that it used: in every file that its
// programs wrote, in what they said, in their command lines and environments.
#include "tests/integration/centre_and_window.hpp"
#include "tests/integration/custodian.hpp"
#include "tests/integration/process_watch.hpp"
#include "tests/integration/secret_search.hpp"
#include "tests/integration/soft_token.hpp"

#include "keys/file/key_file.hpp"
#include "keys/openssl/evp_cipher.hpp"

#include "tests/apdu/hex_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>

namespace {

using integration::Arguments;
using integration::Office;
using integration::person;
using integration::SecretSearch;
using integration::typed;

/// Long and odd, so that none of them stands anywhere by chance.
namespace secret {
constexpr auto* holders_pin = "73918264055";
constexpr auto* changed_pin = "40957716283";
constexpr auto* reset_pin = "58201937466";
constexpr auto* wrong_pin = "91736405528";
constexpr auto* hsm_pin = "6640918273551";
constexpr auto* wrong_hsm_pin = "6640918273552";
constexpr auto* passphrase = "seven odd blue horses";
constexpr auto* next_passphrase = "eleven odd green goats";
constexpr auto* wrong_passphrase = "seven odd blue mules";
constexpr auto* first_component = "0123456789ABCDEFFEDCBA9876543210";
constexpr auto* second_component = "1111 2222 3333 4444 5555 6666 7777 8888";
constexpr auto* made_key = "10326745BA9889ABAB89DCFE0123BA98";
} // namespace secret

constexpr auto* reset_info = "00814E43238697159900BF7C7A";

std::string text_of(apdu::ByteView bytes) { return {bytes.begin(), bytes.end()}; }

/// Everything that is typed, the masters, and the keys of the card that is served.
SecretSearch secrets_of_the_office() {
    SecretSearch search;
    search.add_digits("the holder's PIN", secret::holders_pin);
    search.add_digits("the changed PIN", secret::changed_pin);
    search.add_digits("the PIN after the reset", secret::reset_pin);
    search.add_digits("a wrong PIN", secret::wrong_pin);
    search.add_digits("the HSM's PIN", secret::hsm_pin);
    search.add_digits("a wrong PIN of the HSM", secret::wrong_hsm_pin);
    search.add_words("the passphrase", secret::passphrase);
    search.add_words("the next passphrase", secret::next_passphrase);
    search.add_words("a wrong passphrase", secret::wrong_passphrase);
    search.add_hex("the first component", secret::first_component);
    search.add_hex("the second component", secret::second_component);
    search.add_hex("the key of both", secret::made_key);
    auto const file = keys::file::read_key_file(integration::key_file());
    EXPECT_TRUE(file.ok());
    keys::openssl::EvpCipher cipher;
    for (keys::MasterKey const& master : file.value().keys) {
        std::string const name{apdu::to_text(master.name)};
        search.add_bytes("master " + name, text_of(master.secret.expose()));
        keys::CardIdentity card{keys::card_algorithm(master.secret.kind()), {0x63, 0x99, 0x00}, {}};
        apdu::copy_bytes(apdu::bytes(reset_info), card.historical);
        auto const own = keys::card_key_of(cipher, master, card);
        search.add_bytes("the card's " + name, text_of(own.value().expose()));
    }
    return search;
}

/// What programs said, in one text.
class Said {
public:
    void add(integration::Finished const& finished, int status = 0) {
        EXPECT_EQ(finished.status, status) << finished.out << finished.err;
        text += finished.out + finished.err;
    }
    std::string text{};
};

void serve_a_card(Office const& office, Said& said) {
    said.add(office.sscard({"card", "personalize", "--stage", "data", "--record",
                            person("zhang_san"), "--pin-fd", "0"},
                           typed({secret::holders_pin})));
    said.add(office.sscard({"pin", "verify", "--pin-fd", "0"}, typed({secret::wrong_pin})), 7);
    said.add(office.sscard({"pin", "verify", "--pin-fd", "0"}, typed({secret::holders_pin})));
    said.add(office.sscard({"pin", "change", "--pin-fd", "0", "--new-pin-fd", "0"},
                           typed({secret::holders_pin, secret::changed_pin})));
    said.add(office.sscard({"pin", "reset", "--new-pin-fd", "0"}, typed({secret::reset_pin})));
    said.add(office.sscard({"pin", "unblock"}));
    said.add(office.sscard({"card", "info"}));
    said.add(office.sscard({"card", "personalize", "--stage", "data", "--rewrite-person",
                            "--record", person("zhang_san"), "--pin-fd", "0", "--dry-run"},
                           typed({secret::holders_pin})));
}

/// A ceremony by components, a backup in shares, which are secrets from then on, and another
/// secret::passphrase.
void guard_keys(Office const& office, Said& said, SecretSearch& search) {
    said.add(office.sscard(
        {"keys", "ceremony", "UKSSSE", "--algorithm", "SM4", "--version", "1", "--custodian",
         "张三", "--custodian", "李四", "--parts-fd", "0", "--check-value", "0514AC"},
        typed({secret::first_component, "2677F4", secret::second_component, "E7C474"})));
    integration::Custodian custodian{1000, 82};
    auto const backup =
        office.sit({"keys", "backup", office.folder() + "/usb.backup", "--needed", "2",
                    "--custodian", "张三", "--custodian", "李四", "--custodian", "王五"},
                   std::ref(custodian));
    EXPECT_EQ(backup.status, 0) << backup.screen;
    ASSERT_EQ(custodian.sheets.size(), 3U);
    for (std::string const& sheet : custodian.sheets) {
        search.add_hex("a custodian's share", sheet);
    }
    said.add(office.sscard({"keys", "minutes", "show", "1"}));
    said.add(office.sscard({"keys", "passphrase", "--passphrase-fd", "0"},
                           typed({secret::passphrase, secret::next_passphrase})));
}

/// The PSAM is asked first; what it cannot do, the centre does.
void work_at_a_window(integration::CentreAndWindow& two, Said& said, SecretSearch& search) {
    two.centre.keep_keys_in_store();
    for (Office* const office : {&two.centre, &two.window}) {
        office->configure("[log]\nlevel = \"debug\"\n");
    }
    two.window.insert(0, {"--version", "2.00", "--blank", "--reset-info", reset_info, "--trace"});
    two.window.insert_psam(2, {"--enciphering-key", "STKSSSE", "--trace"});
    two.window.configure("[[psam.key]]\nname = \"STKSSSE\"\nusage = \"28\"\nid = \"09\"\n");
    two.centre.start_daemon();
    said.add(two.centre.sscard(
        {"keys", "create-store", "--passphrase-fd", "0", "--import", integration::key_file()},
        typed({secret::passphrase})));
    two.window.start_daemon();
    serve_a_card(two.window, said);
    said.add(two.window.sscard({"keys", "doctor"}));
    guard_keys(two.centre, said, search);
    said.add(two.centre.sscard({"keys", "lock"}));
    said.add(two.centre.sscard(integration::unlock_command(), typed({secret::wrong_passphrase})),
             10);
    EXPECT_EQ(two.window.daemon().end(), 0);
}

#ifdef SSCARD_SOFTHSM2
void work_by_an_hsm(Office& office, Said& said) {
    office.insert(1, {"--version", "2.00", "--person", person("li_si"), "--trace"});
    office.start_daemon();
    Arguments const unlock = integration::unlock_command();
    said.add(office.sscard(unlock, typed({secret::wrong_hsm_pin})), 10);
    said.add(office.sscard(unlock, typed({secret::hsm_pin})));
    said.add(office.sscard({"keys", "import", integration::key_file_of_des3(office)}));
    said.add(office.sscard({"pin", "reset", "--new-pin-fd", "0"}, typed({secret::reset_pin})));
    said.add(office.sscard({"keys", "list"}));
}
#endif

void expect_none(std::vector<std::string> const& found) {
    for (std::string const& one : found) {
        ADD_FAILURE() << one;
    }
}

/// Files of processes that died, where the kernel puts them: here, or where it is told to.
std::size_t core_files() {
    std::string pattern = integration::text_of_file("/proc/sys/kernel/core_pattern");
    pattern = pattern.substr(0, pattern.find_first_of("%\n"));
    std::filesystem::path const path{pattern};
    auto const folder = path.has_parent_path() ? path.parent_path() : ".";
    std::size_t count = 0;
    std::error_code none;
    for (auto const& entry : std::filesystem::directory_iterator{folder, none}) {
        std::string const name = entry.path().filename();
        count += !name.empty() && name.starts_with(path.filename().string()) ? 1 : 0;
    }
    return count;
}

TEST(Secrecy, NoSecretIsInAFileALogAnAnswerOrAProcessList) {
    SecretSearch search = secrets_of_the_office();
    EXPECT_GT(search.size(), 100U);
    Said said;
    integration::CentreAndWindow two;
#ifdef SSCARD_SOFTHSM2
    Office hsm;
    hsm.configure("[log]\nlevel = \"debug\"\n");
    hsm.keep_keys_elsewhere(integration::SoftToken::lines());
    integration::SoftToken const token{hsm, secret::hsm_pin}; // its maker's arguments have the PIN
#endif
    integration::ProcessWatch watch;
    work_at_a_window(two, said, search);
    std::size_t const cores = core_files();
    kill(two.centre.daemon().pid(), SIGABRT); // as if it had crashed, with its keys at hand
    EXPECT_TRUE(integration::eventually([&] { return !two.centre.daemon().is_running(); }));
    EXPECT_EQ(core_files(), cores);
    std::vector<Office*> offices{&two.centre, &two.window};
#ifdef SSCARD_SOFTHSM2
    two.window.remove_psam(2);
    two.window.remove(0);
    work_by_an_hsm(hsm, said);
    offices.push_back(&hsm);
#endif
    std::string const processes = watch.end();
    EXPECT_NE(processes.find("sscardd"), std::string::npos);
    EXPECT_NE(processes.find("SSCARD_SOCKET"), std::string::npos);
    expect_none(search.found_in(processes));
    EXPECT_NE(said.text.find("张三"), std::string::npos);
    expect_none(search.found_in(said.text));
    for (Office const* const office : offices) {
        expect_none(search.found_below(office->folder()));
    }
    EXPECT_NE(two.window.logs().find(" debug "), std::string::npos);
    expect_none(search.found_in(two.window.logs())); // pcscd's too
}

TEST(Secrecy, TheSearchFindsWhatIsPlanted) {
    SecretSearch search;
    search.add_hex("key", secret::first_component);
    search.add_digits("PIN", secret::holders_pin);
    search.add_words("words", secret::passphrase);
    EXPECT_TRUE(search.found_in("nothing of it: 0123456789ABCDEF, 7391826405, seven blue").empty());
    auto const as = [&search](std::string_view text) {
        auto const found = search.found_in(text);
        return found.empty() ? std::string{} : found.front();
    };
    EXPECT_EQ(as("x\x01\x23\x45\x67\x89\xab\xcd\xef\xfe\xdc\xba\x98\x76\x54\x32\x10y"),
              "key, as it is");
    EXPECT_EQ(as("x0123456789ABCDEFFEDCBA9876543210y"), "key, as hex");
    EXPECT_EQ(as("0123456789abcdeffedcba9876543210"), "key, as hex");
    EXPECT_EQ(as("01 23 45 67 89 AB CD EF\nFE DC BA 98 76 54 32 10"), "key, as hex");
    EXPECT_EQ(as("0123 4567 89ab cdef fedc ba98 7654 3210"), "key, as hex");
    EXPECT_EQ(as("01:23:45:67:89:AB:CD:EF:FE:DC:BA:98:76:54:32:10"), "key, as hex");
    EXPECT_EQ(as("0x01, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xfe, 0xdc, 0xba, 0x98, 0x76, "
                 "0x54, 0x32, 0x10"),
              "key, as hex");
    EXPECT_EQ(as("[1,35,69,103,137,171,205,239,254,220,186,152,118,84,50,16]"),
              "key, as decimal numbers");
    EXPECT_EQ(as("ASNFZ4mrze/+3LqYdlQyEA=="), "key, as base64");
    EXPECT_EQ(as("ASNFZ4mrze_-3LqYdlQyEA"), "key, as base64");
    EXPECT_EQ(as("eAEjRWeJq83v/ty6mHZUMhB5"), "key, as base64");     // after "x", before "y"
    EXPECT_EQ(as("eHgBI0VniavN7/7cuph2VDIQeQ=="), "key, as base64"); // after "xx"
    EXPECT_EQ(as("pin 73918264055."), "PIN, as it is");
    EXPECT_EQ(as("37 33 39 31 38 32 36 34 30 35 35"), "PIN, as hex");
    EXPECT_EQ(as("NzM5MTgyNjQwNTU="), "PIN, as base64");
    EXPECT_EQ(as("\x73\x91\x82\x64\x05\x5f"), "PIN in BCD, as it is");
    EXPECT_EQ(as("06 73 91 82 64 05 5F 80"), "PIN in BCD, as hex");
    EXPECT_EQ(as("c5GCZAVf"), "PIN in BCD, as base64");
    EXPECT_EQ(as("--passphrase=seven odd blue horses"), "words, as it is");
}

TEST(Secrecy, TheSearchFindsWhatIsPlantedInAFileOfTheOffice) {
    Office office;
    office.insert(0, {"--version", "2.00", "--person", person("zhang_san")});
    office.start_daemon();
    SecretSearch search;
    search.add_digits("PIN", secret::holders_pin);
    EXPECT_TRUE(search.found_below(office.folder()).empty());
    std::filesystem::create_directories(office.folder() + "/deep/below");
    std::ofstream{office.folder() + "/deep/below/file"} << "xx" << secret::holders_pin << "xx";
    auto const found = search.found_below(office.folder());
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0], office.folder() + "/deep/below/file: PIN, as it is");
}

} // namespace
