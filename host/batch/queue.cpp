#include "host/batch/queue.hpp"

#include <algorithm>

namespace batch {

Queue::Queue(std::vector<Person> const& people) {
    for (Person const& person : people) {
        waiting_.push_back({&person, false});
    }
}

void Queue::drop(Person const& person) {
    std::lock_guard const lock{mutex_};
    std::erase_if(waiting_, [&](Order const& order) { return order.person == &person; });
}

std::optional<Order> Queue::take(std::string const& chip) {
    std::lock_guard const lock{mutex_};
    auto const bound = chip.empty() ? bound_.end() : bound_.find(chip);
    if (bound != bound_.end()) {
        Order const order = bound->second;
        bound_.erase(bound);
        ++at_work_;
        return order;
    }
    if (waiting_.empty()) {
        return std::nullopt;
    }
    Order const order = waiting_.front();
    waiting_.pop_front();
    ++at_work_;
    return order;
}

void Queue::settle(Order const& /*order*/) {
    std::lock_guard const lock{mutex_};
    --at_work_;
}

void Queue::put_back(Order const& order, bool replaces) {
    std::lock_guard const lock{mutex_};
    --at_work_;
    waiting_.push_front({order.person, order.replaces || replaces});
}

void Queue::bind(Order const& order, std::string const& chip) {
    std::lock_guard const lock{mutex_};
    --at_work_;
    if (!bound_.emplace(chip, order).second) {
        waiting_.push_front({order.person, true}); // two chips that call themselves the same
    }
}

void Queue::bind_waiting(Person const& person, std::string const& chip) {
    std::lock_guard const lock{mutex_};
    std::erase_if(waiting_, [&](Order const& order) { return order.person == &person; });
    if (!bound_.emplace(chip, Order{&person, false}).second) {
        waiting_.push_front({&person, true});
    }
}

void Queue::give_up_begun(Person const& person) {
    std::lock_guard const lock{mutex_};
    for (Order& order : waiting_) {
        order.replaces = order.replaces || order.person == &person;
    }
}

bool Queue::is_over() const {
    std::lock_guard const lock{mutex_};
    return waiting_.empty() && bound_.empty() && at_work_ == 0;
}

QueueCount Queue::count() const {
    std::lock_guard const lock{mutex_};
    return {waiting_.size(), at_work_, bound_.size()};
}

std::vector<std::pair<Person const*, std::string>> Queue::interrupted() const {
    std::lock_guard const lock{mutex_};
    std::vector<std::pair<Person const*, std::string>> all;
    for (auto const& [chip, order] : bound_) {
        all.emplace_back(order.person, chip);
    }
    return all;
}

} // namespace batch
