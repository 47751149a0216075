#include "host/daemon/approved_operations.hpp"

#include "host/store/text_digest.hpp"

#include <algorithm>
#include <array>

namespace sscardd {
namespace {

using namespace keys::remote;

constexpr std::array<std::string_view, 11> refusal_texts{
    "the certificate is nobody's here",
    "the client is blocked",
    "no message of a window or kiosk",
    "the client may not have that purpose for that region",
    "no such operation",
    "another client's operation",
    "the operation has expired",
    "another card than the operation's",
    "a step that was done before, or is not the next",
    "the last step's number with other content",
    "no step of the operation's purpose, or once too often",
};

/// What has expired is looked for this often.
constexpr std::chrono::seconds look_every{1};

bool is_same(keys::CardIdentity const& left, keys::CardIdentity const& right) {
    return left.algorithm == right.algorithm && left.region == right.region &&
           left.historical == right.historical;
}

std::string region_text(keys::CardIdentity const& card) {
    std::string digits;
    for (unsigned const byte : card.region) {
        digits.push_back(static_cast<char>('0' + (byte >> 4U)));
        digits.push_back(static_cast<char>('0' + (byte & 0x0FU)));
    }
    return digits;
}

} // namespace

std::string_view to_text(Refusal refusal) {
    return refusal_texts.at(static_cast<std::size_t>(refusal));
}

/// One operation; `mutex` is around all that changes, and held while a step is done, so that the
/// same step from two connections is done once.
struct ApprovedOperations::Operation {
    OperationId id;
    CentreClient const* client;
    keys::CardIdentity card;
    Clock::time_point expiry;
    std::mutex mutex{};
    std::vector<StepRule> rules; ///< `times`: what is left
    std::uint32_t last_step = 0;
    WipedText last_digest{}; ///< of the message, which may hold a PIN; empty before the first
    WipedText last_answer{};
};

ApprovedOperations::Outcome<OperationGrant>
ApprovedOperations::open(CentreClient const& client, OperationRequest const& request) {
    if (!client.may(request.purpose, region_text(request.card))) {
        return {.refusal = Refusal::not_allowed};
    }
    OperationGrant grant{{}, limits_.operation_time, step_rules(request.purpose)};
    if (!random_(grant.operation)) {
        return {};
    }
    auto const now = now_();
    auto operation = std::make_shared<Operation>();
    operation->id = grant.operation;
    operation->client = &client;
    operation->card = request.card;
    operation->expiry = now + limits_.operation_time;
    operation->rules = grant.steps;
    std::lock_guard const lock{mutex_};
    forget_expired(client, now);
    std::size_t& open = open_of_[&client];
    if (operations_.size() >= limits_.operations_max || open >= limits_.operations_of_client_max ||
        !operations_.emplace(grant.operation, std::move(operation)).second) {
        return {};
    }
    ++open;
    return {.value = std::move(grant)};
}

void ApprovedOperations::forget_expired(CentreClient const& client, Clock::time_point now) {
    bool const is_full = operations_.size() >= limits_.operations_max ||
                         open_of_[&client] >= limits_.operations_of_client_max;
    if (now < look_again_ && !is_full) {
        return;
    }
    look_again_ = now + look_every;
    std::erase_if(operations_, [this, now](auto const& entry) {
        bool const is_over = now >= entry.second->expiry;
        open_of_[entry.second->client] -= is_over ? 1 : 0;
        return is_over;
    });
}

ApprovedOperations::Shared ApprovedOperations::find(OperationId const& id) const {
    std::lock_guard const lock{mutex_};
    auto const found = operations_.find(id);
    return found == operations_.end() ? nullptr : found->second;
}

std::optional<Refusal> ApprovedOperations::check(CentreClient const& client, Operation const& found,
                                                 keys::CardIdentity const& card) const {
    if (found.client != &client) {
        return Refusal::other_client;
    }
    if (now_() >= found.expiry) {
        return Refusal::expired;
    }
    return is_same(found.card, card) ? std::nullopt : std::optional{Refusal::other_card};
}

ApprovedOperations::Outcome<WipedText> ApprovedOperations::step(CentreClient const& client,
                                                                Step const& step,
                                                                std::string_view text,
                                                                Perform const& perform) {
    auto const found = find(step.operation);
    if (found == nullptr) {
        return {.refusal = Refusal::unknown_operation};
    }
    std::lock_guard const lock{found->mutex};
    if (auto const refusal = check(client, *found, step.card)) {
        return {.refusal = refusal};
    }
    WipedText digest{store::digest_of(text)};
    if (step.number == found->last_step && step.number != 0) {
        if (digest.content() != found->last_digest.content()) {
            return {.refusal = Refusal::other_content};
        }
        return {.value = WipedText{found->last_answer.content()}};
    }
    if (step.number != found->last_step + 1) {
        return {.refusal = Refusal::out_of_order};
    }
    auto const rule =
        std::find_if(found->rules.begin(), found->rules.end(), [&step](StepRule const& one) {
            return one.times > 0 && is_for(one, step.call);
        });
    if (rule == found->rules.end()) {
        return {.refusal = Refusal::foreign_step};
    }
    auto answer = perform(found->card, step.call);
    if (!answer) {
        return {};
    }
    --rule->times;
    found->last_step = step.number;
    found->last_digest = std::move(digest);
    found->last_answer = WipedText{answer->content()};
    return {.value = std::move(answer)};
}

std::optional<Refusal> ApprovedOperations::end(CentreClient const& client, OperationId const& id) {
    std::lock_guard const lock{mutex_};
    auto const found = operations_.find(id);
    if (found == operations_.end()) {
        return std::nullopt;
    }
    if (found->second->client != &client) {
        return Refusal::other_client;
    }
    operations_.erase(found);
    --open_of_[&client];
    return std::nullopt;
}

std::size_t ApprovedOperations::count() const {
    std::lock_guard const lock{mutex_};
    return operations_.size();
}

} // namespace sscardd
