#include "host/batch/lane.hpp"

#include "host/batch/verdict.hpp"

#include "host/api/register_messages.hpp"

#include <algorithm>

namespace batch {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

} // namespace

Lane::Lane(Shared const& shared, std::string reader)
    : shared_{shared}, reader_{std::move(reader)}, client_{shared.policy.socket} {}

void Lane::run() {
    std::optional<std::string> done; // the card that is to be taken out
    while (!shared_.signals.stops() && !shared_.queue.is_over() && !is_left_out_) {
        auto const chip = shared_.readers.chip_in(reader_);
        if (!chip) {
            done.reset();
        }
        if (!chip || chip == done || shared_.signals.is_paused()) {
            shared_.signals.wait_for(shared_.policy.poll);
            continue;
        }
        switch (work_on(*chip)) {
        case Step::idle:
            shared_.signals.wait_for(shared_.policy.poll);
            break;
        case Step::done:
            done = chip;
            break;
        case Step::released:
            done.reset();
            shared_.signals.wait_for(shared_.policy.poll);
            look();
            break;
        }
    }
}

/// One card: for one person after the other, while it is they who cannot have one.
Lane::Step Lane::work_on(std::string const& chip) {
    while (!shared_.signals.stops()) {
        auto const order = shared_.queue.take(chip);
        if (!order) {
            return Step::idle;
        }
        bool wants_next = false;
        auto const step = make(*order, chip, wants_next);
        if (!wants_next) {
            return step;
        }
    }
    return Step::released;
}

Lane::Step Lane::make(Order const& order, std::string const& chip, bool& wants_next) {
    Result result;
    result.person = order.person;
    result.reader = reader_;
    result.reset_info = chip;
    auto const start = Clock::now();
    for (result.attempts = 1;; ++result.attempts) {
        auto const reply = ask_for_card(order, chip);
        result.time = since(start);
        if (reply.ok()) {
            failures_in_a_row_ = 0;
            result.outcome = "made";
            result.fault = {};
            result.card_number = reply.value().card_number;
            result.card_id = reply.value().card_id;
            shared_.queue.settle(order);
            shared_.listeners.result(result);
            return Step::done;
        }
        result.fault = reply.error();
        if (verdict_on(result.fault.code) != Verdict::contact ||
            result.attempts > shared_.policy.retries) {
            return refuse(order, std::move(result), wants_next);
        }
    }
}

/// Deals with a card that did not become one, by why it did not.
Lane::Step Lane::refuse(Order const& order, Result result, bool& wants_next) {
    if (is_made(order, result.reset_info)) {
        result.outcome = "made"; // only its answer was lost
        result.fault = {};
        shared_.queue.settle(order);
        shared_.listeners.result(result);
        return Step::done;
    }
    switch (verdict_on(result.fault.code)) {
    case Verdict::person:
        if (keep_begun(order, result)) {
            return Step::done;
        }
        result.outcome = "not_made";
        result.reset_info.clear();
        shared_.queue.settle(order);
        shared_.listeners.result(result);
        wants_next = true;
        return Step::done;
    case Verdict::unsuitable:
        reject(order, std::move(result));
        return Step::done;
    case Verdict::unproven:
        if (is_begun(order, result.reset_info)) {
            spoil(order, std::move(result));
        } else {
            reject(order, std::move(result));
        }
        return Step::done;
    case Verdict::contact:
    case Verdict::spoiled:
        spoil(order, std::move(result));
        return Step::done;
    case Verdict::gone:
        if (release(order, result.reset_info)) {
            result.outcome = "interrupted";
            fail(result);
        }
        return Step::released;
    case Verdict::outage:
        wait_out(result.fault);
        (void)release(order, result.reset_info);
        return Step::released;
    case Verdict::halt:
        shared_.signals.halt(result.fault);
        (void)release(order, result.reset_info);
        return Step::released;
    }
    return Step::done;
}

