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

Faults with --contacts (@N: at the N-th character since the reset, counted both ways):
  parity@20  parity-always@20  wrong parity of that one, or of all from it on
  mute-at@20  babble@20      silent, or never silent, from there until the next reset
  babble:60@20               the same, saying 60
  flip:7@20                  bit 7 (0 to 7) of that one is wrong, its parity right; once
  extra:60@20                60, which nobody sent, comes before that one; once
  pull-at@20                 out of the reader, once; see --back-after
  nulls-forever  wtx-forever@3   asks for more time without end (T=0, T=1): at each command, or
                             from the third on
  lrc@2                      a wrong end of the card's second block, once (T=1)
  bad-ts  bad-tck            a wrong first byte, or check byte (T=1), of the answer to reset
Faults that could never come to pass with such a card, or beside each other, are refused.
Lines on stdin with --contacts: remove, insert. Then "removed" and "inserted" are printed. With
--line-time characters leave at the line's pace, else at once.

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

/// What a card at its contacts has.
void add_contact_options(CLI::App& card, GivenTexts& given) {
    card.add_option("--contacts", given.contacts,
                    "in a terminal that is a program, whose stream of contacts is there; no vpcd")
        ->type_name("SOCKET");
    card.add_option("--protocol", given.protocol, "T0 or T1")->capture_default_str();
    card.add_option("--ta1", given.ta1, "TA1 of the answer to reset; else absent")
        ->type_name("HEX");
    card.add_option("--convention", given.convention, "direct or inverse")->capture_default_str();
    card.add_option("--edc", given.edc, "T=1: how blocks end, lrc or crc")->capture_default_str();
    card.add_option("--ifsc", given.ifsc, "T=1: longest block to the card")->capture_default_str();
    card.add_option("--signs", given.signs, "NULL, or S(WTX), before each answer")
        ->capture_default_str();
    card.add_flag("--byte-by-byte", given.byte_by_byte, "T=0: asks for data one by one");
}

/// What both kinds of cards have: their readers, and what goes wrong.
void add_reader_options(CLI::App& card, GivenTexts& given) {
    card.add_option("--vpcd", given.endpoints,
                    "where vpcd listens; again for further cards [127.0.0.1:35963]")
        ->type_name("HOST:PORT");
    card.add_option("--fault", given.faults, "what goes wrong, see below")->type_name("FAULT");
    card.add_option("--back-after", given.back_after,
                    "when a card comes back that a fault took, or its power: 500ms, 2s, never [1s]")
        ->type_name("TIME");
    card.add_option("--line-time", given.line_time,
                    "takes the time that a T=0 line and a chip take, see below")
        ->expected(0, 1)
        ->type_name("NAME=NUMBER,...");
    card.add_flag("--trace", given.trace,
                  "headers, lengths and status words to stderr, never data");
    add_contact_options(card, given);
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
    psam.add_option("--sam-slot", given.sam_slot, "with --contacts: which of both, 1 or 2")
        ->capture_default_str();
    add_reader_options(psam, given);
    psam.footer(std::string{psam_footer});
}

void add_pad_options(CLI::App& pad, GivenTexts& given) {
    pad.add_option("--link", given.link, "where the terminal's stream of pad and display is")
        ->type_name("SOCKET")
        ->required();
    pad.footer(R"(
Prints what the display shows, as it changes: "[first line|second line]". Keys are characters on
stdin: digits, newline enter, c clear, x cancel; a comma waits until the display changes.)");
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
    auto* const pad = app.add_subcommand("pad", "the PIN pad and display of a terminal");
    add_pad_options(*pad, given);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        int const status = app.exit(error, std::cout, std::cerr);
        return Exit{status == 0 ? exit_ended : exit_usage};
    }
    if (pad->parsed()) {
        return PadOptions{given.link};
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
