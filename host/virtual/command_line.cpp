#include "host/virtual/given_texts.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace virtual_card {
namespace {

constexpr auto footer = R"(
What a card is:
  --bare          a bare chip under its transport key, for the structure stage
  --blank         an office's blank: all files and keys, default PIN, no person; for the data stage
  --person FILE   a live card, of a JSON record {file: {item: value}}, such as
                  {"holder_basic_data": {"name": "张三"}}
  --foreign KIND  no social security card at all: for trying that it is refused
With --state FILE a card that was there before goes on from the file, whatever else is said; a new
one is written there. Every command that changes a card's memory changes the file before the answer.

Faults (--fault, as often as wanted; @N: at the N-th command, GET RESPONSE counted):
  mute  mute@5               no answer until the next reset; without @N to no reset either
  slow:500ms  slow:2s@3      answers late
  status:6F00@12             answers that status word instead of carrying the command out
  wrong-mac                  MACs to and from the card are spoiled: it answers 6988, 9302
  wrong-authentication       its answer to INTERNAL AUTHENTICATE is wrong
  removal@7  power-cut@9     out of the reader, or off, before that command; see --back-after
  removal-after@7  power-cut-after@9   the same after the command, before its answer
  cut-write@11  torn-write@11          off before, or in the middle of, the N-th write of its
                             memory; what was written until then stands (see --anti-tearing)

Faults at --contacts, besides: (@N: at the N-th character both ways since the last reset)
  parity@N  parity-always@N  wrong parity, once or at each repetition too
  silent@N  babble@N  pulled@N  late@N   from then on nothing, or without end; gone; 2000 etu late
  nulls                      NULL without end, under T1 S(WTX), instead of each answer
  bad-check@N                the N-th block of a T1 card
  bad-tck  bad-ts            in the answer to reset

Line time (--line-time, alone 9600 baud; an answer comes when characters and work have taken
their time since the command came; what the host takes beside that stays to be seen):
  --line-time fi=512,di=8,clock_hz=4000000,guard_etu=0,work_us=1500,write_us=3000
  fi, di, clock_hz, guard_etu  the line; else 372, 1, 3571200, 0: 12 etu a character, more towards
                             the card by guard_etu, 16 where the direction turns
  work_us, write_us          the chip for each command and for each write of its memory; else 0

Examples:
  sscard-virtual card --version 3.00 --blank --keys test_keys.json --state blank.state
  sscard-virtual card --version 2.00 --person zhang_san.json --keys test_keys.json --trace
  sscard-virtual card --bare --keys test_keys.json --count 8      (ports 35963 to 35970)

Prints "attached: HOST:PORT" each time a card has come into its reader, "detached: HOST:PORT: WHY"
when it goes, and runs until SIGTERM or SIGINT. Exit status: 0 ended by a signal, 1 a card could not
be made or gone on with, 2 wrong arguments.)";

constexpr auto psam_footer = R"(
It holds, of the masters in --keys, every key that the standard gives a place in a PSAM: as a key of
its city or province, level-1 roots as they are. INITIALIZE ENVIRONMENT, DELIVERY SESSION KEY and
CIPHER DATA work; its own keys, the loading of keys and purchases answer 6D00.

Examples:
  sscard-virtual psam --keys test_keys.json --vpcd 127.0.0.1:35964
  sscard-virtual psam --keys test_keys.json --without-key RKSSSE   (3.00 cards: -2203)
  sscard-virtual psam --keys test_keys.json --algorithm 3DES       (SM4 cards: -2202)
  sscard-virtual psam --keys test_keys.json --enciphering-key STKSSSE   (resets PINs)
  sscard-virtual psam --keys test_keys.json --fault status:6983@9

Faults, line time, output and exit status are those of "sscard-virtual card --help".)";

constexpr auto pad_footer = R"(
What the display shows is printed, a line each time: [first line|second line]. Keys come from stdin:
  0 to 9   digits          newline   enter
  c        clear           x         cancel
  ,        waits until the display changes before the next key)";

/// What both kinds of cards have: their readers, and what goes wrong.
void add_reader_options(CLI::App& card, GivenTexts& given) {
    card.add_option("--vpcd", given.endpoints,
                    "where vpcd listens; again for further cards [127.0.0.1:35963]")
        ->type_name("HOST:PORT");
    card.add_option("--contacts", given.contacts,
                    "at the contacts of a terminal that listens there, instead of --vpcd")
        ->type_name("SOCKET");
    card.add_flag("--stdin", given.obeys_stdin,
                  "lines on stdin take a card at contacts out and put it in: remove, insert");
    card.add_option("--entropy", given.entropy,
                    "what a terminal built for tests gets: random, stuck, none")
        ->capture_default_str();
    card.add_option("--fault", given.faults, "what goes wrong, see below")->type_name("FAULT");
    card.add_option("--back-after", given.back_after,
                    "when a removed card comes back, or never: 500ms, 2s, never")
        ->capture_default_str();
    card.add_option("--line-time", given.line_time,
                    "takes the time that a T=0 line and a chip take, see below")
        ->expected(0, 1)
        ->type_name("NAME=NUMBER,...");
    card.add_flag("--trace", given.trace,
                  "headers, lengths and status words to stderr, never data");
}

