#include "host/api/answer.hpp"

#include "host/api/fault_text.hpp"

namespace api {

Json error_json(Fault const& fault) {
    Json error = to_json(fault);
    if (FaultText const* const text = find_fault_text(fault.code)) {
        error["what"] = std::string{text->what};
        error["why"] = std::string{text->why};
        error["next"] = std::string{text->next};
    }
    return Json{{"error", std::move(error)}};
}

int http_status_of(Fault const& fault) {
    FaultText const* const text = find_fault_text(fault.code);
    return text == nullptr ? 500 : text->http_status;
}

Fault fault_from_json(Json& error) {
    Fault read;
    std::vector<Problem> problems;
    read_message(error, UnknownMembers::ignored, read, problems);
    if (!problems.empty()) {
        return fault(code::answer_unreadable, "error" + problems.front().where);
    }
    return read;
}

} // namespace api