api::Outcome<api::Personalized> Lane::ask_for_card(Order const& order, std::string const& chip) {
    Policy const& policy = shared_.policy;
    api::PersonalizeRequest request;
    request.reader = reader_;
    request.expected_chip = chip;
    request.stage = policy.stage;
    request.record = api::RecordText{order.person->record};
    request.version = policy.version;
    request.algorithm = policy.algorithm;
    request.region = policy.region;
    request.replacement = policy.replacement || order.replaces;
    request.batch = policy.name;
    return client_.ask(request);
}

/// True when the register says that the card was begun for the person, or cannot be asked: then it
/// may have been.
bool Lane::is_begun(Order const& order, std::string const& chip) {
    api::CardListRequest request;
    request.state = "in_making";
    request.social_security_number = order.person->social_security_number;
    auto const list = client_.ask(request);
    if (!list.ok()) {
        return true;
    }
    auto const& cards = list.value().cards;
    return std::any_of(cards.begin(), cards.end(),
                       [&](api::RegisteredCard const& card) { return card.reset_info == chip; });
}

/// True when the register says that this very card is the person's, made by this batch.
bool Lane::is_made(Order const& order, std::string const& chip) {
    api::CardListRequest request;
    request.state = "live";
    request.social_security_number = order.person->social_security_number;
    auto const list = client_.ask(request);
    return list.ok() && std::any_of(list.value().cards.begin(), list.value().cards.end(),
                                    [&](api::RegisteredCard const& card) {
                                        return card.reset_info == chip &&
                                               card.batch == shared_.policy.name;
                                    });
}

/// Gives a person back whose card is out of reach now. @returns true where the card was begun: it
/// is theirs alone.
bool Lane::release(Order const& order, std::string const& chip) {
    if (chip.empty() || !is_begun(order, chip)) {
        shared_.queue.put_back(order, false);
        return false;
    }
    shared_.queue.bind(order, chip);
    return true;
}

/// The card that was begun for the person stays theirs though the daemon would not go on with it.
/// @returns false, and does nothing, where it was not begun.
bool Lane::keep_begun(Order const& order, Result& result) {
    if (result.reset_info.empty() || !is_begun(order, result.reset_info)) {
        return false;
    }
    shared_.queue.bind(order, result.reset_info);
    result.outcome = "interrupted";
    fail(result);
    return true;
}

/// The card is none for this batch, and the person gets the next one; but one that was begun for
/// them stays theirs.
void Lane::reject(Order const& order, Result result) {
    if (keep_begun(order, result)) {
        return;
    }
    result.outcome = "unsuitable";
    shared_.queue.put_back(order, false);
    fail(result);
}

/// The card must not be handed out, and the person needs another.
void Lane::spoil(Order const& order, Result result) {
    result.outcome = "spoiled";
    bool const is_begun_card = is_begun(order, result.reset_info);
    auto const voided =
        client_.ask(api::CardVoidRequest{reader_, result.fault.code, result.reset_info});
    result.is_void = voided.ok();
    if (!voided.ok()) {
        result.void_fault = voided.error();
    }
    shared_.queue.put_back(order, is_begun_card && !result.is_void);
    fail(result);
}

/// Waits until the daemon tells of readers again; halts the batch where that takes too long.
void Lane::wait_out(api::Fault const& outage) {
    auto const start = Clock::now();
    while (!shared_.signals.stops()) {
        shared_.signals.wait_for(shared_.policy.poll);
        auto const list = client_.ask(api::ReadersRequest{});
        if (list.ok()) {
            shared_.readers.update(list.value());
            return;
        }
        if (since(start) > shared_.policy.outage_max) {
            shared_.signals.halt(outage);
        }
    }
}

void Lane::look() {
    auto const list = client_.ask(api::ReadersRequest{});
    if (list.ok()) {
        shared_.readers.update(list.value());
    }
}

void Lane::fail(Result const& result) {
    shared_.listeners.result(result);
    if (++failures_in_a_row_ >= shared_.policy.reader_failures_max) {
        is_left_out_ = true;
        shared_.listeners.reader_left_out(reader_, result.fault);
    }
}

} // namespace batch