void add_psam_options(CLI::App& psam, GivenTexts& given) {
    psam.add_option("--keys", given.keys, "master keys that the PSAM's keys come from, in JSON")
        ->type_name("FILE");
    psam.add_option("--terminal", given.terminal,
                    "terminal number, 12 digits; the first six are the region it serves")
        ->capture_default_str();
    psam.add_option("--level", given.level, "of its keys: city or province")->capture_default_str();
    psam.add_option("--algorithm", given.algorithm, "3DES or SM4; else both");
    psam.add_option("--key-version", given.key_version, "of its keys, 1 to 3")
        ->capture_default_str();
    psam.add_option("--without-key", given.without_keys,
                    "a key that it lacks, though its master is there; again for more")
        ->type_name("NAME");
    psam.add_option("--enciphering-key", given.enciphering_keys,
                    "a key that makes MACs and enciphers (usage type 08); again for more")
        ->type_name("NAME");
    psam.add_option("--socket", given.socket, "of the two behind --contacts: 1 or 2")
        ->capture_default_str();
    add_reader_options(psam, given);
    psam.footer(std::string{psam_footer});
}

/// How a card is at --contacts.
void add_contact_options(CLI::App& card, GivenTexts& given) {
    card.add_option("--protocol", given.protocol, "at contacts: T0 or T1")->capture_default_str();
    card.add_option("--ta1", given.ta1, "at contacts: Fi and Di that it can do, as in TA1")
        ->type_name("HEX")
        ->capture_default_str();
    card.add_option("--convention", given.convention, "at contacts: direct or inverse")
        ->capture_default_str();
    card.add_option("--edc", given.edc, "at contacts, T1: lrc or crc")->capture_default_str();
    card.add_option("--ifsc", given.ifsc, "at contacts, T1: bytes that a block may carry")
        ->capture_default_str();
    card.add_flag("--one-by-one", given.one_by_one,
                  "at contacts, T0: each byte of data behind a procedure byte");
}

void add_options(CLI::App& card, GivenTexts& given) {
    card.add_option("--version", given.version, "specification version: 1.00, 2.00, 3.00")
        ->capture_default_str();
    card.add_option("--algorithm", given.algorithm, "3DES or SM4; else SM4 for 3.00, 3DES before");
    card.add_flag("--bare", given.bare, "a bare chip");
    card.add_flag("--blank", given.blank, "an office's blank card");
    card.add_option("--person", given.persons,
                    "a live card with this person's record; again for further cards")
        ->type_name("FILE");
    card.add_option("--foreign", given.foreign, "another card: bank or sim");
    card.add_option("--keys", given.keys, "master keys that the card's keys come from, in JSON")
        ->type_name("FILE");
    card.add_option("--state", given.state, "keeps the card's memory; .1, .2 … with several cards")
        ->type_name("FILE");
    card.add_option("--count", given.count, "so many cards, on ports one after the other")
        ->capture_default_str();
    card.add_option("--region", given.region, "issuing city, 6 digits")->capture_default_str();
    card.add_option("--reset-info", given.reset_info,
                    "the 13 historical bytes; each further card's serial is one more")
        ->type_name("HEX");
    card.add_option("--pin", given.pin, "default PIN; none: empty")->capture_default_str();
    card.add_option("--pin-tries", given.pin_tries, "1 to 14")->capture_default_str();
    card.add_flag("--anti-tearing", given.anti_tearing,
                  "a command whose writes are cut off is undone as a whole");
    add_contact_options(card, given);
    add_reader_options(card, given);
    card.footer(std::string{footer});
}

} // namespace

CommandLine parse_command_line(int argc, char const* const* argv) {
    CLI::App app{"Virtual cards for trying and testing without hardware.", "sscard-virtual"};
    app.require_subcommand(1);
    GivenTexts given;
    auto* const card =
        app.add_subcommand("card", "social security cards in virtual readers of vpcd");
    add_options(*card, given);
    auto* const psam =
        app.add_subcommand("psam", "the SAM card of a terminal or a window in a virtual reader");
    add_psam_options(*psam, given);
    PadOptions pad_options;
    auto* const pad = app.add_subcommand("pad", "the PIN pad and display of a terminal");
    pad->add_option("--link", pad_options.link, "where the terminal listens for it")
        ->required()
        ->type_name("SOCKET");
    pad->footer(std::string{pad_footer});
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        int const status = app.exit(error, std::cout, std::cerr);
        return Exit{status == 0 ? exit_ended : exit_usage};
    }
    if (pad->parsed()) {
        return pad_options;
    }
    auto options = psam->parsed() ? read_psam_options(given) : read_options(given);
    if (options.ok()) {
        return std::move(options).value();
    }
    for (std::string const& text : options.error()) {
        std::cerr << "sscard-virtual: " << text << '\n';
    }
    return Exit{exit_usage};
}

} // namespace virtual_card
