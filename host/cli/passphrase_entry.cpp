#include "host/cli/passphrase_entry.hpp"

#include "host/cli/language.hpp"
#include "host/cli/secret_entry.hpp"

#include "host/api/pin_text.hpp"

#include <array>

namespace cli {

api::Outcome<api::SecretText> passphrase(Invocation const& invocation,
                                         std::optional<unsigned> descriptor, char const* prompt) {
    // One more than the daemon takes, so that it refuses a longer one and never cuts it.
    std::array<char, 1025> line{};
    auto const size = descriptor
                          ? read_secret_line(*descriptor, line, api::code::passphrase_not_given)
                          : ask_secret_line(invocation.surroundings().terminal, tr(prompt), line,
                                            api::code::passphrase_not_given);
    if (!size.ok()) {
        return size.error();
    }
    api::SecretText typed{{line.data(), size.value()}};
    api::wipe_characters(line.data(), line.size());
    return typed;
}

api::Outcome<api::SecretText> new_passphrase(Invocation const& invocation,
                                             std::optional<unsigned> descriptor) {
    auto first = passphrase(invocation, descriptor, translatable("New passphrase: "));
    if (!first.ok() || descriptor) {
        return first;
    }
    auto const second = passphrase(invocation, {}, translatable("New passphrase, once more: "));
    if (!second.ok()) {
        return second.error();
    }
    if (first.value().given() != second.value().given()) {
        return api::fault(api::code::passphrases_differ);
    }
    return first;
}

} // namespace cli
