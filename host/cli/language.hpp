#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

namespace cli {

/// The languages of messages.
enum class Language : std::uint8_t { english, chinese };

/// The language of "en", "zh" and names of locales such as "zh_CN.UTF-8"; nothing for "" and for a
/// language that there is no translation into.
[[nodiscard]] std::optional<Language> language_of(std::string_view name);

/// What LC_ALL, else LC_MESSAGES, else LANG asks for; English where it is anything else.
[[nodiscard]] Language language_of_environment();

/// Makes the messages of this process come in `language`, from catalogues under `locale_folder`
/// ("zh_CN/LC_MESSAGES/sscard.mo"). Works without any locale installed on the system.
void use_language(Language language, std::string const& locale_folder);

/// The language in use.
[[nodiscard]] Language language();

/// "../share/locale" beside the folder of the running program.
[[nodiscard]] std::string locale_folder_of_program();

/// `english` in the language in use; as it is where there is no translation.
[[nodiscard]] std::string tr(char const* english);
[[nodiscard]] std::string tr(std::string_view english);

/// Marks text in a table, which tr() translates where it is shown.
[[nodiscard]] constexpr char const* translatable(char const* english) { return english; }

/// `english` in the language in use, with {1}, {2} … replaced by `values`.
[[nodiscard]] std::string tr_with(char const* english, std::initializer_list<std::string> values);

/// The one of two texts that the language in use asks for; the other where that is empty.
[[nodiscard]] std::string const& choose(std::string const& english, std::string const& chinese);

} // namespace cli
