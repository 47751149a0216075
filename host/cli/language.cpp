#include "host/cli/language.hpp"

#include <clocale>
#include <cstdlib>
#include <filesystem>
#include <libintl.h>

namespace cli {
namespace {

constexpr char const* domain = "sscard";
Language language_in_use = Language::english;

} // namespace

std::optional<Language> language_of(std::string_view name) {
    std::string_view const language = name.substr(0, name.find_first_of("_.@-"));
    if (language == "zh") {
        return Language::chinese;
    }
    if (language == "en" || language == "C" || language == "POSIX") {
        return Language::english;
    }
    return std::nullopt;
}

Language language_of_environment() {
    for (char const* const name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        char const* const value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
        if (value != nullptr && *value != '\0') {
            return language_of(value).value_or(Language::english);
        }
    }
    return Language::english;
}

void use_language(Language language, std::string const& locale_folder) {
    language_in_use = language;
    // LANGUAGE chooses the catalogue in any locale but plain C, so none has to be installed.
    setenv("LANGUAGE", language == Language::chinese ? "zh_CN" : "en", 1);
    if (std::setlocale(LC_ALL, "C.UTF-8") == nullptr) {
        std::setlocale(LC_ALL, "");
    }
    bindtextdomain(domain, locale_folder.c_str());
    bind_textdomain_codeset(domain, "UTF-8");
    textdomain(domain);
}

Language language() { return language_in_use; }

std::string locale_folder_of_program() {
    std::error_code error;
    auto const program = std::filesystem::read_symlink("/proc/self/exe", error);
    return (program.parent_path().parent_path() / "share" / "locale").string();
}

std::string tr(char const* english) {
    // The empty text is the key of a catalogue's own head.
    return *english == '\0' ? std::string{} : dgettext(domain, english);
}

std::string tr(std::string_view english) { return tr(std::string{english}.c_str()); }

std::string tr_with(char const* english, std::initializer_list<std::string> values) {
    std::string const text = tr(english);
    std::string result;
    for (std::size_t at = 0; at < text.size(); ++at) {
        bool const is_mark = text[at] == '{' && at + 2 < text.size() && text[at + 2] == '}' &&
                             text[at + 1] > '0' && text[at + 1] <= '9';
        std::size_t const number = is_mark ? static_cast<std::size_t>(text[at + 1] - '0') : 0;
        if (number > 0 && number <= values.size()) {
            result += values.begin()[number - 1];
            at += 2;
        } else {
            result += text[at];
        }
    }
    return result;
}

std::string const& choose(std::string const& english, std::string const& chinese) {
    bool const wants_chinese = language_in_use == Language::chinese;
    std::string const& wanted = wants_chinese ? chinese : english;
    return wanted.empty() ? (wants_chinese ? english : chinese) : wanted;
}

} // namespace cli
