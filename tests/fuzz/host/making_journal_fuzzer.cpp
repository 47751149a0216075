#include "host/store/journal_text.hpp"

#include <algorithm>
#include <cstdlib>

namespace {

using namespace store;
using personalization::Milestone;

void expect(bool condition) {
    if (!condition) {
        std::abort();
    }
}

/// Whatever is read can be written and read again, and is not more than the text.
void check(std::string_view text) {
    auto const read = parse_journal(text);
    if (!read) {
        return;
    }
    expect(read->good_size <= text.size() && text.substr(0, read->good_size).ends_with('\n'));
    std::string const written = LineChain{}.seal(line_content(read->beginning));
    auto const again = parse_journal(written);
    expect(again && again->beginning == read->beginning && !again->is_damaged);
    std::string_view const good_lines = text.substr(0, read->good_size);
    auto const moved = parse_journal(with_beginning(good_lines, read->beginning));
    expect(moved && moved->beginning == read->beginning && moved->reached == read->reached);
    auto const good = parse_journal(good_lines);
    expect(good && good->reached == read->reached && good->good_size == read->good_size);
}

/// Lines that have the right numbers and check values, whatever they say.
std::string sealed(std::string_view contents) {
    LineChain chain;
    std::string text;
    while (!contents.empty()) {
        std::size_t const end = std::min(contents.find('\n'), contents.size());
        text += chain.seal(contents.substr(0, end));
        contents.remove_prefix(std::min(end + 1, contents.size()));
    }
    return text;
}

Beginning sample() {
    Beginning beginning{};
    beginning.making.chip = {0, 0x81, 0x54};
    beginning.making.algorithm = keys::Algorithm::sm4;
    beginning.making.person = "110101199001011237";
    beginning.making.earlier_records = {{"00", "A12345670"}};
    beginning.making.key_checks = {{"IRK", "A1B2C3"}};
    return beginning;
}

/// A journal of a making that is void.
std::string sample_journal() {
    LineChain chain;
    std::string text = chain.seal(line_content(sample()));
    for (std::size_t number = 1; number <= 3; ++number) {
        text += chain.seal(line_content({number, number, apdu::Ins::select}));
    }
    text += chain.seal(line_content(Milestone::structure_made, {}));
    return text + chain.seal(line_content(Milestone::voided, "card_mute"));
}

/// The sample with bytes changed (three of the input for each: where and what), then cut.
void check_damage(std::string_view edits) {
    static std::string const whole = sample_journal();
    std::string text = whole;
    for (; edits.size() >= 3; edits.remove_prefix(3)) {
        auto const at =
            static_cast<std::uint8_t>(edits[0]) * 256U + static_cast<std::uint8_t>(edits[1]);
        text.at(at % text.size()) = edits[2];
    }
    if (!edits.empty()) {
        text.resize(text.size() - static_cast<std::uint8_t>(edits.front()));
    }
    auto const read = parse_journal(text);
    expect(!read || (read->beginning == sample() &&
                     whole.starts_with(std::string_view{text}.substr(0, read->good_size))));
}

} // namespace

/// Any text, any contents of well-formed lines, and a journal with damage.
extern "C" int LLVMFuzzerTestOneInput(unsigned char const* bytes, std::size_t size) {
    std::string_view const text{reinterpret_cast<char const*>(bytes), size};
    check(text);
    check(sealed(text));
    check(sealed(line_content(sample()) + '\n' + std::string{text}));
    check_damage(text);
    return 0;
}
