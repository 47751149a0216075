#include "host/batch/batch_run.hpp"

#include "host/batch/verdict.hpp"

#include "host/api/record_messages.hpp"
#include "host/api/register_messages.hpp"

#include <algorithm>
#include <memory>
#include <thread>

namespace batch {

/// A lane and its thread.
struct BatchRun::Worker {
    Worker(Shared const& shared, std::string const& reader)
        : lane{shared, reader}, thread{[this] { lane.run(); }} {}
    Lane lane;
    std::thread thread; ///< last: it uses the lane
};

BatchRun::BatchRun(Policy policy, std::vector<Person> const& people, Listeners listeners)
    : policy_{std::move(policy)}, people_{people}, told_{std::move(listeners)},
      counting_{[this](Result const& result) { hear(result); },
                [this](std::string const& reader, api::Fault const& why) {
                    std::lock_guard const lock{hearing_};
                    told_.reader_left_out(reader, why);
                },
                {}},
      queue_{people}, wishes_{policy_.readers} {}

api::Outcome<Preparation> BatchRun::prepare(std::function<void(std::size_t)> const& told) {
    Preparation found;
    std::size_t done = 0;
    for (Person const& person : people_) {
        if (auto fault = prepare_for(person, found)) {
            return *std::move(fault);
        }
        told(++done);
        if (signals_.stops()) {
            break;
        }
    }
    return found;
}

std::optional<api::Fault> BatchRun::prepare_for(Person const& person, Preparation& found) {
    auto const checked = api::Client{policy_.socket}.ask(api::RecordCheckRequest{{person.record}});
    if (checked.ok()) {
        return look_up(person, found);
    }
    if (verdict_on(checked.error().code) != Verdict::person) {
        return checked.error();
    }
    for (api::Problem problem : checked.error().problems) {
        problem.where = "/" + std::to_string(person.number) + problem.where;
        found.problems.push_back(std::move(problem));
    }
    queue_.drop(person);
    return std::nullopt;
}

/// What the register of cards says of a person.
std::optional<api::Fault> BatchRun::look_up(Person const& person, Preparation& found) {
    api::CardListRequest request;
    request.social_security_number = person.social_security_number;
    auto const list = api::Client{policy_.socket}.ask(request);
    if (!list.ok()) {
        return list.error();
    }
    auto const& cards = list.value().cards;
    auto const in_state = [&](std::string_view state) {
        return std::find_if(cards.begin(), cards.end(),
                            [&](api::RegisteredCard const& card) { return card.state == state; });
    };
    if (auto const live = in_state("live"); live != cards.end()) {
        bool const is_ours = live->batch == policy_.name;
        if (is_ours) {
            ++found.made_before;
        } else if (!policy_.replacement) {
            found.have_card.push_back(&person);
        }
        if (is_ours || !policy_.replacement) {
            queue_.drop(person);
            return std::nullopt;
        }
    }
    if (auto const begun = in_state("in_making"); begun != cards.end()) {
        ++found.begun_before;
        if (policy_.remake) {
            queue_.give_up_begun(person);
        } else {
            queue_.bind_waiting(person, begun->reset_info);
        }
    }
    return std::nullopt;
}

void BatchRun::run() {
    Shared const shared{policy_, queue_, readers_, signals_, counting_};
    std::map<std::string, std::unique_ptr<Worker>> workers;
    api::Client client{policy_.socket};
    while (!signals_.stops() && !queue_.is_over()) {
        look_at_readers(client);
        for (std::string const& name : readers_.names()) {
            if (wishes_.fit(name) && !workers.contains(name)) {
                workers.emplace(name, std::make_unique<Worker>(shared, name));
            }
        }
        bool const works = std::any_of(workers.begin(), workers.end(), [](auto const& worker) {
            return !worker.second->lane.is_left_out();
        });
        if (!workers.empty() && !works) {
            signals_.stop(); // each has told why
        }
        signals_.wait_for(policy_.poll);
    }
    for (auto const& [name, worker] : workers) {
        worker->thread.join();
    }
}

void BatchRun::look_at_readers(api::Client& client) {
    auto const list = client.ask(api::ReadersRequest{});
    if (!list.ok()) {
        tell_waiting(list.error());
        bear(list.error());
        return;
    }
    readers_.update(list.value());
    auto const names = readers_.names();
    auto const missing = wishes_.missing(names);
    bool const has_one = std::any_of(names.begin(), names.end(),
                                     [&](std::string const& name) { return wishes_.fit(name); });
    tell_waiting(missing);
    bear(has_one ? std::nullopt : missing);
}

/// Halts the batch where an outage lasts too long; a pause is none of its time.
void BatchRun::bear(std::optional<api::Fault> const& outage) {
    auto const now = std::chrono::steady_clock::now();
    if (!outage || signals_.is_paused()) {
        outage_since_.reset();
    } else if (!outage_since_) {
        outage_since_ = now;
    } else if (now - *outage_since_ > policy_.outage_max) {
        signals_.halt(*outage);
    }
}

/// Tells what is waited for whenever it is another thing than before.
void BatchRun::tell_waiting(std::optional<api::Fault> const& missing) {
    bool const is_news = missing && (!waits_for_ || waits_for_->code != missing->code ||
                                     waits_for_->detail != missing->detail);
    waits_for_ = missing;
    if (is_news) {
        std::lock_guard const lock{hearing_};
        told_.waits(*missing);
    }
}

void BatchRun::hear(Result const& result) {
    std::lock_guard const lock{hearing_};
    told_.result(result);
    if (result.outcome != "made" && ++failures_ == policy_.failures_max) {
        signals_.halt(result.fault);
    }
}

} // namespace batch
