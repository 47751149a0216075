#include "host/cli/batch_report.hpp"

#include "host/cli/fault_report.hpp"
#include "host/cli/language.hpp"
#include "host/cli/text_layout.hpp"

#include "host/api/answer.hpp"
#include "host/api/fault_text.hpp"

#include <cerrno>
#include <cmath>
#include <cstring>

namespace cli {
namespace {

constexpr std::string_view spoiled_outcome = "spoiled";

api::Json json_of_result(batch::Result const& result) {
    api::Json json;
    json["outcome"] = result.outcome;
    json["person"] = result.person->number;
    json["reader"] = result.reader;
    json["reset_info"] = result.reset_info;
    json["card_number"] = result.card_number;
    json["card_id"] = result.card_id;
    json["fault"] = result.fault.code.empty() ? api::Json{} : api::to_json(result.fault);
    bool const is_spoiled = result.outcome == spoiled_outcome;
    json["voided"] = is_spoiled ? api::Json(result.is_void) : api::Json{};
    json["void_fault"] =
        result.void_fault.code.empty() ? api::Json{} : api::to_json(result.void_fault);
    json["attempts"] = result.attempts;
    json["milliseconds"] = result.time.count();
    return json;
}

std::string outcome_text(std::string_view outcome) {
    if (outcome == "made") {
        return tr("made");
    }
    if (outcome == "not_made") {
        return tr("not made");
    }
    if (outcome == "unsuitable") {
        return tr("unsuitable card");
    }
    return outcome == spoiled_outcome ? tr("spoiled card") : tr("interrupted");
}

/// What went wrong, in few words.
std::string cause_text(std::string const& fault_code) {
    auto const* const text = api::find_fault_text(fault_code);
    return text == nullptr ? fault_code : tr(text->what);
}

/// The number of a card that was made; else why it was not, and whether it is void.
std::string what_came_of(batch::Result const& result) {
    if (result.outcome == "made") {
        return result.card_number;
    }
    std::string cause = cause_text(result.fault.code);
    if (result.outcome != spoiled_outcome) {
        return cause;
    }
    return result.is_void ? tr_with("{1} It is void now.", {cause})
                          : tr_with("{1} It could not be made void, destroy it: {2}",
                                    {cause, cause_text(result.void_fault.code)});
}

} // namespace

BatchReport::BatchReport(Invocation const& invocation, std::size_t people)
    : invocation_{invocation}, people_{people} {}

BatchReport::~BatchReport() { clear_progress(); }

std::optional<api::Fault> BatchReport::list_spoiled_in(std::string const& path) {
    errno = 0;
    spoiled_.open(path, std::ios::app);
    if (!spoiled_) {
        std::string const reason = std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
        return api::fault(api::code::request_invalid, path + ": " + reason);
    }
    spoiled_path_ = path;
    std::ifstream before{path, std::ios::ate | std::ios::binary};
    if (before.tellg() > 0 && before.seekg(-1, std::ios::end) && before.get() != '\n') {
        spoiled_ << '\n';
    }
    return std::nullopt;
}

/// Writes a line at once, so that it is there whatever comes.
std::optional<api::Fault> BatchReport::write_line(std::ostream& stream, std::string const& name,
                                                  std::string const& line) const {
    errno = 0;
    if (stream << line << std::endl) {
        return std::nullopt;
    }
    std::string const reason = std::strerror(errno); // NOLINT(concurrency-mt-unsafe)
    invocation_.err() << line << std::endl;
    return api::fault(api::code::output_failed, name + (errno == 0 ? "" : ": " + reason));
}

std::optional<api::Fault> BatchReport::tell(batch::Result const& result) {
    clear_progress();
    api::Json const json = json_of_result(result);
    std::optional<api::Fault> fault;
    if (result.outcome == spoiled_outcome && spoiled_.is_open()) {
        fault = write_line(spoiled_, spoiled_path_, api::to_text(json));
    }
    OfReader& reader = readers_[result.reader];
    if (result.outcome == "made") {
        ++made_;
        ++reader.made;
    } else {
        ++reader.failures[result.fault.code];
    }
    auto const unwritten =
        write_line(invocation_.out(), tr("the results"),
                   invocation_.json ? api::to_text(json)
                                    : tr_with("{1}  person {2}  {3}  {4}",
                                              {padded(outcome_text(result.outcome), 15),
                                               std::to_string(result.person->number), result.reader,
                                               what_came_of(result)}));
    draw_progress();
    return fault ? fault : unwritten;
}

void BatchReport::tell_left_out(std::string const& reader, api::Fault const& why) {
    clear_progress();
    invocation_.err() << tr_with("{1} failed too often in a row and is left out.", {reader})
                      << '\n';
    print_fault(invocation_.err(), why);
}

void BatchReport::tell_waiting(api::Fault const& why) {
    clear_progress();
    invocation_.err() << tr("The batch waits; where it cannot work for a minute it halts:") << '\n';
    print_fault(invocation_.err(), why);
    invocation_.err() << std::flush;
}

std::optional<api::Fault> BatchReport::tell_end() const {
    clear_progress();
    tell_whole();
    if (invocation_.out().flush()) {
        return std::nullopt;
    }
    return api::fault(api::code::output_failed, tr("the results"));
}

void BatchReport::tell_whole() const {
    if (invocation_.json) {
        api::Json summary;
        summary["made"] = made_;
        summary["of"] = people_;
        summary["cards_an_hour"] = std::round(cards_an_hour(made_));
        summary["readers"] = api::Json::object();
        for (auto const& [name, reader] : readers_) {
            summary["readers"][name] = {{"made", reader.made}, {"failures", reader.failures}};
        }
        invocation_.out() << api::to_text(api::Json{{"summary", summary}}) << '\n';
        return;
    }
    std::ostream& out = invocation_.out();
    out << tr_with("{1} of {2} cards made, {3} an hour.",
                   {std::to_string(made_), std::to_string(people_),
                    std::to_string(std::lround(cards_an_hour(made_)))})
        << '\n';
    Table table;
    for (auto const& [name, reader] : readers_) {
        std::string causes;
        for (auto const& [code, count] : reader.failures) {
            causes +=
                (causes.empty() ? "" : "; ") + std::to_string(count) + " × " + cause_text(code);
        }
        table.add({name, tr_with("{1} made", {std::to_string(reader.made)}), causes});
    }
    table.print(out, 2);
}

double BatchReport::cards_an_hour(std::size_t made) const {
    std::chrono::duration<double, std::ratio<3600>> const hours =
        std::chrono::steady_clock::now() - start_;
    return hours.count() > 0 ? static_cast<double>(made) / hours.count() : 0.0;
}

void BatchReport::draw_progress() {
    if (!invocation_.surroundings().is_err_terminal) {
        return;
    }
    invocation_.err() << tr_with("{1} of {2} cards made, {3} an hour.",
                                 {std::to_string(made_), std::to_string(people_),
                                  std::to_string(std::lround(cards_an_hour(made_)))})
                      << std::flush;
    has_progress_ = true;
}

void BatchReport::clear_progress() const {
    if (has_progress_) {
        invocation_.err() << "\r\x1b[K" << std::flush;
    }
}

} // namespace cli
