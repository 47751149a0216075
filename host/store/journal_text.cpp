#include "host/store/journal_text.hpp"

#include "host/store/journal_fields.hpp"

#include "host/session/hex_text.hpp"

#include "apdu/item_form.hpp"

#include <algorithm>
#include <charconv>

namespace store {
namespace {

using personalization::CommandAhead;
using personalization::HistoricalBytes;
using personalization::KeyCheck;
using personalization::Making;
using personalization::Milestone;
using personalization::RecordMark;

constexpr std::string_view begun_word = "sscard-making-1";
constexpr std::string_view ahead_word = "ahead";
constexpr std::string_view reached_word = "reached";

constexpr std::string_view yes_or_no(bool value) { return value ? "yes" : "no"; }

std::optional<bool> bool_from_text(std::string_view text) {
    if (text != yes_or_no(true) && text != yes_or_no(false)) {
        return std::nullopt;
    }
    return text == yes_or_no(true);
}

std::optional<HistoricalBytes> historical_from_text(std::string_view hex) {
    HistoricalBytes bytes{};
    auto const size = apdu::read_hex(hex, bytes);
    return size.ok() && size.value() == bytes.size() ? std::optional{bytes} : std::nullopt;
}

std::optional<std::string> text_as_it_is(std::string_view text) { return std::string{text}; }

constexpr char pair_end = ',';
constexpr char pair_middle = '/';

/// "first/second,first/second".
template <typename Pair>
std::string text_of_pairs(std::vector<Pair> const& pairs) {
    std::string text;
    for (auto const& [first, second] : pairs) {
        text.append(text.empty() ? "" : ",").append(first).append("/").append(second);
    }
    return text;
}

template <typename Pair>
std::optional<std::vector<Pair>> pairs_from_text(std::string_view text) {
    std::vector<Pair> pairs;
    while (!text.empty()) {
        std::string_view const pair = text.substr(0, text.find(pair_end));
        std::size_t const middle = pair.find(pair_middle);
        if (middle == std::string_view::npos || pair.rfind(pair_middle) != middle ||
            pair.size() + 1 == text.size()) {
            return std::nullopt;
        }
        pairs.push_back(
            {std::string{pair.substr(0, middle)}, std::string{pair.substr(middle + 1)}});
        text.remove_prefix(std::min(pair.size() + 1, text.size()));
    }
    return pairs;
}

/// A line's values one after the other; `is_sound` until one is missing or makes no sense.
struct ValueReader {
    FieldReader fields;
    bool is_sound = true;

