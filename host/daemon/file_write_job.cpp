#include "host/daemon/file_jobs.hpp"

#include "host/personalization/base64.hpp"
#include "host/personalization/item_problem.hpp"
#include "host/session/file_access.hpp"
#include "host/session/item_value.hpp"

namespace sscardd {
namespace {

using session::Fault;
using session::FaultCode;
using session::Outcome;
using Bytes = std::vector<std::uint8_t>;

Fault invalid(std::string detail) { return Fault{FaultCode::request_invalid, std::move(detail)}; }

/// The parts of a constructed item, or the fields of a cyclic file, that `named` leaves out: they
/// would lose what they hold.
std::vector<session::Problem> left_out(std::span<apdu::Item const> items,
                                       std::map<std::string, std::string> const& named) {
    std::vector<session::Problem> problems;
    for (apdu::Item const& item : items) {
        if (!named.contains(std::string{item.name})) {
            problems.push_back({"/parts/" + std::string{item.name}, "missing", ""});
        }
    }
    return problems;
}

/// Everything about one request to write.
class FileWriting {
public:
    FileWriting(session::CardSession& card, apdu::FilePlace place,
                api::FileWriteRequest const& request, apdu::TextProfile profile)
        : card_{card}, place_{place}, request_{request}, profile_{profile} {
        written_.path = apdu::path_of(place).view();
        written_.name = place.file->name;
    }

    Outcome<api::Written> write() {
        auto const done = by_type();
        if (!done.ok()) {
            return done.error();
        }
        return written_;
    }

private:
    Outcome<apdu::Done> by_type() {
        switch (place_.file->type) {
        case apdu::FileType::transparent:
            return write_content();
        case apdu::FileType::cyclic:
            return append();
        case apdu::FileType::variable_records:
        case apdu::FileType::fixed_records:
            break;
        }
        return write_item();
    }

    std::vector<session::ItemValue> parts() const {
        std::vector<session::ItemValue> values;
        for (auto const& [name, text] : request_.parts) {
            values.push_back({name, 1, text, {}});
        }
        return values;
    }

    /// What the card answers now against what was written; nothing is said about a file that the
    /// office's keys do not open for reading.
    Outcome<apdu::Done> compare(Outcome<Bytes> const& read, Bytes const& written) {
        if (!read.ok()) {
            FaultCode const code = read.error().code;
            bool const closed = code == FaultCode::pin_needed || code == FaultCode::access_never ||
                                code == FaultCode::key_missing;
            return closed ? Outcome<apdu::Done>{apdu::Done{}} : Outcome<apdu::Done>{read.error()};
        }
        if (read.value() != written) {
            return Fault{FaultCode::verification_failed, written_.path};
        }
        written_.read_back = true;
        return apdu::Done{};
    }

    Outcome<apdu::Done> write_item() {
        if (!request_.item || request_.bytes) {
            return invalid(written_.path + " is written item by item");
        }
        if (!request_.value && request_.parts.empty()) {
            return invalid(written_.path + " " + *request_.item + " needs a value");
        }
        if (auto fault = parts_left_out(*request_.item)) {
            return *fault;
        }
        session::ItemValue const value{*request_.item, request_.occurrence,
                                       request_.value.value_or(""), parts()};
        auto const records = session::records_of_values(*place_.file, {&value, 1}, profile_,
                                                        personalization::item_problem);
        if (!records.ok()) {
            return records.error();
        }
        written_.item = *request_.item;
        return put(records.value().front());
    }

    std::optional<Fault> parts_left_out(std::string_view name) const {
        for (apdu::Item const& item : place_.file->items) {
            if (item.name == name && !request_.parts.empty()) {
                return fault_of(left_out(item.parts, request_.parts));
            }
        }
        return std::nullopt;
    }

    static std::optional<Fault> fault_of(std::vector<session::Problem> problems) {
        if (problems.empty()) {
            return std::nullopt;
        }
        Fault fault{FaultCode::request_invalid};
        fault.problems = std::move(problems);
        return fault;
    }

    Outcome<apdu::Done> put(session::NumberedRecord const& record) {
        auto done = session::write_record(card_, place_, record.number, record.record, {});
        if (!done.ok()) {
            return done;
        }
        written_.record = record.number;
        written_.size = static_cast<std::uint32_t>(record.record.size());
        return compare(session::read_record(card_, place_, record.number, {}), record.record);
    }

    Outcome<apdu::Done> append() {
        if (request_.item || request_.value || request_.bytes || request_.parts.empty()) {
            return invalid(written_.path + " takes a whole record, with its parts");
        }
        if (auto fault = fault_of(left_out(place_.file->items, request_.parts))) {
            return *fault;
        }
        auto const record = session::cyclic_record_of_values(*place_.file, parts(), profile_,
                                                             personalization::item_problem);
        if (!record.ok()) {
            return record.error();
        }
        auto done = session::append_record(card_, place_, record.value(), {});
        if (!done.ok()) {
            return done;
        }
        written_.record = 1;
        written_.size = static_cast<std::uint32_t>(record.value().size());
        return compare(session::read_record(card_, place_, 1, {}), record.value());
    }

    Outcome<apdu::Done> write_content() {
        auto content = request_.bytes ? personalization::base64_bytes(*request_.bytes)
                                      : std::optional<Bytes>{};
        if (!content || content->empty() || content->size() > place_.file->size) {
            return invalid(written_.path + " takes base64 of at most " +
                           std::to_string(place_.file->size) + " bytes");
        }
        written_.size = static_cast<std::uint32_t>(content->size());
        content->resize(place_.file->size); // what stood behind a longer content goes
        auto done = session::write_binary(card_, place_, *content, {});
        if (!done.ok()) {
            return done;
        }
        return compare(session::read_file(card_, place_, {}), *content);
    }

    session::CardSession& card_;
    apdu::FilePlace place_;
    api::FileWriteRequest const& request_;
    apdu::TextProfile profile_;
    api::Written written_{};
};

} // namespace

Outcome<api::Written> write_file(CardAtHand const& at, api::FileWriteRequest const& request,
                                 apdu::TextProfile profile) {
    auto card = open_card(at);
    if (!card.ok()) {
        return card.error();
    }
    auto const place = apdu::find_file(card.value().layout(), request.file);
    if (!place) {
        return Fault{FaultCode::unknown_file, request.file};
    }
    return FileWriting{card.value(), *place, request, profile}.write();
}

} // namespace sscardd
