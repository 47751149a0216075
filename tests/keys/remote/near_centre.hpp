#pragma once

#include "keys/remote/centre_link.hpp"
#include "keys/remote/key_catalogue.hpp"
#include "keys/remote/operation_messages.hpp"

#include <functional>

namespace keys::remote {

/// A centre in this process that approves everything: the messages are real, the rules are not.
class NearCentre final : public CentreLink {
public:
    /// `keys` must outlive it.
    explicit NearCentre(KeyService& keys, std::vector<StepRule> rules)
        : keys_{keys}, rules_{std::move(rules)} {}

    LinkResult exchange(std::string_view path, WipedText const& body) override {
        sent.push_back(std::string{path} + " " + body.content());
        if (fails && fails(sent.size())) {
            return LinkFault{LinkFaultCode::unreachable};
        }
        if (path == open_path && parse_operation_request(body.content())) {
            OperationGrant grant{{}, std::chrono::seconds{180}, rules_};
            grant.operation.back() = ++operations_;
            return encode(grant);
        }
        if (path == step_path) {
            auto const step = parse_step(body.content());
            return step ? LinkResult{encode(perform(keys_, step->card, step->call))}
                        : LinkFault{LinkFaultCode::refused};
        }
        bool const is_end = path == end_path && parse_end(body.content());
        return is_end ? LinkResult{WipedText{std::string{"{}"}}}
                      : LinkFault{LinkFaultCode::refused};
    }

    std::function<bool(std::size_t)>
        fails{}; ///< whether the message of that number, from 1, is lost
    std::vector<std::string> sent{};

private:
    KeyService& keys_;
    std::vector<StepRule> rules_;
    std::uint8_t operations_ = 0;
};

/// Rules that leave everything open.
inline std::vector<StepRule> every_step() {
    std::vector<StepRule> rules;
    for (std::size_t i = 0; i < seam_request_count; ++i) {
        rules.push_back({static_cast<SeamRequest>(i), KeyNames{}.set(), 65535});
    }
    return rules;
}

} // namespace keys::remote
