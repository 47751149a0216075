#include "host/cli/ceremony_talk.hpp"

#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/secret_entry.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/pin_text.hpp"

#include <array>
#include <sstream>

namespace cli {
namespace {

constexpr std::string_view not_given = "part_not_given";
constexpr int tries_max = 3; ///< that a custodian gets for one part

/// What a slip of the custodian may be, who then types it again.
bool is_slip(api::Fault const& fault) {
    return fault.code == "part_mistyped" || fault.code == "part_malformed" ||
           fault.code == "part_not_shown";
}

/// One line that stays hidden, in a wiping type.
template <typename Read>
api::Outcome<api::SecretText> secret_line(Read read) {
    std::array<char, 256> line{};
    auto const size = read(std::span<char>{line});
    if (!size.ok()) {
        return size.error();
    }
    api::SecretText text{{line.data(), size.value()}};
    api::wipe_characters(line.data(), line.size());
    return text;
}

bool is_yes(std::string const& answer) {
    return answer == "yes" || answer == "y" || answer == "是";
}

} // namespace

std::string const& CeremonyTalk::name_of_custodian(std::uint32_t custodian) const {
    return ceremony_.parts.at(custodian - 1).custodian;
}

void CeremonyTalk::say(std::string const& text) const {
    (void)show_at_terminal(invocation_.surroundings().terminal, text + "\n");
}

void CeremonyTalk::clear_screen() const {
    // The screen, and what a terminal keeps above it.
    (void)show_at_terminal(invocation_.surroundings().terminal, "\x1b[H\x1b[2J\x1b[3J");
}

api::Outcome<bool> CeremonyTalk::confirm(std::string const& question) const {
    std::string const prompt = question + ' ' + tr("(yes/no)") + ": ";
    while (true) {
        auto const answer = ask_line(invocation_.surroundings().terminal, prompt, not_given);
        if (!answer.ok()) {
            return answer.error();
        }
        if (is_yes(answer.value())) {
            return true;
        }
        if (answer.value() == "no" || answer.value() == "n" || answer.value() == "否") {
            return false;
        }
    }
}

std::optional<api::Fault> CeremonyTalk::show_part(std::uint32_t custodian) {
    std::string const& terminal = invocation_.surroundings().terminal;
    clear_screen();
    say(tr_with("{1} alone at the screen, please. What comes now is shown once: write it down, "
                "with its check value.",
                {printable(name_of_custodian(custodian))}));
    auto const alone = ask_line(terminal, tr("Press Enter when nobody else can see: "), not_given);
    if (!alone.ok()) {
        return alone.error();
    }
    auto const shown = invocation_.client().ask(api::PartShowRequest{ceremony_.token, custodian});
    if (!shown.ok()) {
        return shown.error();
    }
    std::string_view const value = shown.value().value.given();
    bool const is_shown = show_at_terminal(terminal, "\n    ") &&
                          show_at_terminal(terminal, value) && show_at_terminal(terminal, "\n\n");
    say(tr_with("Check value: {1}", {shown.value().check_value}));
    auto const written = ask_line(terminal, tr("Press Enter when it is written down: "), not_given);
    clear_screen();
    return is_shown && written.ok() ? std::nullopt : std::optional{api::fault(not_given, terminal)};
}

api::Outcome<api::PartRequest> CeremonyTalk::part_from_descriptor(std::uint32_t custodian) {
    auto value = secret_line(
        [this](std::span<char> line) { return read_secret_line(*descriptor_, line, not_given); });
    auto check_value = secret_line(
        [this](std::span<char> line) { return read_secret_line(*descriptor_, line, not_given); });
    if (!value.ok() || !check_value.ok()) {
        return value.ok() ? check_value.error() : value.error();
    }
    return api::PartRequest{ceremony_.token, custodian, std::move(value).value(),
                            std::string{check_value.value().given()}};
}

api::Outcome<api::PartRequest> CeremonyTalk::part_from_terminal(std::uint32_t custodian) {
    std::string const& terminal = invocation_.surroundings().terminal;
    auto const ask = [&terminal](std::string const& prompt) {
        return secret_line([&](std::span<char> line) {
            return ask_secret_line(terminal, prompt, line, not_given);
        });
    };
    auto value =
        ask(tr_with("Your part, {1} hex digits, not shown: ", {std::to_string(ceremony_.digits)}));
    if (!value.ok()) {
        return value.error();
    }
    auto const check_value = ask_line(
        terminal, tr("Its check value; or Enter to type the part once more instead: "), not_given);
    if (!check_value.ok()) {
        return check_value.error();
    }
    api::PartRequest request{ceremony_.token, custodian, std::move(value).value(), std::nullopt};
    if (!check_value.value().empty()) {
        request.check_value = check_value.value();
        return request;
    }
    auto const again = ask(tr("Once more, not shown: "));
    if (!again.ok()) {
        return again.error();
    }
    if (again.value().given() != request.value.given()) {
        return api::fault("part_mistyped", name_of_custodian(custodian));
    }
    return request;
}

std::optional<api::Fault> CeremonyTalk::take_part(std::uint32_t custodian) {
    for (int left = tries_max; left > 0; --left) {
        auto request =
            descriptor_ ? part_from_descriptor(custodian) : part_from_terminal(custodian);
        auto const taken = request.ok() ? invocation_.client().ask(request.value())
                                        : api::Outcome<api::CustodianPart>{request.error()};
        if (!taken.ok()) {
            if (descriptor_ || !is_slip(taken.error()) || left == 1) {
                return taken.error();
            }
            std::ostringstream text;
            print_fault(text, taken.error());
            say(text.str());
            continue;
        }
        if (descriptor_) {
            return std::nullopt;
        }
        auto const right = confirm(tr_with("The check value is {1}. Is it that of your sheet?",
                                           {taken.value().check_value.value_or("")}));
        if (!right.ok() || right.value()) {
            return right.ok() ? std::nullopt : std::optional{right.error()};
        }
    }
    return api::fault("ceremony_not_confirmed", name_of_custodian(custodian));
}

std::optional<api::Fault> CeremonyTalk::gather(bool with_showing) {
    for (std::uint32_t custodian = 1; custodian <= ceremony_.parts.size(); ++custodian) {
        if (with_showing) {
            if (auto fault = show_part(custodian)) {
                return fault;
            }
        }
        if (!descriptor_) {
            clear_screen();
            say(tr_with("{1}, {2} of {3}, alone at the screen, please.",
                        {printable(name_of_custodian(custodian)), std::to_string(custodian),
                         std::to_string(ceremony_.parts.size())}));
        }
        auto fault = take_part(custodian);
        if (!descriptor_) {
            clear_screen();
        }
        if (fault) {
            return fault;
        }
    }
    return std::nullopt;
}

api::Outcome<api::MinutesDocument> CeremonyTalk::conclude() {
    auto const combined = invocation_.client().ask(api::CombineRequest{ceremony_.token});
    if (!combined.ok()) {
        return combined.error();
    }
    api::CeremonyFinishRequest finish{ceremony_.token, combined.value().check_value, {}};
    for (api::CustodianPart const& part : ceremony_.parts) {
        if (!descriptor_) {
            auto const right =
                confirm(tr_with("{1}: the check value of the whole is {2}. Is that right?",
                                {printable(part.custodian), combined.value().check_value}));
            if (!right.ok()) {
                return right.error();
            }
            if (!right.value()) {
                return api::fault("ceremony_not_confirmed", part.custodian);
            }
        }
        finish.confirmed_by.push_back(part.custodian);
    }
    return invocation_.client().ask(finish);
}

void CeremonyTalk::abort(std::string const& reason) const {
    (void)invocation_.client().ask(api::CeremonyAbortRequest{ceremony_.token, reason});
}

api::Outcome<api::MinutesDocument> held_act(Invocation const& invocation,
                                            api::Outcome<api::Ceremony> begun,
                                            std::optional<unsigned> descriptor, bool with_showing) {
    if (!begun.ok()) {
        return begun.error();
    }
    CeremonyTalk talk{invocation, std::move(begun).value(), descriptor};
    if (auto const fault = talk.gather(with_showing)) {
        talk.abort(fault->code);
        return *fault;
    }
    auto minutes = talk.conclude();
    if (!minutes.ok()) {
        talk.abort(minutes.error().code);
    }
    return minutes;
}

ExitCode answer_with_minutes(Invocation const& invocation,
                             api::Outcome<api::MinutesDocument> const& minutes,
                             std::string const& done) {
    if (!minutes.ok()) {
        return invocation.refuse(minutes.error());
    }
    if (invocation.json) {
        invocation.out() << minutes.value().text;
        return ExitCode::done;
    }
    std::string const number = std::to_string(minutes.value().number);
    invocation.out() << done << '\n'
                     << tr_with("Minutes number {1}; \"sscard keys minutes show {1}\" gives them "
                                "for signing.",
                                {number})
                     << '\n';
    return ExitCode::done;
}

} // namespace cli