    template <typename T, typename Read>
    void read(std::string_view name, T& into, Read from_text) {
        auto const text = fields.value(name);
        auto const value = text ? from_text(*text) : std::nullopt;
        is_sound = is_sound && value.has_value();
        if (value) {
            into = *value;
        }
    }
};

std::optional<Beginning> beginning_from(std::string_view content) {
    ValueReader reader{FieldReader{content}};
    Beginning beginning{};
    Making& making = beginning.making;
    reader.is_sound = reader.fields.word() == begun_word;
    reader.read("chip", making.chip, historical_from_text);
    reader.read("wanted", making.wanted, historical_from_text);
    reader.read("stage", making.stage, personalization::stage_from_text);
    reader.read("version", making.version, apdu::spec_version_from_text);
    reader.read("algorithm", making.algorithm, keys::algorithm_from_text);
    reader.read("region", making.region, text_as_it_is);
    reader.read("profile", making.profile, text_as_it_is);
    reader.read("card_id", making.card_id, text_as_it_is);
    reader.read("card_number", making.record.card_number, text_as_it_is);
    reader.read("person", making.person, text_as_it_is);
    reader.read("record_digest", making.record.digest, text_as_it_is);
    reader.read("rewrites", making.rewrites, bool_from_text);
    reader.read("earlier_records", making.earlier_records, pairs_from_text<RecordMark>);
    reader.read("test_keys", making.test_keys, bool_from_text);
    reader.read("key_checks", making.key_checks, pairs_from_text<KeyCheck>);
    reader.read("replaces", beginning.replaces, bool_from_text);
    reader.read("batch", beginning.batch, text_as_it_is);
    if (!reader.fields.is_at_end()) { // not in journals of before keys were noted
        reader.read("keys", beginning.keys, text_as_it_is);
        reader.is_sound = reader.is_sound && !beginning.keys.empty();
    }
    if (!reader.is_sound || !reader.fields.is_at_end()) {
        return std::nullopt;
    }
    return beginning;
}

/// A milestone is after the one before, and nothing comes after the end.
bool take_milestone(FieldReader fields, JournalText& journal) {
    auto const milestone = personalization::milestone_from_text(fields.word());
    auto const reason = fields.value("reason");
    if (!milestone || *milestone <= journal.reached || !reason || !fields.is_at_end()) {
        return false;
    }
    journal.reached = *milestone;
    journal.reason = *reason;
    journal.is_damaged = false;
    return true;
}

bool take_line(std::string_view content, JournalText& journal) {
    FieldReader fields{content};
    std::string_view const kind = fields.word();
    if (journal.has_ended()) {
        return false;
    }
    if (kind == reached_word) {
        return take_milestone(fields, journal);
    }
    journal.has_commands = journal.has_commands || kind == ahead_word;
    journal.is_damaged = journal.is_damaged || kind == gap_content;
    return kind == ahead_word || kind == gap_content;
}

/// The line at the start of `rest` without its end; nothing when it has none.
std::optional<std::string_view> ended_line(std::string_view rest) {
    std::size_t const end = rest.find('\n');
    return end == std::string_view::npos ? std::nullopt : std::optional{rest.substr(0, end)};
}

std::optional<JournalText> journal_from_first_line(std::string_view text) {
    auto const line = ended_line(text);
    LineChain chain;
    auto const content = line ? chain.unseal(*line) : std::nullopt;
    auto beginning = content ? beginning_from(*content) : std::nullopt;
    if (!beginning) {
        return std::nullopt;
    }
    return JournalText{
        .beginning = *std::move(beginning), .good_size = line->size() + 1, .chain = chain};
}

} // namespace

std::string line_content(Beginning const& beginning) {
    Making const& making = beginning.making;
    FieldWriter line{begun_word};
    line.value("chip", session::hex_text(making.chip))
        .value("wanted", session::hex_text(making.wanted))
        .value("stage", personalization::to_text(making.stage))
        .value("version", apdu::to_text(making.version))
        .value("algorithm", keys::to_text(making.algorithm))
        .value("region", making.region)
        .value("profile", making.profile)
        .value("card_id", making.card_id)
        .value("card_number", making.record.card_number)
        .value("person", making.person)
        .value("record_digest", making.record.digest)
        .value("rewrites", yes_or_no(making.rewrites))
        .value("earlier_records", text_of_pairs(making.earlier_records))
        .value("test_keys", yes_or_no(making.test_keys))
        .value("key_checks", text_of_pairs(making.key_checks))
        .value("replaces", yes_or_no(beginning.replaces))
        .value("batch", beginning.batch);
    if (!beginning.keys.empty()) {
        line.value("keys", beginning.keys);
    }
    return line.text();
}

std::string line_content(CommandAhead const& command) {
    std::array const ins{static_cast<std::uint8_t>(command.ins)};
    return FieldWriter{ahead_word}
        .word(std::to_string(command.number))
        .word(std::to_string(command.step))
        .word(session::hex_text(ins))
        .text();
}

std::string line_content(Milestone milestone, std::string_view reason) {
    return FieldWriter{reached_word}
        .word(personalization::to_text(milestone))
        .value("reason", reason)
        .text();
}

std::string with_beginning(std::string_view text, Beginning const& beginning) {
    LineChain from;
    LineChain to;
    std::string changed = to.seal(line_content(beginning));
    bool is_first = true;
    while (auto const line = ended_line(text)) {
        auto const content = from.unseal(*line);
        if (!content) {
            break;
        }
        if (!is_first) {
            changed += to.seal(*content);
        }
        is_first = false;
        text.remove_prefix(line->size() + 1);
    }
    return changed;
}

std::optional<JournalText> parse_journal(std::string_view text) {
    auto journal = journal_from_first_line(text);
    if (!journal) {
        return std::nullopt;
    }
    while (auto const line = ended_line(text.substr(journal->good_size))) {
        LineChain chain = journal->chain;
        auto const content = chain.unseal(*line);
        if (!content || !take_line(*content, *journal)) {
            journal->is_damaged = true;
            break;
        }
        journal->chain = chain;
        journal->good_size += line->size() + 1;
    }
    return journal;
}

} // namespace store
